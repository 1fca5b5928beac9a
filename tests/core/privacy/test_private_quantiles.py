"""Bounds bought from public candidates, and what bounds cost."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attack.laws import largest_loss
from core.data.table import Column, Transform
from core.limits import EPSILON_MAX, EPSILON_MIN
from core.privacy.accounting import BudgetCheck, check_budget
from core.privacy.measurements import NoiseOracle
from core.privacy.noise import secure_rng
from core.privacy.private_quantiles import (
    candidate_bounds,
    expected_noise_in_units,
    nonprivate_clipped_share,
    release_bounds,
    upper_candidates,
)

GRID = np.array([0.0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000])


def column(lower=0.0, upper=300.0, transform=Transform.IDENTITY):
    return Column(key="x", labels={"ko": "x", "en": "x"}, unit="만원", lower=lower, upper=upper, transform=transform)


def test_candidates_are_one_two_five_steps_around_the_public_scale():
    candidates = candidate_bounds(column())

    assert candidates[:5].tolist() == pytest.approx([0, 0.5, 1, 2, 5])
    assert candidates[-1] == 2000
    assert (np.diff(candidates) > 0).all()
    both_sides = candidate_bounds(column(lower=-50.0))
    assert both_sides.tolist() == pytest.approx((-both_sides[::-1]).tolist())


def test_with_much_privacy_loss_the_quantiles_are_found(rng):
    values = np.arange(1.0, 1001)  # 2.5 % lie up to 25, 97.5 % up to 975

    bounds = release_bounds(values, grid=GRID, epsilon=100.0, rng=rng)

    assert (bounds.lower, bounds.upper) == (20, 1000)
    half = release_bounds(values[:800], grid=GRID, epsilon=100.0, rng=rng, percent=50)
    assert (half.lower, half.upper) == (200, 500)


def test_a_bound_itself_is_inside(rng):
    values = np.repeat([0.0, 10.0], 500)

    bounds = release_bounds(values, grid=GRID, epsilon=100.0, rng=rng)

    assert bounds.lower == 0
    assert bounds.upper >= 10


@given(
    st.floats(EPSILON_MIN, EPSILON_MAX),
    st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), max_size=30),
    st.integers(1, 99),
    st.integers(0, 1000),
)
def test_any_values_give_increasing_candidates_for_what_was_declared(epsilon, values, percent, seed):
    bounds = release_bounds(
        np.array(values), grid=GRID, epsilon=epsilon, rng=np.random.default_rng(seed), percent=percent
    )

    assert bounds.lower < bounds.upper
    assert {bounds.lower, bounds.upper} <= set(GRID.tolist())
    assert check_budget(epsilon, bounds.charges) is BudgetCheck.AGREES


def asked(values, *, grid, percent=95, epsilon=1.0):
    """Return what is asked of ``values``: the measurement before its noise."""
    measurements = []

    def respond(measurement):
        measurements.append(measurement)
        return (np.zeros(2, int),)

    release_bounds(np.asarray(values, float), grid=grid, percent=percent, epsilon=epsilon, rng=NoiseOracle(respond))
    (measurement,) = measurements
    return measurement


def test_utilities_count_the_people_between_a_candidate_and_its_quantile():
    # Nobody lies below 0 and up to 2, four people below 3 and up to 3.
    low, high = asked(np.full(4, 2.5), grid=np.array([0.0, 1, 2, 3])).utilities

    assert low.tolist() == [-5 * 4, -5 * 4, -5 * 4, -195 * 4]
    assert high.tolist() == [-195 * 4, -195 * 4, -195 * 4, -5 * 4]


@pytest.mark.parametrize("percent", [50, 95])
def test_no_person_changes_both_bounds_together_by_more_than_is_charged(percent):
    """All people on few places, all neighbours: the largest loss of the pair, by the exact law of every choice."""
    grid, places = np.array([0.0, 2, 4]), range(-1, 6)
    largest = 0.0
    for people in itertools.chain.from_iterable(
        itertools.combinations_with_replacement(places, n_people) for n_people in range(4)
    ):
        without = asked(people, grid=grid, percent=percent)
        for person in places:
            with_one = asked([*people, person], grid=grid, percent=percent)
            largest = max(largest, largest_loss(without, with_one), largest_loss(with_one, without))

    assert largest <= 1.0
    # What each choice may lose alone adds up to more: were it charged, ε would be given away.
    assert 2 * asked([], grid=grid, percent=percent).each >= 1.0


def test_the_same_rng_gives_the_same_bounds_and_only_a_secure_one_is_private(rng):
    values = rng.uniform(0, 500, 100)
    first, second = (release_bounds(values, grid=GRID, epsilon=0.5, rng=np.random.default_rng(3)) for _ in range(2))

    assert first == second
    assert not first.is_private
    assert release_bounds(values, grid=GRID, epsilon=0.5, rng=secure_rng()).is_private


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"epsilon": 0.0}, "epsilon"),
        ({"epsilon": np.nan}, "epsilon"),
        ({"percent": 100}, "percent"),
        ({"grid": np.array([1.0])}, "grid"),
        ({"grid": np.array([2.0, 1.0])}, "grid"),
        ({"grid": np.array([1.0, np.inf])}, "grid"),
    ],
)
def test_a_wrong_argument_is_named(rng, wrong, message):
    with pytest.raises(ValueError, match=message):
        release_bounds(np.ones(3), **{"grid": GRID, "epsilon": 1.0, "rng": rng, **wrong})


def test_the_clipped_share_counts_both_sides():
    share = nonprivate_clipped_share(np.array([-1.0, 0, 5, 11, 12]), lower=0, upper=10)

    assert (share.below, share.above, share.total) == (0.2, 0.4, pytest.approx(0.6))
    assert nonprivate_clipped_share(np.array([]), lower=0, upper=10).total == 0


def test_expected_noise_grows_with_the_width_and_shrinks_with_people_and_epsilon():
    # 1/(ε·n) of half the width: 300/2/100.
    assert expected_noise_in_units(column(), epsilon=1.0, n_people=100) == pytest.approx(1.5)
    assert expected_noise_in_units(column(upper=3000.0), epsilon=1.0, n_people=100) == pytest.approx(15)
    assert expected_noise_in_units(column(), epsilon=0.5, n_people=400) == pytest.approx(0.75)
    assert expected_noise_in_units(column(), epsilon=0.01, n_people=1) == 150
    log = column(transform=Transform.LOG1P)
    low, high = (expected_noise_in_units(log, epsilon=1.0, n_people=100, place=place) for place in (-0.5, 0.5))
    assert low < high
    with pytest.raises(ValueError, match="n_people"):
        expected_noise_in_units(log, epsilon=1.0, n_people=0)


def test_upper_bounds_to_try_are_round_and_hold_the_present_one():
    candidates = upper_candidates(column(upper=300.0))

    assert candidates[:4].tolist() == pytest.approx([6, 8, 10, 12])
    assert candidates[-1] == 1500
    assert 300.0 in candidates
    odd = upper_candidates(column(lower=90.0, upper=123.0))
    assert 123.0 in odd
    assert odd.min() > 90


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_upper_bounds_to_try_always_make_a_column(lower, width):
    present = column(lower=lower, upper=lower + width) if lower < lower + width else column()

    candidates = upper_candidates(present)

    assert present.upper in candidates
    assert (np.diff(candidates) > 0).all()
    assert (candidates > present.lower).all()
