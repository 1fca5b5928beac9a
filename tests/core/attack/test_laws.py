"""Claimed laws: probabilities by hand and by simulation, and losses that no proof's bound is below."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.attack.laws import largest_loss, log_ratio, permute_and_flip_law
from core.privacy.measurements import ChoiceMeasurement, IntegerMeasurement, MomentMeasurement, SumMeasurement

EPSILON = 0.8
seeds = st.integers(0, 2**32 - 1)


def test_permute_and_flip_of_two_by_hand():
    # The worse one shows heads with p = e^(-ε·3/2) and wins every second time that it does.
    p = np.exp(-EPSILON * 3 / 2) / 2

    law = np.exp(permute_and_flip_law(np.array([0, -3]), epsilon=EPSILON, sensitivity=1))

    assert law == pytest.approx([1 - p, p])


def test_what_hardly_ever_happens_still_has_a_probability():
    law = permute_and_flip_law(np.array([0, -(10**9)]), epsilon=EPSILON, sensitivity=1)

    assert law == pytest.approx([0.0, -EPSILON * 1e9 / 2 - np.log(2)])


def test_permute_and_flip_of_many_is_as_likely_as_its_coins_say(rng):
    utilities = np.array([0, -1, -1, -2, -4, -9])
    coins = rng.random((200_000, 6)) < np.exp(EPSILON * utilities / 2)
    places = np.where(coins, rng.random(coins.shape), 2.0).argmin(axis=1)

    law = np.exp(permute_and_flip_law(utilities, epsilon=EPSILON, sensitivity=1))

    assert stats.chisquare(np.bincount(places, minlength=6), law * len(places)).pvalue > 1e-6


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=8), st.data())
def test_permute_and_flip_keeps_its_promise_for_every_change_of_utilities(utilities, data):
    change = data.draw(st.lists(st.integers(-2, 2), min_size=len(utilities), max_size=len(utilities)))
    first, second = (
        ChoiceMeasurement(utilities=np.array([row]), sensitivity=2, each=EPSILON, epsilon=EPSILON)
        for row in (utilities, np.add(utilities, change))
    )

    assert largest_loss(first, second) <= EPSILON + 1e-12


def integers(values):
    return IntegerMeasurement(values=np.array(values), sensitivity=2, epsilon=EPSILON)


def sums(vector, scalar):
    return SumMeasurement(sums=np.array([vector]), scalars=np.array([[scalar]]), unit=16, epsilon=EPSILON)


def test_log_ratios_by_hand():
    # Geometric: |5 - 2| - |5 - 4| = 2 steps of ε/2.
    assert log_ratio((np.array([5]),), integers([4]), integers([2])) == pytest.approx(EPSILON)
    # Cylinder: the gauge is the longer of vector and scalar: 32 against 20, in units of 16.
    answered = (np.array([[0, 32]]), np.array([[4]]))
    assert log_ratio(answered, sums([12, 16], 4), sums([0, 0], 4)) == pytest.approx(EPSILON * 12 / 16)


def test_a_moment_is_bounded_by_the_trace_of_its_change():
    none, one = (
        MomentMeasurement(moment=np.array(m), unit=5, epsilon=EPSILON) for m in ([[0, 0], [0, 0]], [[9, 12], [12, 16]])
    )

    assert largest_loss(none, one) == pytest.approx(EPSILON)
    # An answer beyond both: all eigenvalues of its noise have one sign.
    assert log_ratio((np.array([[90, 10], [10, 90]]),), one, none) == pytest.approx(EPSILON)


@given(seeds)
def test_no_answer_is_more_telling_than_the_distance_of_the_statistics(seed):
    rng = np.random.default_rng(seed)
    pairs = [
        (integers(rng.integers(-3, 3, 4)), integers(rng.integers(-3, 3, 4))),
        (sums(rng.integers(-16, 16, 3), 0), sums(rng.integers(-16, 16, 3), 16)),
    ]

    for first, second in pairs:
        assert abs(log_ratio(first.draw(rng), first, second)) <= largest_loss(first, second) + 1e-9


def test_measurements_of_different_kinds_are_not_compared():
    for compare in (largest_loss, lambda first, second: log_ratio((np.zeros(1),), first, second)):
        with pytest.raises(TypeError, match="IntegerMeasurement with SumMeasurement"):
            compare(integers([1]), sums([0, 0], 1))
