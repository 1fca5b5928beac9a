"""Numbers of rooms: guessing is slow for who guesses, and nobody else waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.survey.problems import SurveyError, SurveyProblem
from ui.server.pace import FREE_GUESSES
from ui.survey.door import Door


class OneRoom:
    """A store with one room; the room itself does not matter here."""

    def room(self, code):
        if code != "123456":
            raise SurveyError(SurveyProblem.UNKNOWN_ROOM)
        return code


def problem(door, typed, *, client="a", now=0.0):
    """Return why a number is refused; None if it is not."""
    try:
        door.find_room(OneRoom(), typed, client=client, now=now)
    except SurveyError as error:
        return error.problem
    return None


def test_a_client_that_guesses_waits_even_for_the_right_number():
    door = Door()
    for number in range(FREE_GUESSES):
        assert problem(door, f"20000{number}") is SurveyProblem.UNKNOWN_ROOM

    assert problem(door, "123456", now=0.5) is SurveyProblem.GUESSING
    assert problem(door, "123456", now=1.0) is None


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(100_000, 123_455)), max_size=100))
def test_however_many_others_guess_the_right_number_lets_in(guesses):
    door = Door()
    for client, number in guesses:
        problem(door, str(number), client=str(client))

    assert problem(door, "123 456", client="a phone") is None


def test_who_has_found_a_room_finds_it_again_and_a_known_number_makes_no_guess_free():
    door = Door()
    for number in range(FREE_GUESSES):
        assert problem(door, "123456") is None
        problem(door, f"20000{number}")

    assert problem(door, "123456") is None
    assert problem(door, "200009") is SurveyProblem.GUESSING


@pytest.mark.parametrize("typed", ["", "12345", "abcdef"])
def test_what_can_be_no_number_is_no_guess(typed):
    door = Door()
    for _ in range(10 * FREE_GUESSES):
        assert problem(door, typed) is SurveyProblem.UNKNOWN_ROOM

    assert problem(door, "123456") is None
