"""Scree: exact shares by hand, noisy ones near them for much ε, and the same for the same sources."""

import numpy as np
import pytest

from core.studies.scree import nonprivate_scree


def _rngs(n, seed=1):
    return [np.random.default_rng(each) for each in np.random.SeedSequence(seed).spawn(n)]


def _people(n_people, spreads):
    return np.random.default_rng(0).uniform(-1, 1, (n_people, len(spreads))) * spreads


def test_shares_of_a_cross_by_hand():
    # Four people at ±0.8 on one axis and ±0.4 on the other: variances 0.64/2 and 0.16/2, shares 0.8 and 0.2.
    points = np.array([[0.8, 0.0], [-0.8, 0.0], [0.0, 0.4], [0.0, -0.4]])

    scree = nonprivate_scree(points, epsilon=1.0, rngs=_rngs(1))

    assert scree.exact == pytest.approx((0.8, 0.2))


def test_with_much_epsilon_noisy_shares_are_the_exact_ones():
    scree = nonprivate_scree(_people(20_000, [1.0, 0.5, 0.25]), epsilon=50.0, rngs=_rngs(3))

    assert [band.median for band in scree.noisy] == pytest.approx(list(scree.exact), abs=0.01)
    assert scree.noise < 0.01


def test_less_epsilon_shows_more_noise():
    points = _people(2_000, [1.0, 0.5, 0.25])
    calm, wild = (nonprivate_scree(points, epsilon=epsilon, rngs=_rngs(5)) for epsilon in (10.0, 0.1))

    assert wild.noise > 5 * calm.noise
    assert wild.exact == calm.exact


def test_the_same_sources_give_the_same_scree():
    points = _people(300, [1.0, 0.5])

    first, again, other = (nonprivate_scree(points, epsilon=1.0, rngs=_rngs(2, seed)) for seed in (1, 1, 2))

    assert first == again
    assert first != other
