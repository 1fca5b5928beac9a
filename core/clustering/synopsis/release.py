"""Making a synopsis: which queries are asked of the people, in which order, for how much."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.synopsis.budget import Mode, SynopsisBudget, people_share
from core.clustering.synopsis.chunked import ChunkedPoints
from core.clustering.synopsis.grid import Frame, Grid, allocate, box_frame
from core.clustering.synopsis.histogram import (
    HeavyCells,
    add_fullest_cells,
    threshold_histogram,
    total_consistent_scale,
)
from core.clustering.synopsis.micro_clusters import MicroClusters, group_heavy_cells, stepped
from core.clustering.synopsis.moments import NoisyCount, noisy_frame, noisy_mean, noisy_radius
from core.clustering.synopsis.plan import Plan
from core.clustering.synopsis.synopsis import PLACE_GRID, Synopsis, snapped
from core.clustering.types import WeightedPoints
from core.privacy.mechanisms import Mechanisms
from core.privacy.noise import check_epsilon
from core.threads import one_thread

#: Kept cells that a synopsis shows: the heaviest.
CELLS_SHOWN_MAX = 512
_K_FLOOR_DEFAULT = 8


def release_synopsis(
    points: FloatArray | Iterable[FloatArray],
    *,
    epsilon: float,
    k_floor: int = _K_FLOOR_DEFAULT,
    n_features: int | None = None,
    rng: np.random.Generator,
) -> Synopsis:
    """Buy a synopsis with pure ε-differential privacy (δ = 0) under adding or removing one person.

    Every value that steers the way (mode, grid, number of micro-clusters) is public or noisy; n is private too.

    Args:
        points: People in the public box [-1, 1]^d, of shape ``(n_people, n_features)``, or a re-iterable of such
            arrays, which is read several times and never copied as a whole.
        epsilon: Privacy loss allowed, all queries together.
        k_floor: Largest number of clusters to serve well; public, fixed before the release.
        n_features: Number of features; needed if ``points`` is not an array.
        rng: Source of the noise; ``secure_rng()`` for a real release.

    Raises:
        ValueError: If ``epsilon``, ``k_floor`` or ``n_features`` is not positive.
    """
    check_epsilon(epsilon / 1000.0)  # the smallest share must be on the public grid too
    if k_floor < 1:
        raise ValueError(f"k_floor must be at least 1, not {k_floor}")
    width = points.shape[1] if isinstance(points, np.ndarray) else n_features
    if width is None or width < 1:
        raise ValueError(f"n_features must be at least 1, not {width}")
    with one_thread():
        return _Purchase(
            people=ChunkedPoints(points, width), n_features=width, epsilon=epsilon, k_floor=k_floor, rng=rng
        ).made()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the queries found: micro-clusters, the cells they grew from, and the axes of those."""

    micro: MicroClusters
    cells: WeightedPoints
    axes: FloatArray
    count: NoisyCount


