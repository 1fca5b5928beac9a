"""Participants: counted once, as many as a room holds, known by a hash only."""

from core.survey.problems import SurveyProblem
from store import participants
from tests.store.people import NOON, answer, answered, later, refusal, token


def test_joining_twice_counts_once(store, room):
    mine = token()

    assert [store.join(room.code, who, at=NOON).joined for who in (mine, mine, token(), mine)] == [1, 1, 2, 2]


def test_nobody_new_joins_a_closed_room_but_who_was_there_comes_back(store, room):
    mine = token()
    store.join(room.code, mine, at=NOON)
    store.change_room(room.code, is_open=False)

    assert store.join(room.code, mine, at=NOON).joined == 1
    assert refusal(store.join, room.code, token(), at=NOON) is SurveyProblem.CLOSED_ROOM


def test_a_full_room_takes_nobody_else(store, room, monkeypatch):
    monkeypatch.setattr(participants, "PARTICIPANTS_MAX", 2)
    answered(store, room, "yes", n_people=2)

    assert refusal(store.join, room.code, token(), at=NOON) is SurveyProblem.FULL_ROOM
    assert refusal(store.submit, room, token(), [answer()], at=NOON) is SurveyProblem.FULL_ROOM
    assert store.room(room.code).joined == 2


def test_many_who_join_at_once_wait_a_minute(store, room, monkeypatch):
    monkeypatch.setattr(participants, "JOINS_PER_MINUTE_MAX", 2)
    for _ in range(2):
        store.join(room.code, token(), at=NOON)

    assert refusal(store.join, room.code, token(), at=later(59)) is SurveyProblem.TOO_FAST
    assert store.join(room.code, token(), at=later(61)).joined == 3


def test_a_clock_that_is_set_back_keeps_nobody_out(store, room, monkeypatch):
    monkeypatch.setattr(participants, "JOINS_PER_MINUTE_MAX", 2)
    for _ in range(2):
        store.join(room.code, token(), at=NOON)

    assert store.join(room.code, token(), at=later(-3600)).joined == 3


def test_tokens_are_not_kept(store, room, engine):
    mine = token()
    store.submit(room, mine, [answer()], at=NOON)

    with engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM participants").all()
    assert mine not in str(kept)
    assert mine not in str(store.rows(room.code))


def test_a_token_that_no_phone_drew_is_refused(store, room):
    assert refusal(store.answers_of, room.code, "me") is SurveyProblem.INVALID


def test_a_participant_is_known_until_the_room_starts_anew(store, room):
    mine = token()
    assert not store.has_joined(room.code, mine)
    store.join(room.code, mine, at=NOON)
    assert store.has_joined(room.code, mine)

    store.reset_room(room.code)
    assert not store.has_joined(room.code, mine)


def test_who_has_joined_lately_is_counted(store, room):
    for seconds in (0, 50, 100):
        store.join(room.code, token(), at=later(seconds))

    assert store.joins_since(store.room(room.code), later(40)) == 2
