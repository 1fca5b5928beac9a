"""Rows of the export: everything that was ever answered, under pseudonyms."""

from hashlib import sha256

from store.export import PSEUDONYM_LENGTH
from tests.store.people import NOON, answer, later, token


def test_every_answer_is_a_row_and_the_latest_of_each_participant_counts(store, room):
    mine, other = token(), token()
    first, second = answer("use", "no"), answer("use", "yes", at=later(1))
    store.submit(room, mine, [second, first], at=later(1))
    store.submit(store.reset_room(room.code), other, [first], at=later(2))

    rows = store.rows(room.code)

    assert [(row.generation, row.answer, row.counts) for row in rows] == [
        (1, first, False),
        (1, second, True),
        (2, first, True),
    ]
    assert {row.participant for row in rows} == {
        f"p{sha256(each.encode()).hexdigest()[:PSEUDONYM_LENGTH]}" for each in (mine, other)
    }


def test_only_a_text_has_a_state(store, room):
    store.submit(room, token(), [answer("use", "yes"), answer("lacking", text="말")], at=NOON)

    assert {row.answer.question: row.state for row in store.rows(room.code)} == {"use": None, "lacking": "waiting"}
