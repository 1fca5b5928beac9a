"""The presenter's key: it opens, nothing else does, guessing is slow, and nobody waits for somebody else's guesses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.present.presenter_auth import KNOWN_FOR, PresenterAuth
from ui.server.pace import CLIENTS_MAX, FREE_GUESSES, WAIT_MOST_SECONDS, GuessPace

KEY = "correct-horse"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_key_opens():
    assert PresenterAuth(KEY).try_key(KEY, client="a", now=0.0).is_right


@pytest.mark.parametrize("typed", ["", "correct-hors", "correct-horse ", "CORRECT-HORSE", "정답", "x" * 10_000])
def test_nothing_else_opens(typed):
    check = PresenterAuth(KEY).try_key(typed, client="a", now=0.0)

    assert not check.is_right
    assert check.wait_seconds == 0


def test_a_key_that_goes_on_after_its_end_does_not_open():
    longest = "k" * 128

    assert not PresenterAuth(longest).try_key(longest + "x", client="a", now=0.0).is_right


# --- guessing ----------------------------------------------------------------------------------------------------


def test_who_guesses_waits_twice_as_long_every_time_but_never_longer_than_half_a_minute():
    auth, now, waits = PresenterAuth(KEY), 0.0, []
    for _ in range(FREE_GUESSES):
        assert auth.try_key("wrong", client="a", now=now).wait_seconds == 0
    for _ in range(8):
        wait = auth.try_key("wrong", client="a", now=now).wait_seconds
        waits.append(wait)
        now += wait
        assert auth.try_key("wrong", client="a", now=now).wait_seconds == 0

    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


def test_while_a_client_waits_its_own_tries_are_not_looked_at_and_the_key_clears_what_it_got_wrong():
    auth = PresenterAuth(KEY)
    for _ in range(FREE_GUESSES):
        auth.try_key("wrong", client="a", now=0.0)

    assert not auth.try_key(KEY, client="a", now=0.5).is_right
    assert auth.try_key(KEY, client="a", now=1.0).is_right
    assert auth.try_key("wrong", client="a", now=1.0).wait_seconds == 0


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0, 60)), max_size=200))
def test_however_many_others_guess_the_right_key_passes_at_once(guesses):
    auth = PresenterAuth(KEY)
    for client, now in sorted(guesses, key=lambda guess: guess[1]):
        auth.try_key("wrong", client=str(client), now=now)

    assert auth.try_key(KEY, client="the presenter", now=60.0).is_right


@given(st.integers(0, 50), st.floats(0, 10**6))
def test_nobody_ever_waits_longer_than_the_longest_wait(wrong, now):
    pace = GuessPace()
    for _ in range(wrong):
        pace.note_wrong("a", now)

    assert 0 <= pace.wait("a", now) <= WAIT_MOST_SECONDS
    assert pace.wait("a", now + WAIT_MOST_SECONDS) == 0


def test_the_pace_remembers_a_bounded_number_of_clients():
    pace = GuessPace()
    for client in range(CLIENTS_MAX + FREE_GUESSES):
        pace.note_wrong(str(client), 0.0)

    assert len(pace._clients) == CLIENTS_MAX


# --- who is known ------------------------------------------------------------------------------------------------


def test_leave_to_lead_ends_by_itself():
    auth = PresenterAuth(KEY)
    grant = auth.grant("device", NOW + KNOWN_FOR)

    assert auth.holds(grant, NOW + KNOWN_FOR - timedelta(seconds=1))
    assert not auth.holds(grant, NOW + KNOWN_FOR)


def test_leave_to_lead_is_taken_from_one_device_or_from_all_also_from_sessions_that_lead():
    auth = PresenterAuth(KEY)
    one, other, nameless = (auth.grant(name, NOW + KNOWN_FOR) for name in ("one", "other", None))
    auth.revoke("one")
    assert [auth.holds(grant, NOW) for grant in (one, other, nameless)] == [False, True, True]
    assert auth.holds(auth.grant("one", NOW + KNOWN_FOR), NOW)

    auth.revoke(None)
    assert not any(auth.holds(grant, NOW) for grant in (one, other, nameless))


def test_another_key_makes_every_device_unknown_and_the_name_tells_neither_key_nor_device():
    names = {PresenterAuth(key).name_device("device", key=b"k" * 32) for key in (KEY, "another-horse")}
    names.add(PresenterAuth(KEY).name_device("device", key=b"l" * 32))

    assert len(names) == 3
    assert all(len(name) == 64 and "device" not in name for name in names)
