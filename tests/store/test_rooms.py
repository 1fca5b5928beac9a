"""Rooms: opened once, changed by whoever leads them, started anew."""

import pytest

from core.survey.problems import SurveyProblem
from core.survey.rooms import WEB_ROOM
from store import rooms
from tests.store.people import NOON, answer, answered, later, refusal, token


def test_a_new_room_is_open_and_empty(store):
    room = store.open_room(survey=3, at=NOON, scene=2)

    assert (room.survey, room.generation, room.scene, dict(room.stage)) == (3, 1, 2, {})
    assert (room.is_open, room.is_revealed, room.joined, room.finished) == (True, False, 0, 0)
    assert room.created == NOON
    assert store.room(room.code) == room


def test_every_room_has_a_code_of_its_own(store, monkeypatch):
    drawn = iter(["111111", "111111", "111111", "222222"])
    monkeypatch.setattr(rooms, "draw_code", lambda _rng: next(drawn))

    assert [store.open_room(survey=1, at=NOON).code for _ in range(2)] == ["111111", "222222"]


def test_the_room_without_a_presenter_is_the_same_every_time(store):
    first = store.open_room(survey=1, at=NOON, code=WEB_ROOM, scene=6)

    assert store.open_room(survey=1, at=later(9), code=WEB_ROOM, scene=6) == first
    assert store.room("web") == first


def test_newer_questions_start_the_room_without_a_presenter_anew_and_older_ones_do_not(store):
    answered(store, store.open_room(survey=1, at=NOON, code=WEB_ROOM), "yes")
    newer = store.open_room(survey=2, at=NOON, code=WEB_ROOM)

    assert (newer.survey, newer.generation, newer.joined) == (2, 2, 0)
    assert store.open_room(survey=1, at=NOON, code=WEB_ROOM) == newer


def test_nobody_chooses_the_code_of_a_room(store):
    assert refusal(store.open_room, survey=1, at=NOON, code="123456") is SurveyProblem.INVALID


def test_a_change_changes_what_is_given_and_counts(store, room):
    changed = store.change_room(room.code, scene=4, stage={"round": "한 번"})
    revealed = store.change_room(room.code, is_revealed=True, is_open=False)

    assert (changed.scene, dict(changed.stage), changed.is_revealed) == (4, {"round": "한 번"}, False)
    assert (revealed.scene, dict(revealed.stage)) == (4, {"round": "한 번"})
    assert (revealed.is_revealed, revealed.is_open) == (True, False)
    assert room.changed < changed.changed < revealed.changed


def test_a_new_scene_begins_with_an_empty_stage_and_a_new_stage_stays_in_its_scene(store, room):
    store.change_room(room.code, scene=4, stage={"round": "1"})

    assert dict(store.change_room(room.code, stage={"round": "2"}).stage) == {"round": "2"}
    assert dict(store.change_room(room.code, scene=5).stage) == {}


@pytest.mark.parametrize("change", [{"scene": -1}, {"scene": 1, "stage": {"k": "v" * 501}}])
def test_a_change_out_of_bounds_changes_nothing(store, room, change):
    assert refusal(store.change_room, room.code, **change) is SurveyProblem.INVALID
    assert store.room(room.code) == room


def test_a_reset_starts_anew_and_deletes_nothing(store, room):
    mine = token()
    store.submit(room, mine, [answer("helpful", "yes")], at=NOON, is_last=True)
    anew = store.reset_room(room.code)

    assert (anew.generation, anew.joined, anew.finished) == (2, 0, 0)
    assert anew.changed > room.changed
    assert store.tallies(anew) == {}
    assert store.answers_of(room.code, mine) == {}
    assert [row.generation for row in store.rows(room.code)] == [1]


def test_a_phone_that_missed_the_reset_is_told(store, room):
    store.reset_room(room.code)

    assert refusal(store.submit, room, token(), [answer()], at=NOON) is SurveyProblem.RESET_ROOM
