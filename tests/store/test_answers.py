"""Answers: kept whole and once; of each participant the latest counts."""

from core.survey.limits import ANSWERS_AT_ONCE_MAX, ANSWERS_PER_MINUTE_MAX
from core.survey.problems import SurveyProblem
from store import answers
from tests.store.people import NOON, answer, answered, later, refusal, token


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


def test_tallies_count_the_room_alone_and_every_question_by_itself(store, room):
    answered(store, room, "yes", n_people=3)
    answered(store, room, "errors", "real_data", question="lacking")
    answered(store, store.open_room(survey=1, at=NOON), "no")

    found = store.tallies(store.room(room.code))

    assert {question: (tally.people, dict(tally.counts)) for question, tally in found.items()} == {
        "helpful": (3, {"yes": 3}),
        "lacking": (1, {"errors": 1, "real_data": 1}),
    }
