"""Differentially private Lloyd's k-means (the method of the 2020 prototype, corrected): every step is noisy.

| here | Su et al. (2016) |
|---|---|
| ``LloydBudget.counts``, ``LloydBudget.sums`` | ε₀ and d·εᵢ of one step |
| ``COORDINATE_SPREAD`` | ρ |
"""

from numbers import Integral, Real
from typing import Any, ClassVar, Self

import numpy as np
from diffprivlib.models import KMeans
from sklearn.utils import Tags
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import check_is_fitted, check_random_state, validate_data

from core.arrays import FloatArray, IntArray
from core.clustering.bounds import Bounds
from core.clustering.exact_assignment import assign_nearest
from core.clustering.lloyd.centers import draw_starts, respread_empty
from core.clustering.lloyd.release import GRID, STEPS, LloydBudget, LloydRelease
from core.clustering.lloyd.step import ExactStep, to_grid
from core.privacy.noise import secure_rng
from core.threads import one_thread


def release_lloyd(
    points: FloatArray, *, n_clusters: int, epsilon: float, rng: np.random.Generator, is_private: bool
) -> LloydRelease:
    """Cluster ``points`` under ε-differential privacy for adding or removing one person.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``; clipped again, may be empty.
        n_clusters: Number of centres; positive.
        epsilon: Privacy loss of the whole release; positive and finite.
        rng: Source of starts and noise; a real release passes ``secure_rng()``.
        is_private: Whether nobody knows the seed of ``rng``; kept on the release.

    Returns:
        The release, holding exactly ``n_clusters`` finite centres inside the box.

    Raises:
        ValueError: If an argument is out of its range or a value is not finite.

    References:
        Su, Cao, Li, Bertino, Jin (2016), "Differentially private k-means clustering".

    Examples:
        >>> import numpy as np
        >>> from core.clustering import release_lloyd
        >>> rng = np.random.default_rng(0)
        >>> points = np.concatenate([rng.normal(-0.5, 0.05, (5000, 2)), rng.normal(0.5, 0.05, (5000, 2))])
        >>> release = release_lloyd(points, n_clusters=2, epsilon=1.0, rng=rng, is_private=False)
        >>> np.sort(release.centers, axis=0).round(1)
        array([[-0.5, -0.5],
               [ 0.5,  0.5]])
        >>> release.budget.total <= 1.0
        True
    """
    if n_clusters < 1:
        raise ValueError(f"n_clusters must be at least 1, not {n_clusters}")
    engine = DPLloyd(n_clusters, epsilon=epsilon, bounds=(-1.0, 1.0))
    return engine.release(points, rng=rng, is_private=is_private)


