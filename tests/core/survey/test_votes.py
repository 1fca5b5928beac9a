"""Votes of a room in guess who: who was right, round by round and together."""

import pytest

from core.survey.guess_stage import GuessStage
from core.survey.tally import Tally
from core.survey.votes import accuracy, count_votes

TALLIES = {
    "guess.1": Tally.from_counts([(("in",), 9), (("out",), 1)]),
    "guess.2": Tally.from_counts([(("in",), 4), (("out",), 6)]),
    "guess.4": Tally.from_counts([(("out",), 2)]),
}


def test_the_votes_of_revealed_rounds_are_held_against_the_truth():
    first, second = count_votes(GuessStage(round=2, revealed=("in", "in")), TALLIES)

    assert (first.number, first.n_votes, first.n_right) == (1, 10, 9)
    assert (second.number, second.n_votes, second.n_right) == (2, 10, 4)
    assert accuracy([first, second]) == pytest.approx(13 / 20)


def test_a_round_that_is_not_revealed_is_not_counted():
    assert [each.number for each in count_votes(GuessStage(round=2, revealed=("out",)), TALLIES)] == [1]


def test_a_round_nobody_voted_in_is_empty_and_a_room_without_votes_has_no_accuracy():
    silent = count_votes(GuessStage(round=3, revealed=("out", "out", "in")), TALLIES)[2]

    assert silent.n_votes == 0
    assert accuracy([silent]) is None
    assert accuracy([]) is None


def test_votes_of_a_small_room_are_counted_too():
    few = count_votes(GuessStage(round=4, revealed=("in", "in", "in", "out")), TALLIES)[3]

    assert (few.n_votes, few.n_right) == (2, 2)
