"""What a scene tells the phones comes through, and nonsense in its place does no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.survey.guess_stage import ROUNDS_MAX, VOTES, GuessStage, vote_key

stages = st.builds(
    GuessStage,
    round=st.integers(1, ROUNDS_MAX),
    revealed=st.lists(st.sampled_from(VOTES), max_size=ROUNDS_MAX).map(tuple),
    epsilon=st.sampled_from([0.05, 0.5, 1.0, 10.0]),
)


@given(stages)
def test_what_is_written_to_the_room_is_read_on_the_phones(stage):
    assert GuessStage.read(stage.write()) == stage


@given(st.dictionaries(st.sampled_from(["round", "revealed", "epsilon"]), st.text(max_size=9)))
def test_anything_else_reads_as_some_stage(stage):
    read = GuessStage.read(stage)

    assert 1 <= read.round <= ROUNDS_MAX
    assert set(read.revealed) <= set(VOTES)
    assert 0 < read.epsilon <= 20


def test_an_empty_stage_is_the_first_round_with_nothing_revealed():
    start = GuessStage.read({})

    assert (start.round, start.revealed, start.is_revealed) == (1, (), False)


@pytest.mark.parametrize("epsilon", ["nan", "inf", "-1", "1e9"])
def test_an_epsilon_out_of_bounds_is_the_usual_one(epsilon):
    assert GuessStage.read({"epsilon": epsilon}).epsilon == 1.0


def test_hits_count_one_s_own_revealed_votes_only():
    stage = GuessStage(round=4, revealed=("in", "out", "in"))
    votes = {vote_key(1): "in", vote_key(3): "out", vote_key(4): "in"}

    assert stage.count_hits(votes) == (1, 2)
    assert not stage.is_revealed
    assert stage.count_hits({}) == (0, 0)
