"""Making a synopsis: which queries are asked of the people, in which order, for how much."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.synopsis.budget import Mode, SynopsisBudget, people_share
from core.clustering.synopsis.chunked import ChunkedPoints
from core.clustering.synopsis.grid import Grid, GridAxes, allocate_levels, box_axes
from core.clustering.synopsis.histogram import HeavyCells, threshold_histogram, total_consistent_scale
from core.clustering.synopsis.micro_clusters import MicroClusters, group_heavy_cells, release_step
from core.clustering.synopsis.moments import COVARIANCE_RADIUS, MEAN_RADIUS, MomentQueries, NoisyCount
from core.clustering.synopsis.plan import Plan
from core.clustering.synopsis.rounding import POINT_GRID, snap_to_grid
from core.clustering.synopsis.synopsis import Synopsis
from core.clustering.types import WeightedPoints
from core.privacy.mechanisms import Mechanisms
from core.privacy.noise import check_epsilon
from core.threads import one_thread

#: Heavy cells that a synopsis shows: the heaviest.
CELLS_SHOWN_MAX = 512
#: Number of clusters that one synopsis is made to serve well, fixed before it is released: another k is then free.
#: 12, the end of the slider, changes inertia by -3.1 ± 1.1 % for k of 9 to 12, but by +0.6 ± 0.7 % for k up to 8
#: (k = 4: +0.8 ± 1.1 %, 6: +1.5 ± 1.1 %), where most stay; nothing above n·ε = 3000 (``benchmarks/served.py``).
N_CLUSTERS_SERVED = 8


def release_synopsis(
    points: FloatArray | Iterable[FloatArray],
    *,
    epsilon: float,
    n_clusters_served: int = N_CLUSTERS_SERVED,
    n_features: int | None = None,
    rng: np.random.Generator,
) -> Synopsis:
    """Release a synopsis with pure ε-differential privacy (δ = 0) under adding or removing one person.

    Every value that steers the way (mode, grid, number of micro-clusters) is public or noisy; n is private too.

    Args:
        points: People in the public box [-1, 1]^d, of shape ``(n_people, n_features)``, or a re-iterable of such
            arrays, which is read several times and never copied as a whole.
        epsilon: Privacy loss allowed, all queries together.
        n_clusters_served: Largest number of clusters to serve well; public, fixed before the release.
        n_features: Number of features; needed if ``points`` is not an array.
        rng: Source of the noise; ``secure_rng()`` for a real release.

    Returns:
        The synopsis; ``cluster(k)`` is free for every k.

    Raises:
        ValueError: If ``epsilon``, ``n_clusters_served`` or ``n_features`` is not positive.

    Examples:
        >>> import numpy as np
        >>> from core.clustering import release_synopsis
        >>> rng = np.random.default_rng(0)
        >>> points = np.concatenate([rng.normal(-0.5, 0.05, (5000, 2)), rng.normal(0.5, 0.05, (5000, 2))])
        >>> synopsis = release_synopsis(points, epsilon=1.0, rng=rng)
        >>> np.sort(synopsis.cluster(2).centers, axis=0).round(1)
        array([[-0.5, -0.5],
               [ 0.5,  0.5]])
        >>> synopsis.budget.total <= 1.0
        True
    """
    check_epsilon(epsilon / 1000.0)  # the smallest share must be on the public grid too
    if n_clusters_served < 1:
        raise ValueError(f"n_clusters_served must be at least 1, not {n_clusters_served}")
    width = points.shape[1] if isinstance(points, np.ndarray) else n_features
    if width is None or width < 1:
        raise ValueError(f"n_features must be at least 1, not {width}")
    builder = _SynopsisBuilder(
        ChunkedPoints(points, width), n_features=width, epsilon=epsilon, n_clusters_served=n_clusters_served, rng=rng
    )
    with one_thread():
        return builder.build()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What the queries found: micro-clusters, the cells they grew from, and the axes of those."""

    micro: MicroClusters
    cells: WeightedPoints
    axes: FloatArray
    count: NoisyCount


