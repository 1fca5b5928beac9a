"""The shares of a synopsis: by hand for one mode, and never more than epsilon for any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.synopsis.budget import Mode, SynopsisBudget, people_share
from core.limits import EPSILON_MAX, EPSILON_MIN

epsilons = st.floats(EPSILON_MIN, EPSILON_MAX)


def test_the_shares_of_two_steps_on_rotated_axes_by_hand():
    budget = SynopsisBudget.split(1.0, Mode.ROTATED, n_steps=2)

    # 0.04 for the number of people; of the other 0.96: 10, 5, 20, 26, 15.6 and 23.4 per cent.
    assert budget.people == pytest.approx(0.04)
    assert (budget.mean, budget.radius, budget.covariance) == pytest.approx((0.096, 0.048, 0.192))
    assert (budget.histogram, budget.first_step, budget.last_step) == pytest.approx((0.2496, 0.14976, 0.22464))
    assert budget.second_mean == 0.0


@pytest.mark.parametrize(
    ("mode", "n_steps", "asked"),
    [
        (Mode.LOW, 1, {"histogram", "last_step"}),
        (Mode.BOX, 1, {"histogram", "last_step"}),
        (Mode.ROTATED, 1, {"mean", "radius", "covariance", "histogram", "last_step"}),
        (Mode.MEAN, 1, {"mean", "radius", "second_mean"}),
        (Mode.MEAN, 0, {"mean"}),
    ],
)
def test_a_mode_pays_for_the_queries_it_asks_only(mode, n_steps, asked):
    budget = SynopsisBudget.split(1.0, mode, n_steps=n_steps)

    names = {"mean", "radius", "second_mean", "covariance", "histogram", "first_step", "last_step"}
    assert {name for name in names if getattr(budget, name) > 0} == asked


@given(epsilons, st.sampled_from(Mode), st.integers(0, 2))
def test_a_split_spends_all_of_epsilon_and_never_more(epsilon, mode, n_steps):
    budget = SynopsisBudget.split(epsilon, mode, n_steps=n_steps)

    assert budget.total <= epsilon
    assert budget.total == pytest.approx(epsilon, rel=1e-6)


@given(epsilons)
def test_the_share_for_the_number_of_people_is_a_multiple_of_the_public_step(epsilon):
    share = people_share(epsilon)

    assert share <= 0.04 * epsilon
    assert (share * 2**32).is_integer()
