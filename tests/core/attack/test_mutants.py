"""Faulty noise is faulty in its own way and right otherwise."""

import numpy as np
import pytest

from core.attack.mutants import MUTANTS, draw_first_feature_halved, draw_halved, draw_right, draw_shared
from core.privacy.measurements import ChoiceMeasurement, IntegerMeasurement, MomentMeasurement, SumMeasurement

MANY = 4_000
INTEGERS = IntegerMeasurement(values=np.tile([5, 7], (MANY, 1)), epsilon=0.1)
SUMS = SumMeasurement(sums=np.zeros((MANY, 2), int), scalars=np.zeros((MANY, 1), int), unit=2**10, epsilon=1.0)


def spreads(draw, measurement, rng):
    noisy = draw(measurement, rng)[0]
    return np.abs(noisy - (measurement.values if measurement is INTEGERS else measurement.sums)).mean(axis=0)


@pytest.mark.parametrize("measurement", [INTEGERS, SUMS])
def test_halves_are_halves(rng, measurement):
    right = spreads(draw_right, measurement, rng)

    assert spreads(draw_halved, measurement, rng) == pytest.approx(right / 2, rel=0.1)
    assert spreads(draw_first_feature_halved, measurement, rng) == pytest.approx(right / [2, 1], rel=0.1)


def test_a_choice_with_half_the_noise_is_made_at_twice_the_epsilon():
    asked = ChoiceMeasurement(utilities=np.tile([0, -2], (MANY, 1)), sensitivity=1, each=1.0, epsilon=1.0)
    doubled = ChoiceMeasurement(utilities=asked.utilities, sensitivity=1, each=2.0, epsilon=1.0)

    (halved,), (same,) = draw_halved(asked, np.random.default_rng(1)), doubled.draw(np.random.default_rng(1))

    assert (halved == same).all()


def test_shared_noise_is_the_same_for_all(rng):
    (noisy,) = draw_shared(INTEGERS, rng)
    sums, scalars = draw_shared(SUMS, rng)

    assert len(np.unique(noisy - INTEGERS.values)) == 1
    assert (sums == sums[0]).all()
    assert (scalars == scalars[0]).all()


def test_a_moment_loses_noise_in_the_first_row_and_column_only():
    asked = MomentMeasurement(moment=np.zeros((2, 2), int), unit=2**10, epsilon=1.0)

    (right,), (faulty,) = (draw(asked, np.random.default_rng(1)) for draw in (draw_right, draw_first_feature_halved))

    assert faulty == pytest.approx(right * [[0.25, 0.5], [0.5, 1.0]], abs=1)


def test_what_nobody_draws_cannot_be_halved(rng):
    with pytest.raises(TypeError, match="no noise of str"):
        draw_halved("nothing", rng)
    assert len(MUTANTS) == 3
