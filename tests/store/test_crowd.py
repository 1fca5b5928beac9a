"""Many at once, in any order, again and again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from core.survey.problems import SurveyError, SurveyProblem
from core.survey.tally import Tally
from store import participants
from store.database import Database
from store.survey import DatabaseStore
from tests.store.people import NOON, answer, later, token

WRITERS = 50
EACH = 4


@pytest.fixture
def other(url):
    """Open a second store on the same database, as another server process does."""
    engine = create_engine(url)
    yield DatabaseStore(Database(engine))
    engine.dispose()


@pytest.fixture
def one(engine):
    """Open a store as the server does: who comes while another writes is let in later, not turned away."""
    return DatabaseStore(Database(engine))


def test_fifty_who_write_at_once_are_all_kept(one, other):
    room, together = one.open_room(survey=1, at=NOON), Barrier(WRITERS)

    def write(number):
        store, mine = (one, other)[number % 2], token()
        together.wait()
        return sum(store.submit(room, mine, [answer(f"q{turn}", "yes")], at=NOON) for turn in range(EACH))

    with ThreadPoolExecutor(WRITERS) as writers:
        assert list(writers.map(write, range(WRITERS))) == [EACH] * WRITERS
    after = other.room(room.code)
    assert after.joined == WRITERS
    assert after.changed == room.changed + WRITERS * EACH
    assert {tally.count("yes") for tally in one.tallies(after).values()} == {WRITERS}


def test_who_sends_the_same_from_many_threads_at_once_is_counted_once(one, other):
    room, mine, sent = one.open_room(survey=1, at=NOON), token(), answer("use", "yes")

    def write(number):
        store = (one, other)[number % 2]
        store.join(room.code, mine, at=NOON)
        return store.submit(room, mine, [sent], at=NOON, is_last=True)

    with ThreadPoolExecutor(16) as writers:
        assert sum(writers.map(write, range(16))) == 1
    after = one.room(room.code)
    assert (after.joined, after.finished) == (1, 1)


def test_a_room_that_fills_up_at_once_holds_no_more_than_it_may(one, other, monkeypatch):
    monkeypatch.setattr(participants, "PARTICIPANTS_MAX", 5)
    room = one.open_room(survey=1, at=NOON)

    def come(number):
        try:
            (one, other)[number % 2].join(room.code, token(), at=NOON)
        except SurveyError as refused:
            return refused.problem
        return None

    with ThreadPoolExecutor(16) as people:
        outcomes = list(people.map(come, range(16)))
    assert sorted(outcomes, key=str) == [None] * 5 + [SurveyProblem.FULL_ROOM] * 11
    assert one.room(room.code).joined == 5


# --- any order ---------------------------------------------------------------------------------------------------

PEOPLE = [token() for _ in range(4)]
sendings = st.builds(
    lambda person, question, chosen, minute, number: (
        person,
        answer(
            question,
            *chosen,
            text="말" if number % 3 == 0 else "",
            submission=f"submission-{person}-{question}-{number}",
            at=NOON + timedelta(minutes=minute),
        ),
    ),
    st.sampled_from(range(len(PEOPLE))),
    st.sampled_from(["use", "lacking"]),
    st.sets(st.sampled_from(["a", "b", "c"]), max_size=2),
    st.integers(0, 3),
    st.integers(0, 99),
)


def named(sending):
    person, sent = sending
    return person, sent.question, sent.submission


def expected(sent):
    """Count by hand: of each person's answers to each question the latest, unless it says nothing."""
    latest = {}
    for person, given_ in sorted(sent, key=lambda pair: (pair[1].at, pair[1].submission)):
        latest[person, given_.question] = given_
    chosen = {}
    for (_person, question), given_ in latest.items():
        if given_.choices or given_.text:
            chosen.setdefault(question, []).append((given_.choices, 1))
    return {question: Tally.from_counts(pairs) for question, pairs in chosen.items()}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.lists(sendings, min_size=1, max_size=12, unique_by=named))
def test_any_order_and_any_repetition_of_the_same_answers_counts_the_same(store, data, sent):
    room = store.open_room(survey=1, at=NOON)
    again = data.draw(st.lists(st.sampled_from(sent), max_size=6), label="sent again")
    order = data.draw(st.permutations(sent + again), label="order")
    whole = data.draw(st.booleans(), label="in batches")

    n_new = 0
    for person in range(len(PEOPLE)) if whole else [None] * len(order):
        batch = [pair for pair in order if pair[0] == person] if whole else [order.pop(0)]
        if batch:
            n_new += store.submit(room, PEOPLE[batch[0][0]], [each for _, each in batch], at=later(999))

    assert n_new == len(sent)
    assert store.tallies(store.room(room.code)) == expected(sent)