class DPLloyd(KMeans):
    """k-means with ε-differential privacy for adding or removing one person.

    The method of the 2020 prototype with its budget, its noise and its sensitivity corrected. Distances are measured
    in the public box, where every feature runs from -1 to 1. The number of steps is public and fixed. There is no
    accountant: charge ``epsilon`` to the ledger of the data set on every fit.

    Args:
        n_clusters: Number of clusters.
        epsilon: Privacy loss of one fit; positive and finite.
        bounds: Public ``(lower, upper)``, numbers or arrays of shape ``(n_features,)``. Required: bounds read from
            the data would break the guarantee, so ``fit`` raises without them.
        random_state: None draws from the operating system. An int (or ``RandomState``) makes the noise known:
            reproducible and not private.

    Attributes:
        cluster_centers_: Released centres within the bounds, of shape ``(n_clusters, n_features)``.
        release_: The release in the box, with noisy counts.
        budget_: Named shares of ``epsilon``.
        is_private_: Whether the noise is unknown to everybody.
        labels_: Cluster of each training row. Not released: a function of raw rows, outside the guarantee.
        n_iter_: Number of steps.
        n_features_in_: Number of features seen in ``fit``.
        feature_names_in_: Their names, if ``fit`` saw a data frame with string columns.

    References:
        Su, Cao, Li, Bertino, Jin (2016), "Differentially private k-means clustering".

    Examples:
        >>> import numpy as np
        >>> from core.clustering import DPLloyd
        >>> spending = np.random.default_rng(0).normal([[50.0], [150.0]], 10.0, size=(2, 5000)).reshape(-1, 1)
        >>> model = DPLloyd(2, epsilon=1.0, bounds=(0.0, 200.0), random_state=0).fit(spending)
        >>> np.sort(model.cluster_centers_.ravel()).round(-1)
        array([ 50., 150.])
        >>> model.is_private_
        False
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "n_clusters": [Interval(Integral, 1, None, closed="left")],
        "epsilon": [Interval(Real, 0, None, closed="neither")],
        "bounds": ["array-like", None],
        "random_state": ["random_state"],
    }

    def __init__(  # The original's constructor sets fitted attributes and loads a global accountant: not called.
        self,
        n_clusters: int = 8,
        *,
        epsilon: float = 1.0,
        bounds: tuple[Any, Any] | None = None,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.epsilon = epsilon
        self.bounds = bounds
        self.random_state = random_state

    def fit(self, X: Any, y: object = None) -> Self:  # noqa: ANN401 - any array-like, as scikit-learn
        """Release private centres of the people in ``X``.

        Args:
            X: People, array-like of shape ``(n_people, n_features)``; clipped to ``bounds``.
            y: Ignored.

        Returns:
            The fitted estimator.

        Raises:
            ValueError: If ``bounds`` are missing or do not fit, or ``X`` is no finite two-dimensional table.
        """
        del y
        self._validate_params()
        X = validate_data(self, X, dtype=[np.float64, np.float32])
        self._bounds = Bounds.from_limits(self.bounds, n_features=X.shape[1])
        rng, self.is_private_ = _generator(self.random_state)
        grid = to_grid(self._scale(X))
        self.release_ = self._release_on_grid(grid, rng=rng, is_private=self.is_private_)
        self.budget_ = self.release_.budget
        self.n_iter_ = self.release_.n_iterations
        self.cluster_centers_ = self._bounds.unscale(self.release_.centers).astype(X.dtype)
        self.labels_ = self._labels(grid, self.release_.centers)
        return self

    def fit_predict(self, X: Any, y: object = None) -> IntArray:  # noqa: ANN401
        """Fit and return ``labels_``, which are not released."""
        return self.fit(X, y).labels_

    def fit_transform(self, X: Any, y: object = None) -> FloatArray:  # noqa: ANN401
        """Fit and return the distances of ``X`` to the centres, which are not released."""
        transformed: FloatArray = self.fit(X, y).transform(X)
        return transformed

    def predict(self, X: Any) -> IntArray:  # noqa: ANN401
        """Return the nearest released centre of each row of ``X``, int32 of shape ``(n_rows,)``."""
        check_is_fitted(self)
        return self._labels(to_grid(self._scale(self._check_test_data(X))), self.release_.centers)

    def score(self, X: Any, y: object = None) -> float:  # noqa: ANN401
        """Return minus the inertia of ``X`` in the box; exact, so outside the guarantee."""
        del y
        check_is_fitted(self)
        return -float(self._squared_distances(self._check_test_data(X)).min(axis=1).sum())

    def __sklearn_tags__(self) -> Tags:
        tags: Tags = super().__sklearn_tags__()
        tags.input_tags.sparse = False
        return tags

    def _check_test_data(self, X: Any) -> FloatArray:  # noqa: ANN401
        checked: FloatArray = validate_data(self, X, reset=False, dtype=[np.float64, np.float32])
        return checked

    def _transform(self, X: FloatArray) -> FloatArray:
        return np.sqrt(self._squared_distances(X)).astype(X.dtype)

    def _scale(self, X: FloatArray) -> FloatArray:
        return self._bounds.scale(np.clip(X, self._bounds.lower, self._bounds.upper))

    def release(self, points: FloatArray, *, rng: np.random.Generator, is_private: bool) -> LloydRelease:
        """Return what ``release_lloyd`` does: private centres of people in the box; nothing is fitted."""
        with one_thread():
            return self._release_on_grid(to_grid(points), rng=rng, is_private=is_private)

    def _release_on_grid(self, grid: IntArray, *, rng: np.random.Generator, is_private: bool) -> LloydRelease:
        dims = grid.shape[1]
        n_steps = self._calc_iters()
        budget = self._split_epsilon(dims, n_steps)
        centers = self._init_centers(dims, rng)
        totals = []
        for step in range(n_steps):
            exact = ExactStep.from_labels(grid, self._labels(grid, centers), centers, budget=budget)
            centers, counts = self._update_centers(exact, random_state=rng)
            totals.append(int(counts.sum()))
            if step < n_steps - 1:
                centers = respread_empty(centers, counts, budget=budget, rng=rng)
        return LloydRelease(
            centers=centers,
            noisy_counts=counts,
            noisy_people=max(float(np.mean(totals)), 0.0),
            epsilon=float(self.epsilon),
            budget=budget,
            is_private=is_private,
        )

    def _calc_iters(self) -> int:
        """Return the number of steps: public, whatever the data."""
        return STEPS

    def _split_epsilon(self, dims: int, total_iters: int) -> LloydBudget:
        return LloydBudget.split(self.epsilon, n_features=dims, n_steps=total_iters)

    def _init_centers(self, dims: int, random_state: np.random.Generator) -> FloatArray:
        return draw_starts(self.n_clusters, dims, rng=random_state)

    def _squared_distances(self, X: FloatArray) -> FloatArray:
        """Return squared distances in the box of rows to the released centres."""
        units, rows = np.rint(self.release_.centers * GRID), to_grid(self._scale(X)).astype(np.float64)
        # Whole numbers below 2**53, as in ``assign_nearest``: exact.
        distances: FloatArray = (units**2).sum(axis=1) - rows @ (2.0 * units).T
        distances += np.einsum("ij,ij->i", rows, rows)[:, np.newaxis]
        return distances / GRID**2

    def _labels(self, grid: IntArray, centers: FloatArray) -> IntArray:
        """Return the nearest centre of each row, exactly: a person's label does not depend on who else is there."""
        return assign_nearest(grid, np.rint(centers * GRID), unit=1)

    def _update_centers(self, step: ExactStep, *, random_state: np.random.Generator) -> tuple[FloatArray, IntArray]:
        """Move every centre, empty or not, to the noisy mean of its people; return centres and noisy counts."""
        return step.draw_move(random_state)


def _generator(random_state: int | np.random.RandomState | None) -> tuple[np.random.Generator, bool]:
    """Return the source of noise and whether nobody can know it."""
    if random_state is None:
        return secure_rng(), True
    return np.random.default_rng(check_random_state(random_state).randint(2**31)), False
