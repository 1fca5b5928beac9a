"""Scree: how much variance each principal direction holds, exactly and by noisy second moments."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray
from core.reduction.directions import nonprivate_projection, release_projection
from core.reduction.projection import DIMENSIONS_MAX, ReductionMethod
from core.studies.bands import MetricBand

#: Stands for nothing where a division would fail.
_VARIANCE_LEAST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Scree:
    """Share of the total variance in each principal direction, the largest first; exact, curator only.

    Attributes:
        exact: Shares in the raw data.
        noisy: Shares by the noisy second moments, by direction.
        noise: Share that noise alone may show in a direction; the median of what the releases say of themselves.
    """

    exact: tuple[float, ...]
    noisy: tuple[MetricBand, ...]
    noise: float


def nonprivate_scree(points: FloatArray, *, epsilon: float, rngs: Iterable[np.random.Generator]) -> Scree:
    """Compare the exact scree of ``points`` with that of a release from each of ``rngs``.

    Args:
        points: People, scaled, of shape ``(n_people, n_features)``.
        epsilon: Privacy loss of each release.
        rngs: Sources of noise, at least one.
    """
    n_dimensions = min(DIMENSIONS_MAX, points.shape[1])
    pca = ReductionMethod.PCA
    releases = [
        release_projection(points, method=pca, n_dimensions=n_dimensions, epsilon=epsilon, rng=rng) for rng in rngs
    ]
    shares = np.stack([each.explained_share for each in releases])
    exact = nonprivate_projection(points, method=pca, n_dimensions=n_dimensions).explained_share
    return Scree(
        exact=tuple(exact.tolist()),
        noisy=tuple(MetricBand.from_values(values) for values in shares.T.tolist()),
        noise=float(np.median([each.noise_variance / max(each.total_variance, _VARIANCE_LEAST) for each in releases])),
    )
