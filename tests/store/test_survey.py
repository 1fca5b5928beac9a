import pytest

from core.survey.limits import (
    ANSWERS_AT_ONCE_MAX,
    ANSWERS_PER_MINUTE_MAX,
)
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import WEB_ROOM
from core.survey.texts import TextState
from store import answers, participants, rooms
from tests.store.people import NOON, answer, answered, later, token


@pytest.fixture
def room(store):
    return store.open_room(survey=1, at=NOON)


def refusal(call, *arguments, **named):
    with pytest.raises(SurveyError) as refused:
        call(*arguments, **named)
    return refused.value.problem


# --- rooms -------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    "call",
    [
        lambda store: store.room("000000"),
        lambda store: store.glance("000000"),
        lambda store: store.change_room("000000", scene=2),
        lambda store: store.reset_room("000000"),
        lambda store: store.join("000000", token(), at=NOON),
        lambda store: store.answers_of("000000", token()),
        lambda store: store.rows("000000"),
    ],
)
def test_an_unknown_room_is_said_to_be_unknown(store, call):
    assert refusal(call, store) is SurveyProblem.UNKNOWN_ROOM


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


# --- participants ------------------------------------------------------------------------------------------------


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


def test_tokens_are_not_kept(store, room, engine):
    mine = token()
    store.submit(room, mine, [answer()], at=NOON)

    with engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM participants").all()
    assert mine not in str(kept)
    assert mine not in str(store.rows(room.code))


def test_a_token_that_no_phone_drew_is_refused(store, room):
    assert refusal(store.answers_of, room.code, "me") is SurveyProblem.INVALID


# --- answers -----------------------------------------------------------------------------------------------------


def test_an_answer_sent_twice_counts_once(store, room):
    mine, sent = token(), answer("helpful", "yes")

    assert [store.submit(room, mine, [sent], at=NOON) for _ in range(3)] == [1, 0, 0]
    assert store.submit(room, mine, [sent, sent, answer("use", "no")], at=NOON) == 1
    assert len(store.rows(room.code)) == 2


def test_the_same_submission_of_somebody_else_is_another(store, room):
    sent = answer("helpful", "yes")

    assert [store.submit(room, token(), [sent], at=NOON) for _ in range(2)] == [1, 1]
    assert store.tallies(store.room(room.code))["helpful"].people == 2


def test_a_changed_mind_is_added_and_the_latest_counts_whenever_it_arrives(store, room):
    mine = token()
    latest = answer("helpful", "no", at=later(2))
    store.submit(room, mine, [latest], at=later(2))
    store.submit(room, mine, [answer("helpful", "yes", at=later(1))], at=later(3))

    assert store.answers_of(room.code, mine) == {"helpful": latest}
    assert store.tallies(store.room(room.code))["helpful"].counts == {"no": 1}
    assert [row.counts for row in store.rows(room.code)] == [False, True]


def test_an_answer_that_says_nothing_takes_back_what_was_said(store, room):
    mine = token()
    store.submit(room, mine, [answer("helpful", "yes")], at=NOON)
    store.submit(room, mine, [answer("helpful", at=later(1))], at=later(1))

    assert store.tallies(store.room(room.code)) == {}


def test_answers_come_back_as_they_were_sent(store, room):
    mine = token()
    sent = [answer("lacking", "errors", "real_data", text='<b>더</b> "빨리" 🚀\n\'; --'), answer("use", "maybe")]
    store.submit(room, mine, sent, at=NOON)

    assert store.answers_of(room.code, mine) == {sent[0].question: sent[0], sent[1].question: sent[1]}
    assert store.answers_of(room.code, token()) == {}


def test_the_last_answer_finishes_once(store, room):
    mine = token()
    store.submit(room, mine, [answer()], at=NOON)
    assert store.room(room.code).finished == 0

    assert store.submit(room, mine, [answer("use")], at=NOON, is_last=True) == 1
    assert store.submit(room, mine, [], at=NOON, is_last=True) == 0
    assert (store.room(room.code).joined, store.room(room.code).finished) == (1, 1)


def test_a_batch_is_kept_whole_or_not_at_all(store, room, monkeypatch):
    monkeypatch.setattr(answers, "ANSWERS_MAX", 2)
    mine = token()

    assert refusal(store.submit, room, mine, [answer(f"q{n}") for n in range(3)], at=NOON) is SurveyProblem.TOO_MANY
    assert store.rows(room.code) == ()
    assert store.room(room.code) == room


