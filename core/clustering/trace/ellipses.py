"""Where noise sends a centre: ellipses that hold a known share of a cloud of draws."""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, read_only


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ellipses:
    """Ellipses around each cluster's cloud, of one shape and as many sizes as shares were asked for.

    Attributes:
        middles: Means of the clouds, of shape ``(n_clusters, 2)``.
        half_axes: Long and short half axes, of shape ``(n_clusters, n_shares, 2)``; 0 where a cloud is one point.
        angles: Turn of the long axis from the first feature's towards the second's, of shape ``(n_clusters,)``.
    """

    middles: FloatArray
    half_axes: FloatArray
    angles: FloatArray

    def __post_init__(self) -> None:
        read_only(self.middles)
        read_only(self.half_axes)
        read_only(self.angles)


def ellipses(cloud: FloatArray, *, shares: tuple[float, ...]) -> Ellipses:
    """Return for each cluster the ellipses, shaped like its cloud, that hold ``shares`` of the draws.

    The covariance gives the shape alone; the size is counted off among the draws, so that no law is assumed.

    Args:
        cloud: Draws of centres, of shape ``(n_draws, n_clusters, 2)``.
        shares: Shares of the draws to hold, each in (0, 1].

    Raises:
        ValueError: If ``cloud`` has no draws or not two features, or a share is outside (0, 1].
    """
    if cloud.ndim != 3 or cloud.shape[2] != 2 or not len(cloud):  # noqa: PLR2004 - draws, clusters, two features
        raise ValueError(f"cloud must be of shape (n_draws, n_clusters, 2), not {cloud.shape}")
    if not all(0.0 < share <= 1.0 for share in shares):
        raise ValueError(f"shares must be in (0, 1], not {shares}")
    middles = cloud.mean(axis=0)
    off = cloud - middles
    variances, axes = np.linalg.eigh(np.einsum("nki,nkj->kij", off, off) / len(cloud))
    # A cloud that is a line or a point has no width to divide by.
    deviations = np.sqrt(np.maximum(variances, np.finfo(np.float64).tiny))
    away = np.linalg.norm(np.einsum("nki,kij->nkj", off, axes) / deviations, axis=2)
    sizes = np.quantile(away, shares, axis=0, method="inverted_cdf").T
    long = axes[:, :, 1]
    return Ellipses(
        middles=middles,
        half_axes=sizes[:, :, np.newaxis] * deviations[:, np.newaxis, ::-1],
        angles=np.arctan2(long[:, 1], long[:, 0]),
    )