class _Purchase:
    """One synopsis in the making."""

    def __init__(
        self, *, people: ChunkedPoints, n_features: int, epsilon: float, k_floor: int, rng: np.random.Generator
    ) -> None:
        self._people = people
        self._n_features = n_features
        self._epsilon = epsilon
        self._k_floor = k_floor
        self._mechanisms = Mechanisms(rng)

    def made(self) -> Synopsis:
        count = self._counted()
        plan = Plan.choose(
            noisy_people=count.people,
            epsilon=self._epsilon - people_share(self._epsilon),
            n_features=self._n_features,
        )
        budget = SynopsisBudget.split(self._epsilon, plan.mode, n_steps=plan.n_steps)
        found = self._lone_mean(count, budget) if plan.mode is Mode.MEAN else self._zoomed(count, plan, budget)
        noise = float((1.0 / np.sqrt(found.micro.precisions)).sum())
        return Synopsis(
            epsilon=self._epsilon,
            budget=budget,
            charges=self._mechanisms.charges,
            mode=plan.mode,
            k_floor=self._k_floor,
            noisy_people=found.count.people,
            noise_share=1.0 if plan.mode is Mode.MEAN else min(noise / float(found.micro.weights.sum()), 1.0),
            is_private=self._mechanisms.is_private,
            micro_clusters=snapped(found.micro.centers, found.micro.reliable_weights),
            cells=found.cells,
            axes=read_only(np.rint(found.axes * PLACE_GRID) / PLACE_GRID),
        )

    def _counted(self) -> NoisyCount:
        (n_people,) = self._people.sum(lambda rows: (np.array([rows.shape[0]]),))
        epsilon = people_share(self._epsilon)
        noisy = self._mechanisms.counts(n_people, epsilon=epsilon, name="people")
        return NoisyCount(people=max(float(noisy[0]), 1.0), variance=2.0 / epsilon**2)

    def _mean(
        self, count: NoisyCount, *, epsilon: float, name: str, around: tuple[FloatArray, float] | None = None
    ) -> tuple[FloatArray, NoisyCount]:
        center, radius = around or (np.zeros(self._n_features), math.sqrt(self._n_features))
        return noisy_mean(
            self._people, count, center=center, radius=radius, epsilon=epsilon, mechanisms=self._mechanisms, name=name
        )

    def _radius(self, center: FloatArray, budget: SynopsisBudget, *, for_mean: bool) -> float:
        return noisy_radius(
            self._people, center=center, for_mean=for_mean, epsilon=budget.radius, mechanisms=self._mechanisms
        )

    def _lone_mean(self, count: NoisyCount, budget: SynopsisBudget) -> _Found:
        center, count = self._mean(count, epsilon=budget.mean, name="mean")
        if budget.second_mean:
            radius = self._radius(center, budget, for_mean=True)
            center, count = self._mean(count, epsilon=budget.second_mean, name="second mean", around=(center, radius))
        micro = MicroClusters(
            centers=center[np.newaxis],
            weights=np.array([count.people]),
            precisions=np.array([1.0 / count.variance]),
            radii=np.zeros(1),
            of_cell=None,
        )
        cells = snapped(micro.centers, micro.weights)
        return _Found(micro=micro, cells=cells, axes=np.eye(self._n_features), count=count)

    def _zoomed(self, count: NoisyCount, plan: Plan, budget: SynopsisBudget) -> _Found:
        frame = box_frame(self._n_features)
        if plan.mode is Mode.ROTATED:
            frame, count = self._frame(count, budget)
        grid = allocate(frame, plan.n_cells(histogram_signal=count.people * budget.histogram, k_floor=self._k_floor))
        cells = [grid.cell_of(rows) for rows in self._people]
        heavy = self._kept(cells, grid, count, plan, budget)
        micro = self._grouped(heavy, grid, count, plan, budget)
        for epsilon, name in ((budget.first_step, "first step"), (budget.last_step, "last step")):
            if epsilon:
                micro = stepped(
                    micro, self._people, cells,
                    epsilon=epsilon, narrows=name == "first step", mechanisms=self._mechanisms, name=name,
                )  # fmt: skip
        return _Found(micro=micro, cells=_shown(heavy, grid), axes=grid.frame.axes, count=count)

    def _frame(self, count: NoisyCount, budget: SynopsisBudget) -> tuple[Frame, NoisyCount]:
        center, count = self._mean(count, epsilon=budget.mean, name="mean")
        radius = self._radius(center, budget, for_mean=False)
        frame = noisy_frame(
            self._people, center=center, radius=radius, n_people=count.people, epsilon=budget.covariance,
            mechanisms=self._mechanisms,
        )  # fmt: skip
        return frame, count

    def _kept(
        self, cells: list[IntArray], grid: Grid, count: NoisyCount, plan: Plan, budget: SynopsisBudget
    ) -> HeavyCells:
        counts = np.zeros(grid.n_cells, dtype=np.int64)
        for chunk in cells:
            counts += np.bincount(chunk, minlength=grid.n_cells)
        noisy = self._mechanisms.counts(counts, epsilon=budget.histogram, name="histogram")
        threshold_scale = 1.0
        if plan.mode is Mode.LOW:
            threshold_scale = total_consistent_scale(noisy, people=count.people, epsilon=budget.histogram)
        heavy = threshold_histogram(
            noisy,
            grid,
            epsilon=budget.histogram,
            merge_threshold=plan.constants.merge_threshold,
            threshold_scale=threshold_scale,
        )
        return add_fullest_cells(heavy, noisy, grid, n_cells_min=self._k_floor, epsilon=budget.histogram)

    def _grouped(
        self, heavy: HeavyCells, grid: Grid, count: NoisyCount, plan: Plan, budget: SynopsisBudget
    ) -> MicroClusters:
        n_micro_clusters = plan.n_micro_clusters(
            step_signal=count.people * (budget.first_step or budget.last_step),
            n_features=self._n_features,
            k_floor=self._k_floor,
        )
        return group_heavy_cells(
            heavy, grid, n_micro_clusters=n_micro_clusters, k_floor=self._k_floor, clip=plan.constants.clip,
            by_cell=grid.n_cells >= plan.constants.by_cell_from,
            epsilon=budget.histogram,
        )  # fmt: skip


def _shown(heavy: HeavyCells, grid: Grid) -> WeightedPoints:
    heaviest = np.argsort(-heavy.weights, kind="stable")[:CELLS_SHOWN_MAX]
    return snapped(grid.frame.lift(heavy.coordinates[heaviest]), heavy.weights[heaviest])
