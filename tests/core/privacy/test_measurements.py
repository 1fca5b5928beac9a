"""Measurements add the noise of their law to what they hold; an oracle may answer in its place, never for people."""

import numpy as np
import pytest

from core.data.sources import UPLOAD
from core.privacy.measurements import (
    ChoiceMeasurement,
    IntegerMeasurement,
    MomentMeasurement,
    NoiseOracle,
    SumMeasurement,
    answer,
)
from core.privacy.noise import cylinder_noise, is_secure, permute_and_flip, two_sided_geometric, two_sided_wishart
from core.privacy.noise_source import check_noise

EPSILON = 0.5


def twin():
    return np.random.default_rng(3)


def test_numbers_get_geometric_noise_at_epsilon_by_sensitivity():
    values = np.array([[1, 2], [3, 4]])

    (noisy,) = IntegerMeasurement(values=values, sensitivity=4, epsilon=EPSILON).draw(twin())

    assert (noisy - values == two_sided_geometric((2, 2), epsilon=EPSILON / 4, rng=twin())).all()


def test_sums_get_cylinder_noise_in_units():
    sums, scalars = np.array([[100, 200], [0, 0]]), np.array([[10], [0]])

    noisy_sums, noisy_scalars = SumMeasurement(sums=sums, scalars=scalars, unit=1000, epsilon=EPSILON).draw(twin())

    vectors, counts = cylinder_noise(2, 2, 1, epsilon=EPSILON, rng=twin())
    assert (noisy_sums - sums == np.rint(vectors * 1000)).all()
    assert (noisy_scalars - scalars == np.rint(counts * 1000)).all()


def test_a_moment_gets_wishart_noise_in_squared_units():
    moment = np.diag([5, 6, 7])

    (noisy,) = MomentMeasurement(moment=moment, unit=100, epsilon=EPSILON).draw(twin())

    assert (noisy - moment == np.rint(two_sided_wishart(3, epsilon=EPSILON, rng=twin()) * 100**2)).all()


def test_choices_are_made_at_the_epsilon_of_each():
    utilities = np.array([[0, -5, -9], [-3, 0, -1]])

    (chosen,) = ChoiceMeasurement(utilities=utilities, sensitivity=2, each=0.7, epsilon=1.0).draw(twin())

    assert (chosen == permute_and_flip(utilities, epsilon=0.7, sensitivity=2, rng=twin())).all()


def test_an_oracle_answers_instead_and_draws_what_is_no_noise_from_its_seed():
    asked = []
    oracle = NoiseOracle(lambda measurement: asked.append(measurement) or (np.array([42]),), seed=9)
    question = IntegerMeasurement(values=np.array([1]), epsilon=EPSILON)

    assert answer(question, rng=oracle)[0].tolist() == [42]
    assert asked == [question]
    assert oracle.integers(2**62) == np.random.default_rng(9).integers(2**62)


def test_nothing_that_an_oracle_answers_is_private():
    oracle = NoiseOracle(lambda measurement: measurement.draw(twin()))

    assert not is_secure(oracle)
    with pytest.raises(ValueError, match="takes secure noise only, not NoiseOracle"):
        check_noise(oracle, UPLOAD)
