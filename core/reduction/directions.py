"""Directions that points spread along: principal (PCA) or singular (SVD), fitted exactly or released."""

import numpy as np
from sklearn.decomposition import PCA, TruncatedSVD

from core.arrays import FloatArray
from core.clustering.synopsis.chunked import ChunkedPoints
from core.clustering.synopsis.moments import MomentQueries
from core.privacy.mechanisms import Mechanisms
from core.privacy.noise import check_epsilon
from core.reduction.moment import MomentBudget, release_moment
from core.reduction.projection import (
    Projection,
    ReductionMethod,
    check_dimensions,
    complete_basis,
    farthest_reach,
    fix_signs,
)

#: Public and fixed: the same people always give the same picture.
SEED = 2020
#: The reduced box reaches this many times as far as the radius that holds most people.
REACH = 1.25


def nonprivate_projection(points: FloatArray, *, method: ReductionMethod, n_dimensions: int) -> Projection:
    """Fit scikit-learn's ``PCA`` or ``TruncatedSVD``: exact, curator only. One person can turn a direction round.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``; with fewer people than dimensions the spare
            directions are arbitrary and explain nothing.
        method: Around the mean (PCA) or around the middle of the box (SVD), whose first direction then holds the mean.
        n_dimensions: Number of dimensions, at most ``DIMENSIONS_MAX`` and the number of features.

    Returns:
        The projection, scaled so that everybody fits.

    Raises:
        ValueError: If ``n_dimensions`` is out of range.
    """
    n_people, n_features = points.shape
    check_dimensions(n_dimensions, n_features)
    rows = points.astype(np.float64)
    is_pca = method is ReductionMethod.PCA
    center = rows.mean(axis=0) if is_pca and n_people else np.zeros(n_features)
    found, squares, total = (_fit_pca if is_pca else _fit_svd)(rows, center, n_dimensions)
    directions = fix_signs(complete_basis(found, n_dimensions))
    widest = float(np.abs((rows - center) @ directions.T).max(initial=0.0))
    return Projection(
        method=method,
        directions=directions,
        center=center,
        scale=widest if widest > 0 else farthest_reach(directions, center),
        explained_variance=np.pad(squares, (0, n_dimensions - len(squares))),
        total_variance=total,
        is_insider=True,
    )


def release_projection(
    points: FloatArray, *, method: ReductionMethod, n_dimensions: int, epsilon: float, rng: np.random.Generator
) -> Projection:
    """Release a projection with pure ε-differential privacy (δ = 0) under adding or removing one person.

    A noisy second moment (see ``release_moment``); its eigenvectors are free. SVD asks for no mean, so more is left
    for the moment than in PCA.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        method: Around a noisy mean (PCA) or around the middle of the box (SVD).
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
    check_epsilon(epsilon / 100.0)  # the smallest share must be on the public grid too
    n_features = points.shape[1]
    check_dimensions(n_dimensions, n_features)
    mechanisms = Mechanisms(rng)
    moment = release_moment(
        MomentQueries(ChunkedPoints(points, n_features), mechanisms),
        n_features=n_features,
        around_mean=method is ReductionMethod.PCA,
        budget=MomentBudget.split(epsilon, around_mean=method is ReductionMethod.PCA),
    )
    directions = fix_signs(moment.directions[:n_dimensions])
    return Projection(
        method=method,
        directions=directions,
        center=moment.center,
        scale=min(REACH * moment.radius, farthest_reach(directions, moment.center)),
        explained_variance=moment.variances[:n_dimensions].copy(),
        total_variance=float(moment.variances.sum()),
        noise_variance=moment.noise_variance,
        epsilon=epsilon,
        charges=mechanisms.charges,
        is_private=mechanisms.is_private,
    )


def _fit_pca(rows: FloatArray, center: FloatArray, n_dimensions: int) -> tuple[FloatArray, FloatArray, float]:
    """Return directions around the mean, the mean square along each, and along all directions of the box."""
    # scikit-learn divides by the total variance.
    if not _spreads(rows):
        return np.zeros((0, rows.shape[1])), np.zeros(0), 0.0
    model = PCA(min(n_dimensions, len(rows)), svd_solver="full").fit(rows)
    return model.components_, model.singular_values_**2 / len(rows), float(((rows - center) ** 2).sum()) / len(rows)


def _fit_svd(rows: FloatArray, _middle: FloatArray, n_dimensions: int) -> tuple[FloatArray, FloatArray, float]:
    """Return the same around the middle of the box."""
    total = float((rows**2).sum()) / max(len(rows), 1)
    # scikit-learn refuses a single column and divides by the variance; either has one direction only.
    if rows.shape[1] == 1 or not _spreads(rows):
        return _line_through_middle(rows), np.array([total]), total
    model = TruncatedSVD(min(n_dimensions, len(rows)), random_state=SEED, n_iter=10).fit(rows)
    return model.components_, model.singular_values_**2 / len(rows), total


def _spreads(rows: FloatArray) -> bool:
    return len(rows) > 0 and bool(np.ptp(rows, axis=0).any())


def _line_through_middle(rows: FloatArray) -> FloatArray:
    """Return the one direction of people who are all on one line through the middle."""
    length = float(np.linalg.norm(rows[0])) if len(rows) else 0.0
    is_column = rows.shape[1] == 1 or length == 0
    return np.eye(1, rows.shape[1]) if is_column else rows[:1] / length
