"""What holds of every call of the store: unknown rooms, and a counter of changes."""

import pytest

from core.survey.problems import SurveyProblem
from core.survey.texts import TextState
from tests.store.people import NOON, answer, refusal, token


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
