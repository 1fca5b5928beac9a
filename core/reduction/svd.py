"""Singular directions, around the middle of the public box instead of the mean, nonprivate and private."""

import numpy as np
from sklearn.decomposition import TruncatedSVD

from core.arrays import FloatArray
from core.reduction.moment import released_projection
from core.reduction.projection import Method, Projection, check_dimensions, completed, nonprivate_fitted

#: Public and fixed: the same people always give the same picture.
SEED = 2020


def nonprivate_svd(points: FloatArray, *, n_dimensions: int) -> Projection:
    """Fit scikit-learn's ``TruncatedSVD``: exact, curator only.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``; with fewer people than dimensions the spare
            directions are arbitrary and explain nothing.
        n_dimensions: Number of dimensions, at most ``DIMENSIONS_MAX`` and the number of features.

    Returns:
        The projection, scaled so that everybody fits. ``explained_variance`` is the mean square around the middle of
        the box, the first of which holds the mean.

    Raises:
        ValueError: If ``n_dimensions`` is out of range.
    """
    n_people, n_features = points.shape
    check_dimensions(n_dimensions, n_features)
    exact = points.astype(np.float64)
    total = float((exact**2).sum()) / max(n_people, 1)
    # scikit-learn refuses a single column and divides by the variance; either has one direction only.
    is_line = n_features == 1 or not (n_people and np.ptp(exact, axis=0).any())
    directions, squares = _line(exact, total) if is_line else _fitted(exact, n_dimensions)
    return nonprivate_fitted(
        exact,
        method=Method.SVD,
        directions=completed(directions, n_dimensions),
        center=np.zeros(n_features),
        squares=squares,
        total=total,
    )


def _fitted(exact: FloatArray, n_dimensions: int) -> tuple[FloatArray, FloatArray]:
    model = TruncatedSVD(min(n_dimensions, len(exact)), random_state=SEED, n_iter=10).fit(exact)
    return model.components_, model.singular_values_**2 / len(exact)


def _line(exact: FloatArray, total: float) -> tuple[FloatArray, FloatArray]:
    """Return the one direction of people who are all on one line through the middle."""
    length = float(np.linalg.norm(exact[0])) if len(exact) else 0.0
    is_single_column = exact.shape[1] == 1 or length == 0
    directions = np.eye(1, exact.shape[1]) if is_single_column else exact[:1] / length
    return directions, np.array([total])


def release_svd(points: FloatArray, *, n_dimensions: int, epsilon: float, rng: np.random.Generator) -> Projection:
    """Buy singular directions with pure ε-differential privacy (δ = 0) under adding or removing one person.

    A noisy count, a radius around the middle of the box, and a two-sided Wishart second moment within that radius;
    its eigenvectors are free. No mean is bought, so more is left for the moment than in ``release_pca``.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        n_dimensions: Number of dimensions, at most ``DIMENSIONS_MAX`` and the number of features.
        epsilon: Privacy loss of all queries together.
        rng: Source of the noise; ``secure_rng()`` for a real release.

    Returns:
        The projection.

    Raises:
        ValueError: If ``epsilon`` or ``n_dimensions`` is out of range.
    """
    return released_projection(points, method=Method.SVD, n_dimensions=n_dimensions, epsilon=epsilon, rng=rng)
