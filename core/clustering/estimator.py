"""Differentially private k-means with the scikit-learn estimator API."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from core.arrays import FloatArray, IntArray, row_slices
from core.clustering.bounds import Bounds
from core.clustering.synopsis.chunked import CHUNK_ROWS
from core.clustering.synopsis.release import release_synopsis
from core.privacy.noise import secure_rng


@dataclass(frozen=True, slots=True)
class _ScaledChunks:
    """Rows of ``values`` mapped from the bounds to [-1, 1], chunk by chunk, anew at each ``iter``."""

    values: FloatArray
    bounds: Bounds

    def __iter__(self) -> Iterator[FloatArray]:
        for chunk in row_slices(self.values.shape[0], CHUNK_ROWS):
            yield self.bounds.scale(self.values[chunk])


class PrivateKMeans(ClusterMixin, BaseEstimator):
    """k-means with pure ε-differential privacy (δ = 0) under adding or removing one person.

    Distances are measured after each feature's bounds are scaled to [-1, 1].

    Args:
        n_clusters: Number of clusters.
        epsilon: Privacy loss allowed.
        bounds: Public bounds (lower, upper) of the features, scalars or arrays of shape ``(n_features,)``. Required:
            bounds read from the data would leak it. Values outside are clipped.
        random_state: None draws unpredictable noise from the operating system's entropy. A seed or a generator makes
            the noise known to whoever knows it, so the result is not private.

    Attributes:
        cluster_centers_: Released centres in the units of the data, of shape ``(n_clusters, n_features)``.
        release_: The synopsis; ``release_.cluster(k)`` serves any other k, free.
        budget_: Named shares of ``epsilon``.
        is_private_: Whether nobody knows the noise: False if ``random_state`` was given.
        labels_: Nearest centre of each row. Not released: a function of the raw rows, for the curator only.
        n_features_in_: Number of features.
        feature_names_in_: Names of the features, if the data had any.

    Examples:
        >>> import numpy as np
        >>> from core.clustering import PrivateKMeans
        >>> spending = np.random.default_rng(0).normal([[50.0], [150.0]], 10.0, size=(2, 5000)).reshape(-1, 1)
        >>> model = PrivateKMeans(2, epsilon=1.0, bounds=(0.0, 200.0), random_state=0).fit(spending)
        >>> np.sort(model.cluster_centers_.ravel()).round(-1)
        array([ 50., 150.])
        >>> model.is_private_
        False
    """

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        epsilon: float = 1.0,
        bounds: tuple[object, object] | None = None,
        random_state: int | np.random.RandomState | np.random.Generator | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.epsilon = epsilon
        self.bounds = bounds
        self.random_state = random_state

    def fit(self, X: object, y: object = None) -> Self:  # noqa: ARG002 - scikit-learn passes it
        """Release a synopsis of ``X`` and cluster it.

        Args:
            X: Array-like of shape ``(n_people, n_features)``; one row is one person. May be empty: n is private.
            y: Ignored.

        Raises:
            ValueError: If ``bounds`` is missing or not increasing, or an argument is out of range.
        """
        self._check_arguments()
        values = self._validate(X, reset=True)
        self._bounds = Bounds.from_limits(self.bounds, n_features=values.shape[1])
        self.release_ = release_synopsis(
            _ScaledChunks(values, self._bounds),
            epsilon=self.epsilon,
            n_clusters_served=self.n_clusters,
            n_features=values.shape[1],
            rng=self._generator(),
        )
        self._clustering = self.release_.cluster(self.n_clusters)
        self.cluster_centers_ = self._bounds.unscale(self._clustering.centers).astype(values.dtype)
        self.budget_ = self.release_.budget
        self.is_private_ = self.release_.is_private
        self.labels_ = self._assign(values)
        return self

    def predict(self, X: object) -> IntArray:
        """Return the index of the nearest released centre for each row: a function of the rows, not released."""
        check_is_fitted(self)
        return self._assign(self._validate(X, reset=False))

    def _assign(self, values: FloatArray) -> IntArray:
        chunks = [self._clustering.assign(np.clip(chunk, -1.0, 1.0)) for chunk in _ScaledChunks(values, self._bounds)]
        return np.concatenate([np.empty(0, dtype=np.int32), *chunks])

    def _validate(self, X: object, *, reset: bool) -> FloatArray:
        values: FloatArray = validate_data(self, X, reset=reset, dtype=[np.float64, np.float32], ensure_min_samples=0)
        return values

    def _check_arguments(self) -> None:
        if self.n_clusters != int(self.n_clusters) or self.n_clusters < 1:
            raise ValueError(f"n_clusters must be a positive integer, not {self.n_clusters!r}")
        if not (np.isfinite(self.epsilon) and self.epsilon > 0):
            raise ValueError(f"epsilon must be positive and finite, not {self.epsilon!r}")

    def _generator(self) -> np.random.Generator:
        if self.random_state is None:
            return secure_rng()
        if isinstance(self.random_state, np.random.RandomState):
            return np.random.default_rng(self.random_state.randint(2**31))
        return np.random.default_rng(self.random_state)
