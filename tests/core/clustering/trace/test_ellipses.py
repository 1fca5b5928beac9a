"""Ellipses around clouds of noise: by hand, beside the normal law, and on draws that they have not seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, chi2

from core.clustering.trace.ellipses import ellipses
from core.clustering.trace.lloyd import CLOUD_DRAWS, trace_private_lloyd
from core.data.generate import synthetic_pair

#: A wrong alarm once in a million.
ALPHA = 1e-6
SHARES = (0.5, 0.9)


def _inside(points, found, *, cluster, size):
    """Return who is within an ellipse, by its equation."""
    x, y = (points - found.middles[cluster]).T
    angle = found.angles[cluster]
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    long, short = found.half_axes[cluster, size]
    return (along / long) ** 2 + (across / short) ** 2 <= 1.0 + 1e-9


def test_a_cross_of_four_draws_has_an_upright_ellipse():
    # By hand: variances 4·2/4 = 2 and 1·2/4 = 0.5 about the middle (1, 2). (3, 2) is 2/√2 = √2 standard deviations
    # away and so is (1, 3), 1/√0.5: all four lie on the ellipse with half axes √2·√2 = 2 and √2·√0.5 = 1.
    cross = np.array([[3.0, 2.0], [-1.0, 2.0], [1.0, 3.0], [1.0, 1.0]])[:, np.newaxis]

    found = ellipses(cross, shares=(1.0,))

    assert found.middles == pytest.approx(np.array([[1.0, 2.0]]))
    assert found.half_axes == pytest.approx(np.array([[[2.0, 1.0]]]))
    assert np.sin(found.angles) == pytest.approx([0.0], abs=1e-9)


def test_the_long_axis_points_where_the_draws_do():
    slope = np.array([[-2.0, -2.0], [2.0, 2.0], [-1.0, 1.0], [1.0, -1.0]])[:, np.newaxis]

    assert np.tan(ellipses(slope, shares=(0.5,)).angles) == pytest.approx([1.0])


def test_normal_draws_have_the_ellipses_of_the_normal_law():
    deviations = np.array([3.0, 0.5])
    draws = np.random.default_rng(0).normal(size=(200_000, 1, 2)) * deviations

    found = ellipses(draws, shares=SHARES)

    assert found.half_axes[0] == pytest.approx(np.sqrt(chi2.ppf(SHARES, 2))[:, np.newaxis] * deviations, rel=0.02)


@given(seed=st.integers(0, 999), share=st.floats(0.01, 1.0), n_draws=st.integers(6, 60))
def test_an_ellipse_holds_its_share_of_the_draws_and_none_more(seed, share, n_draws):
    draws = np.random.default_rng(seed).standard_t(3, size=(n_draws, 2, 2))

    found = ellipses(draws, shares=(share,))

    for cluster in range(2):
        held = _inside(draws[:, cluster], found, cluster=cluster, size=0).sum()
        assert held == np.ceil(share * n_draws - 1e-9)


def test_draws_at_one_point_have_an_ellipse_of_no_size():
    found = ellipses(np.ones((10, 1, 2)), shares=SHARES)

    assert found.half_axes == pytest.approx(np.zeros((1, 2, 2)))
    assert np.isfinite(found.angles).all()


@pytest.mark.parametrize("epsilon", [0.1, 2.0])
def test_noise_drawn_again_falls_into_the_regions_as_often_as_they_say(epsilon):
    # The ellipses are found from one source of noise and counted on another, of the same step.
    people = synthetic_pair().points().astype(np.float64)
    found, fresh = (
        trace_private_lloyd(
            people,
            n_clusters=4,
            epsilon=epsilon,
            rng=np.random.default_rng(0),
            cloud_rng=np.random.default_rng(cloud_seed),
        )[0].iterations[0]
        for cloud_seed in (1, 2)
    )
    regions = ellipses(found.cloud, shares=SHARES)

    assert (found.before == fresh.before).all()
    for cluster in range(4):
        for size, share in enumerate(SHARES):
            held = _inside(fresh.cloud[:, cluster], regions, cluster=cluster, size=size).sum()
            # Twice the width: the ellipse was found from as many draws itself.
            low, high = binom.interval(1 - ALPHA, CLOUD_DRAWS, share)
            assert 2 * low - share * CLOUD_DRAWS <= held <= 2 * high - share * CLOUD_DRAWS


@pytest.mark.parametrize(
    ("cloud", "shares", "complaint"),
    [
        (np.zeros((0, 1, 2)), (0.5,), "cloud"),
        (np.zeros((5, 1, 3)), (0.5,), "cloud"),
        (np.zeros((5, 1, 2)), (0.0,), "shares"),
        (np.zeros((5, 1, 2)), (0.5, 1.1), "shares"),
    ],
)
def test_clouds_and_shares_that_mean_nothing_are_refused(cloud, shares, complaint):
    with pytest.raises(ValueError, match=complaint):
        ellipses(cloud, shares=shares)
