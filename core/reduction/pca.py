"""Principal components, nonprivate and private."""

import numpy as np
from sklearn.decomposition import PCA

from core.arrays import FloatArray
from core.reduction.moment import released_projection
from core.reduction.projection import Method, Projection, check_dimensions, completed, nonprivate_fitted


def nonprivate_pca(points: FloatArray, *, n_dimensions: int) -> Projection:
    """Fit scikit-learn's ``PCA``: exact, curator only. One person can turn the first component round.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``; with fewer people than dimensions the spare
            directions are arbitrary and explain nothing.
        n_dimensions: Number of dimensions, at most ``DIMENSIONS_MAX`` and the number of features.

    Returns:
        The projection, scaled so that everybody fits.

    Raises:
        ValueError: If ``n_dimensions`` is out of range.
    """
    n_people, n_features = points.shape
    check_dimensions(n_dimensions, n_features)
    exact = points.astype(np.float64)
    center = exact.mean(axis=0) if n_people else np.zeros(n_features)
    directions, variances, total = np.zeros((0, n_features)), np.zeros(0), 0.0
    # scikit-learn divides by the total variance.
    if n_people and np.ptp(exact, axis=0).any():
        model = PCA(min(n_dimensions, n_people), svd_solver="full").fit(exact)
        directions, variances = model.components_, model.singular_values_**2 / n_people
        total = float(((exact - center) ** 2).sum()) / n_people
    return nonprivate_fitted(
        exact,
        method=Method.PCA,
        directions=completed(directions, n_dimensions),
        center=center,
        squares=variances,
        total=total,
    )


def release_pca(points: FloatArray, *, n_dimensions: int, epsilon: float, rng: np.random.Generator) -> Projection:
    """Buy principal components with pure ε-differential privacy (δ = 0) under adding or removing one person.

    A noisy mean with a count, a radius around it, and a two-sided Wishart second moment within that radius; its
    eigenvectors are free.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        n_dimensions: Number of dimensions, at most ``DIMENSIONS_MAX`` and the number of features.
        epsilon: Privacy loss of all queries together.
        rng: Source of the noise; ``secure_rng()`` for a real release.

    Returns:
        The projection.

    Raises:
        ValueError: If ``epsilon`` or ``n_dimensions`` is out of range.

    References:
        Dwork, Talwar, Thakurta, Zhang (2014), "Analyze Gauss"; Jiang, Xie, Zhang (2016), "Wishart mechanism for
        differentially private principal components analysis" (one-sided, hence not used as it stands).
    """
    return released_projection(points, method=Method.PCA, n_dimensions=n_dimensions, epsilon=epsilon, rng=rng)