class _SynopsisBuilder:
    """Asks the queries of one synopsis and puts their noisy answers together."""

    def __init__(
        self,
        points: ChunkedPoints,
        *,
        n_features: int,
        epsilon: float,
        n_clusters_served: int,
        rng: np.random.Generator,
    ) -> None:
        self._points = points
        self._n_features = n_features
        self._epsilon = epsilon
        self._n_clusters_served = n_clusters_served
        self._mechanisms = Mechanisms(rng)
        self._moments = MomentQueries(points, self._mechanisms)

    def build(self) -> Synopsis:
        share = people_share(self._epsilon)
        count = self._moments.count(epsilon=share)
        plan = Plan.choose(noisy_people=count.people, epsilon=self._epsilon - share, n_features=self._n_features)
        budget = SynopsisBudget.split(self._epsilon, plan.mode, n_steps=plan.n_steps)
        is_mean = plan.mode is Mode.MEAN
        parts = self._release_lone_mean(count, budget) if is_mean else self._release_cells(count, plan, budget)
        noise = float((1.0 / np.sqrt(parts.micro.precisions)).sum())
        return Synopsis(
            epsilon=self._epsilon,
            budget=budget,
            charges=self._mechanisms.charges,
            mode=plan.mode,
            n_clusters_served=self._n_clusters_served,
            noisy_people=parts.count.people,
            noise_share=1.0 if is_mean else min(noise / float(parts.micro.weights.sum()), 1.0),
            is_private=self._mechanisms.is_private,
            micro_clusters=snap_to_grid(parts.micro.centers, parts.micro.reliable_weights),
            cells=parts.cells,
            axes=read_only(np.rint(parts.axes * POINT_GRID) / POINT_GRID),
        )

    def _release_lone_mean(self, count: NoisyCount, budget: SynopsisBudget) -> _Parts:
        center, count = self._release_mean(count, epsilon=budget.mean)
        if budget.second_mean:
            radius = self._moments.radius(MEAN_RADIUS, center=center, epsilon=budget.radius)
            center, count = self._moments.mean(
                count, center=center, radius=radius, epsilon=budget.second_mean, name="second mean"
            )
        micro = MicroClusters.from_mean(center, count)
        cells = snap_to_grid(micro.centers, micro.weights)
        return _Parts(micro=micro, cells=cells, axes=np.eye(self._n_features), count=count)

    def _release_cells(self, count: NoisyCount, plan: Plan, budget: SynopsisBudget) -> _Parts:
        axes = box_axes(self._n_features)
        if plan.mode is Mode.ROTATED:
            axes, count = self._release_axes(count, budget)
        signal = count.people * budget.histogram
        grid = allocate_levels(axes, plan.n_cells(histogram_signal=signal, n_clusters_served=self._n_clusters_served))
        cells = [grid.assign_cells(rows) for rows in self._points]
        heavy = self._release_heavy_cells(cells, grid, count, plan, budget)
        micro = self._group(heavy, grid, count, plan, budget)
        for epsilon, name in ((budget.first_step, "first step"), (budget.last_step, "last step")):
            if epsilon:
                micro = release_step(
                    micro,
                    self._points,
                    cells,
                    epsilon=epsilon,
                    narrows=name == "first step",
                    mechanisms=self._mechanisms,
                    name=name,
                )
        return _Parts(micro=micro, cells=_heaviest(heavy, grid), axes=grid.axes.vectors, count=count)

    def _release_mean(self, count: NoisyCount, *, epsilon: float) -> tuple[FloatArray, NoisyCount]:
        """Release the mean around the middle of the box, within the ball that holds the box."""
        middle, radius = np.zeros(self._n_features), math.sqrt(self._n_features)
        return self._moments.mean(count, center=middle, radius=radius, epsilon=epsilon, name="mean")

    def _release_axes(self, count: NoisyCount, budget: SynopsisBudget) -> tuple[GridAxes, NoisyCount]:
        center, count = self._release_mean(count, epsilon=budget.mean)
        radius = self._moments.radius(COVARIANCE_RADIUS, center=center, epsilon=budget.radius)
        axes = self._moments.principal_axes(
            center=center, radius=radius, n_people=count.people, epsilon=budget.covariance
        )
        return axes, count

    def _release_heavy_cells(
        self, cells: list[IntArray], grid: Grid, count: NoisyCount, plan: Plan, budget: SynopsisBudget
    ) -> HeavyCells:
        counts = np.zeros(grid.n_cells, dtype=np.int64)
        for chunk in cells:
            counts += np.bincount(chunk, minlength=grid.n_cells)
        noisy = self._mechanisms.counts(counts, epsilon=budget.histogram, name="histogram")
        threshold_scale = 1.0
        if plan.mode is Mode.LOW:
            threshold_scale = total_consistent_scale(noisy, people=count.people, epsilon=budget.histogram)
        return threshold_histogram(
            noisy,
            grid,
            epsilon=budget.histogram,
            merge_threshold=plan.constants.merge_threshold,
            threshold_scale=threshold_scale,
            n_cells_min=self._n_clusters_served,
        )

    def _group(
        self, heavy: HeavyCells, grid: Grid, count: NoisyCount, plan: Plan, budget: SynopsisBudget
    ) -> MicroClusters:
        n_micro_clusters = plan.n_micro_clusters(
            step_signal=count.people * (budget.first_step or budget.last_step),
            n_features=self._n_features,
            n_clusters_served=self._n_clusters_served,
        )
        return group_heavy_cells(
            heavy,
            grid,
            n_micro_clusters=n_micro_clusters,
            n_clusters_served=self._n_clusters_served,
            clip=plan.constants.clip,
            by_cell=grid.n_cells >= plan.constants.by_cell_from,
            epsilon=budget.histogram,
        )


def _heaviest(heavy: HeavyCells, grid: Grid) -> WeightedPoints:
    heaviest = np.argsort(-heavy.weights, kind="stable")[:CELLS_SHOWN_MAX]
    return snap_to_grid(grid.axes.lift(heavy.coordinates[heaviest]), heavy.weights[heaviest])