def test_too_many_answers_at_once_are_refused(store, room):
    sent = [answer(f"q{number}") for number in range(ANSWERS_AT_ONCE_MAX + 1)]

    assert refusal(store.submit, room, token(), sent, at=NOON) is SurveyProblem.TOO_MANY
    assert store.submit(room, token(), sent[1:], at=NOON) == ANSWERS_AT_ONCE_MAX


def test_who_taps_too_fast_waits_a_minute(store, room, monkeypatch):
    monkeypatch.setattr(answers, "ANSWERS_PER_MINUTE_MAX", 2)
    mine, sent = token(), [answer("use", "yes"), answer("use", "no", at=later(1))]
    store.submit(room, mine, sent, at=later(1))

    new = answer("use", "maybe", at=later(30))
    assert refusal(store.submit, room, mine, [new], at=later(30)) is SurveyProblem.TOO_FAST
    assert store.submit(room, mine, sent, at=later(30)) == 0
    assert store.submit(room, token(), [new], at=later(30)) == 1
    assert store.submit(room, mine, [new], at=later(70)) == 1
    assert ANSWERS_PER_MINUTE_MAX > 60


def test_a_room_takes_so_many_answers_a_minute(store, room, monkeypatch):
    monkeypatch.setattr(answers, "ROOM_ANSWERS_PER_MINUTE_MAX", 2)
    answered(store, room, "yes", n_people=2)

    assert refusal(store.submit, room, token(), [answer(at=later(1))], at=later(1)) is SurveyProblem.TOO_FAST


def test_a_closed_room_takes_nothing_new_and_confirms_what_it_took(store, room):
    mine, sent = token(), answer("helpful", "yes")
    store.submit(room, mine, [sent], at=NOON, is_last=True)
    store.change_room(room.code, is_open=False)

    assert refusal(store.submit, room, mine, [answer("use")], at=NOON) is SurveyProblem.CLOSED_ROOM
    assert store.submit(room, mine, [sent], at=NOON, is_last=True) == 0


# --- results -----------------------------------------------------------------------------------------------------


def test_tallies_count_the_room_alone_and_every_question_by_itself(store, room):
    answered(store, room, "yes", n_people=3)
    answered(store, room, "errors", "real_data", question="lacking")
    answered(store, store.open_room(survey=1, at=NOON), "no")

    found = store.tallies(store.room(room.code))

    assert {question: (tally.people, dict(tally.counts)) for question, tally in found.items()} == {
        "helpful": (3, {"yes": 3}),
        "lacking": (1, {"errors": 1, "real_data": 1}),
    }


def test_a_text_waits_until_it_is_approved_and_disappears_when_hidden(store, room):
    store.submit(room, token(), [answer("lacking", "errors", text="빨리"), answer("use", "yes")], at=NOON)
    (waiting,) = store.texts(store.room(room.code))
    assert (waiting.text, waiting.question, waiting.state, waiting.at) == ("빨리", "lacking", TextState.WAITING, NOON)
    assert store.approved_texts(store.room(room.code)) == ()

    store.judge(waiting.id, TextState.APPROVED)
    assert [text.text for text in store.approved_texts(store.glance(room.code))] == ["빨리"]

    store.judge(waiting.id, TextState.HIDDEN)
    assert store.approved_texts(store.glance(room.code)) == ()
    assert [row.state for row in store.rows(room.code)] == [TextState.HIDDEN, None]


def test_a_text_that_was_changed_after_its_approval_waits_again(store, room):
    mine = token()
    store.submit(room, mine, [answer("use", text="좋아요")], at=NOON)
    store.judge(store.texts(store.room(room.code))[0].id, TextState.APPROVED)
    store.submit(room, mine, [answer("use", text="<나쁜 말>", at=later(1))], at=later(1))

    assert [(text.text, text.state) for text in store.texts(store.room(room.code))] == [
        ("<나쁜 말>", TextState.WAITING)
    ]


def test_only_a_text_can_be_judged(store, room):
    answered(store, room, "yes")

    for unknown in (1, 99):
        assert refusal(store.judge, unknown, TextState.APPROVED) is SurveyProblem.UNKNOWN_TEXT


def test_everything_that_happens_is_seen_by_its_counter(store, room):
    seen = [room.changed]
    mine = token()
    for happen in (
        lambda: store.join(room.code, mine, at=NOON),
        lambda: store.submit(room, mine, [answer(text="말")], at=NOON),
        lambda: store.submit(room, mine, [], at=NOON, is_last=True),
        lambda: store.judge(store.texts(store.room(room.code))[0].id, TextState.APPROVED),
        lambda: store.change_room(room.code, is_revealed=True),
        lambda: store.reset_room(room.code),
    ):
        happen()
        seen.append(store.room(room.code).changed)

    assert seen == sorted(set(seen))
