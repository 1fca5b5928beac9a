"""The presenter's key: it opens, nothing else does, and guessing is slow without locking the presenter out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.present.presenter_auth import FREE_TRIES, SERVER_TRIES, SERVER_WAIT_SECONDS, WAIT_MOST_SECONDS, Door, Tries

KEY = "correct-horse"


def test_the_key_opens():
    assert Door(KEY).knock(KEY, tries=Tries(), now=0.0).opens


@pytest.mark.parametrize("typed", ["", "correct-hors", "correct-horse ", "CORRECT-HORSE", "정답", "x" * 10_000])
def test_nothing_else_opens(typed):
    knock = Door(KEY).knock(typed, tries=Tries(), now=0.0)

    assert not knock.opens
    assert knock.wait_seconds == 0


def test_a_key_that_goes_on_after_its_end_does_not_open():
    longest = "k" * 128

    assert not Door(longest).knock(longest + "x", tries=Tries(), now=0.0).opens


def test_a_session_that_guesses_waits_twice_as_long_every_time_but_never_longer_than_half_a_minute():
    door, tries, now, waits = Door(KEY), Tries(), 0.0, []
    for _ in range(FREE_TRIES):
        assert door.knock("wrong", tries=tries, now=now).wait_seconds == 0
    for _ in range(8):
        wait = door.knock("wrong", tries=tries, now=now).wait_seconds
        waits.append(wait)
        now += wait
        assert door.knock("wrong", tries=tries, now=now).wait_seconds == 0

    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


def test_while_a_session_waits_not_even_the_key_is_looked_at():
    door, tries = Door(KEY), Tries()
    for _ in range(FREE_TRIES):
        door.knock("wrong", tries=tries, now=0.0)

    assert not door.knock(KEY, tries=tries, now=0.5).opens
    assert door.knock(KEY, tries=tries, now=1.0).opens


def test_the_key_clears_what_the_session_got_wrong():
    door, tries = Door(KEY), Tries()
    for _ in range(FREE_TRIES - 1):
        door.knock("wrong", tries=tries, now=0.0)
    door.knock(KEY, tries=tries, now=0.0)

    assert tries.wrong == 0


def test_many_sessions_together_get_one_try_a_second_and_the_presenter_waits_no_longer_than_that():
    door = Door(KEY)
    for _ in range(SERVER_TRIES):
        assert door.knock("wrong", tries=Tries(), now=10.0).wait_seconds == 0

    assert door.knock("wrong", tries=Tries(), now=10.5).wait_seconds == pytest.approx(0.5)
    assert not door.knock(KEY, tries=Tries(), now=10.5).opens
    assert door.knock(KEY, tries=Tries(), now=10.0 + SERVER_WAIT_SECONDS).opens


def test_the_server_forgets_after_a_minute():
    door = Door(KEY)
    for second in range(SERVER_TRIES):
        door.knock("wrong", tries=Tries(), now=float(second))

    assert door.knock(KEY, tries=Tries(), now=60.5).opens


@given(st.integers(0, 10**6), st.floats(0, 10**9))
def test_no_session_ever_waits_longer_than_the_longest_wait(wrong, now):
    assert 0 <= Tries(wrong=wrong, last=now).wait(now) <= WAIT_MOST_SECONDS
