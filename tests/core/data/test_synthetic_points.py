"""Invented people with many columns: the same under the same seed, in the box, told apart by every column."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.synthetic_points import REACH, synthetic_points

ASKED = {"n_people": 4_000, "n_columns": 6, "n_personas": 4, "overlap": 0.0, "seed": 5}


@given(
    n_people=st.integers(1, 60),
    n_columns=st.integers(1, 40),
    n_personas=st.integers(2, 6),
    overlap=st.floats(0, 1),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=30)
def test_people_are_in_the_box_and_their_groups_equally_common(n_people, n_columns, n_personas, overlap, seed):
    points, groups = synthetic_points(
        n_people=n_people, n_columns=n_columns, n_personas=n_personas, overlap=overlap, seed=seed
    )

    assert points.shape == (n_people, n_columns)
    assert np.abs(points).max() <= 1.0
    sizes = np.bincount(groups, minlength=n_personas)
    assert sizes.max() - sizes.min() <= 1


def test_fewer_columns_are_the_first_columns_of_the_same_people():
    wide, groups = synthetic_points(**ASKED)
    narrow, same_groups = synthetic_points(**(ASKED | {"n_columns": 2}))

    assert np.array_equal(narrow, wide[:, :2])
    assert np.array_equal(same_groups, groups)


def test_another_seed_gives_other_people():
    assert not np.array_equal(synthetic_points(**ASKED)[0], synthetic_points(**(ASKED | {"seed": 6}))[0])


def test_people_spread_by_a_tenth_around_middles_that_lie_within_reach():
    points, groups = synthetic_points(**ASKED)

    for group in range(4):
        members = points[groups == group].astype(np.float64)
        # 1 000 of them: the error of a mean is 0.1/√1000, of a spread 0.1/√2000; five of each.
        assert np.abs(members.mean(axis=0)).max() <= REACH + 0.016
        assert members.std(axis=0) == pytest.approx(np.full(6, 0.1), abs=0.012)


@pytest.mark.parametrize(
    "wrong", [{"n_people": 0}, {"n_columns": 0}, {"n_columns": 101}, {"n_personas": 1}, {"overlap": 1.5}]
)
def test_people_who_cannot_be_made_are_refused(wrong):
    with pytest.raises(ValueError, match=r"n_people must be|no personas"):
        synthetic_points(**(ASKED | wrong))
