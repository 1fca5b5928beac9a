"""Free texts: unseen until the presenter approves them."""

from core.survey.problems import SurveyProblem
from core.survey.texts import TextState
from tests.store.people import NOON, answer, answered, later, refusal, token


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
