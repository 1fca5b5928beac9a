"""The audit finds broken mechanisms and clears true ones; what it is turned on is in the tests beside."""

import numpy as np
import pytest

from core.attack.audit import epsilon_lower_bound

CERTAIN = 0.999


def laplace(count, scale, n_runs, rng):
    return count + rng.laplace(scale=scale, size=(n_runs, 1))


def test_a_true_laplace_mechanism_is_cleared_with_a_bound_near_its_epsilon(rng):
    bound = epsilon_lower_bound(laplace(0, 1.0, 20_000, rng), laplace(1, 1.0, 20_000, rng), confidence=CERTAIN)

    assert 0.7 < bound.epsilon <= 1.0


def test_a_laplace_mechanism_at_half_its_scale_is_flagged(rng):
    bound = epsilon_lower_bound(laplace(0, 0.5, 20_000, rng), laplace(1, 0.5, 20_000, rng), confidence=CERTAIN)

    assert bound.epsilon > 1.3


def test_an_event_that_only_one_data_set_shows_counts_by_its_runs():
    bound = epsilon_lower_bound(np.zeros((2000, 1)), np.ones((2000, 1)), confidence=0.95)

    # Clopper–Pearson: p ≥ 0.025^(1/1000), q ≤ 1 - 0.025^(1/1000).
    assert bound.hits == bound.n_runs == 1000
    assert bound.false_hits == 0
    assert bound.epsilon == pytest.approx(np.log(0.025**0.001 / (1 - 0.025**0.001)))


def test_identical_outputs_prove_nothing(rng):
    outputs = rng.standard_normal((500, 3))

    assert epsilon_lower_bound(outputs, outputs).epsilon < 0.5


def test_too_few_or_unequal_runs_are_refused():
    with pytest.raises(ValueError, match="at least 4 runs"):
        epsilon_lower_bound(np.zeros((3, 1)), np.zeros((3, 1)))
    with pytest.raises(ValueError, match="equal shapes"):
        epsilon_lower_bound(np.zeros((8, 1)), np.zeros((8, 2)))
