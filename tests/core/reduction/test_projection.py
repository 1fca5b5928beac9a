"""A projection: the reduced box holds the whole box, and what does not fit is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.types import Clustering
from core.reduction.projection import Projection, ReductionMethod, complete_basis, farthest_reach, fix_signs


def _projection(**changes):
    parts = {
        "method": ReductionMethod.PCA,
        "directions": np.array([[0.6, 0.8]]),
        "center": np.array([0.5, 0.0]),
        "scale": 2.0,
        "explained_variance": np.array([0.3]),
        "total_variance": 0.4,
    }
    return Projection(**{**parts, **changes})


def test_points_are_reduced_and_lifted_by_hand():
    seen = _projection()

    # (1, 1) is (0.5, 1) from the centre: 0.6 * 0.5 + 0.8 = 1.1 along the direction, of which 2 become 1.
    assert seen.reduce(np.array([[1.0, 1.0]])) == pytest.approx(np.array([[0.55]]), abs=1e-5)
    # Back: 1.1 along the direction is (0.66, 0.88) from the centre, cut at the edge of the box.
    assert seen.lift(np.array([[0.55]])) == pytest.approx(np.array([[1.0, 0.88]]))
    assert seen.explained_share == pytest.approx([0.75])
    lifted = seen.lift_clustering(Clustering(centers=np.array([[0.0]]), weights=np.array([7.0])))
    assert (lifted.centers.tolist(), lifted.weights.tolist()) == ([[0.5, 0.0]], [7.0])


@pytest.mark.parametrize(("noise", "is_mostly_noise"), [(0.149, False), (0.151, True)])
def test_more_than_half_of_the_first_variance_from_noise_is_mostly_noise(noise, is_mostly_noise):
    assert _projection(noise_variance=noise).is_mostly_noise is is_mostly_noise


def test_a_projection_survives_being_written_down():
    seen = _projection(epsilon=1.0)

    again = Projection.from_dict(seen.to_dict())

    assert again.to_dict() == seen.to_dict()


def test_the_largest_loading_becomes_positive():
    assert fix_signs(np.array([[0.6, -0.8], [0.8, 0.6]])).tolist() == [[-0.6, 0.8], [0.8, 0.6]]


@given(st.integers(1, 6), st.integers(0, 1000))
def test_no_point_of_the_box_is_farther_than_the_farthest_reach(n_features, seed):
    rng = np.random.default_rng(seed)
    directions = np.linalg.qr(rng.standard_normal((n_features, n_features)))[0][: min(3, n_features)]
    center = rng.uniform(-1, 1, n_features)
    corners = np.array(np.meshgrid(*[[-1, 1]] * n_features)).reshape(n_features, -1).T

    assert np.abs((corners - center) @ directions.T).max() == pytest.approx(farthest_reach(directions, center))


def test_missing_directions_are_added_at_right_angles():
    some = np.array([[0.6, 0.8, 0.0, 0.0]])

    basis = complete_basis(some, 3)

    assert basis[:1] == pytest.approx(some)
    assert basis @ basis.T == pytest.approx(np.eye(3))
    assert complete_basis(basis, 2) is basis


def test_a_projection_must_fit_itself_and_cannot_be_changed():
    with pytest.raises(ValueError, match="do not fit"):
        _projection(center=np.zeros(3))
    seen = _projection()
    with pytest.raises(ValueError, match="read-only"):
        seen.directions[0] = 1
