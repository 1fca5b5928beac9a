"""The presenter's key: it opens, nothing else does, and guessing is slow without locking the presenter out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.present.presenter_auth import (
    FREE_TRIES,
    SERVER_TRIES,
    SERVER_WAIT_SECONDS,
    WAIT_MOST_SECONDS,
    PresenterAuth,
    Tries,
)

KEY = "correct-horse"


def test_the_key_opens():
    assert PresenterAuth(KEY).try_key(KEY, tries=Tries(), now=0.0).is_right


@pytest.mark.parametrize("typed", ["", "correct-hors", "correct-horse ", "CORRECT-HORSE", "정답", "x" * 10_000])
def test_nothing_else_opens(typed):
    check = PresenterAuth(KEY).try_key(typed, tries=Tries(), now=0.0)

    assert not check.is_right
    assert check.wait_seconds == 0


def test_a_key_that_goes_on_after_its_end_does_not_open():
    longest = "k" * 128

    assert not PresenterAuth(longest).try_key(longest + "x", tries=Tries(), now=0.0).is_right


def test_a_session_that_guesses_waits_twice_as_long_every_time_but_never_longer_than_half_a_minute():
    auth, tries, now, waits = PresenterAuth(KEY), Tries(), 0.0, []
    for _ in range(FREE_TRIES):
        assert auth.try_key("wrong", tries=tries, now=now).wait_seconds == 0
    for _ in range(8):
        wait = auth.try_key("wrong", tries=tries, now=now).wait_seconds
        waits.append(wait)
        now += wait
        assert auth.try_key("wrong", tries=tries, now=now).wait_seconds == 0

    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


def test_while_a_session_waits_not_even_the_key_is_looked_at():
    auth, tries = PresenterAuth(KEY), Tries()
    for _ in range(FREE_TRIES):
        auth.try_key("wrong", tries=tries, now=0.0)

    assert not auth.try_key(KEY, tries=tries, now=0.5).is_right
    assert auth.try_key(KEY, tries=tries, now=1.0).is_right


def test_the_key_clears_what_the_session_got_wrong():
    auth, tries = PresenterAuth(KEY), Tries()
    for _ in range(FREE_TRIES - 1):
        auth.try_key("wrong", tries=tries, now=0.0)
    auth.try_key(KEY, tries=tries, now=0.0)

    assert tries.wrong == 0


def test_many_sessions_together_get_one_try_a_second_and_the_presenter_waits_no_longer_than_that():
    auth = PresenterAuth(KEY)
    for _ in range(SERVER_TRIES):
        assert auth.try_key("wrong", tries=Tries(), now=10.0).wait_seconds == 0

    assert auth.try_key("wrong", tries=Tries(), now=10.5).wait_seconds == pytest.approx(0.5)
    assert not auth.try_key(KEY, tries=Tries(), now=10.5).is_right
    assert auth.try_key(KEY, tries=Tries(), now=10.0 + SERVER_WAIT_SECONDS).is_right


def test_the_server_forgets_after_a_minute():
    auth = PresenterAuth(KEY)
    for second in range(SERVER_TRIES):
        auth.try_key("wrong", tries=Tries(), now=float(second))

    assert auth.try_key(KEY, tries=Tries(), now=60.5).is_right


@given(st.integers(0, 10**6), st.floats(0, 10**9))
def test_no_session_ever_waits_longer_than_the_longest_wait(wrong, now):
    assert 0 <= Tries(wrong=wrong, last=now).wait(now) <= WAIT_MOST_SECONDS
