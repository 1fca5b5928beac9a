"""What fewer dimensions are good for: groups found in all columns and in few directions, by number of columns.

An experiment on invented people whose true groups are known; nothing is released.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.engines import SYNOPSIS
from core.clustering.types import Clustering
from core.data.synthetic_points import synthetic_points
from core.metrics.agreement import nonprivate_agreement
from core.privacy.noise import check_epsilon
from core.progress import Progress
from core.reduction.pca import nonprivate_pca, release_pca
from core.reduction.projection import DIMENSIONS_MAX, Method
from core.reduction.reduced import ReductionBudget, draw_release, nonprivate_people
from core.reduction.spec import Reduction, ReleaseSpec
from core.studies.bands import MetricBand
from core.threads import one_thread

PEOPLE = (1_000, 10_000)
COLUMNS = (2, 5, 12, 20, 40)
#: Dimensions to reduce to, where there are more columns.
DIMENSIONS = 3
SEEDS_DEFAULT = 10
#: A difference of medians below this is of no use to anybody, however sure it is.
CHANGE_LEAST = 0.02


class Change(StrEnum):
    """What reducing did to private groups: the same where medians are close, up to luck where bands overlap."""

    BETTER = "better"
    SAME = "same"
    UNCLEAR = "unclear"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scree:
    """How much of the differences between people each principal direction holds, the widest first.

    Attributes:
        exact: Shares of the total variance, read from everybody.
        noisy: Shares read from noisy second moments, by direction.
        noise: Share that noise alone may show in a direction; the median of what the releases say of themselves.
    """

    exact: tuple[float, ...]
    noisy: tuple[MetricBand, ...]
    noise: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Width:
    """So many people in so many columns; all marks are adjusted Rand indices against the true groups.

    Attributes:
        n_people: Number of people.
        n_columns: Number of columns.
        n_dimensions: Dimensions they were reduced to.
        plain: Plain k-means in all columns.
        plain_reduced: Plain k-means in few dimensions, by method.
        private: The synopsis in all columns.
        private_reduced: A synopsis in few dimensions, directions and groups for the same ε together, by method.
        scree: Of principal components.
    """

    n_people: int
    n_columns: int
    n_dimensions: int
    plain: float
    plain_reduced: dict[Method, float]
    private: MetricBand
    private_reduced: dict[Method, MetricBand]
    scree: Scree

    def change(self, method: Method) -> Change:
        """Say what reducing by ``method`` did to private groups."""
        reduced = self.private_reduced[method]
        if abs(reduced.median - self.private.median) < CHANGE_LEAST:
            return Change.SAME
        if reduced.low > self.private.high:
            return Change.BETTER
        return Change.WORSE if reduced.high < self.private.low else Change.UNCLEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Widths:
    """Every number of people and of columns, and how long it all took.

    Attributes:
        widths: By number of people, then of columns.
        n_seeds: Draws of noise.
        epsilon: Privacy loss of each release.
        seconds: Time by the clock that was given.
    """

    widths: tuple[Width, ...]
    n_seeds: int
    epsilon: float
    seconds: float


def practice_dimensions(
    *,
    n_personas: int,
    overlap: float,
    n_clusters: int,
    epsilon: float,
    seed: int,
    clock: Callable[[], float],
    people: Sequence[int] = PEOPLE,
    columns: Sequence[int] = COLUMNS,
    n_seeds: int = SEEDS_DEFAULT,
) -> Iterator[Progress[Widths]]:
    """Cluster invented people in all of their columns and in few dimensions, plainly and privately.

    Args:
        n_personas: Number of true groups.
        overlap: How far the groups run into each other, from 0 to 1.
        n_clusters: Number of groups to find.
        epsilon: Privacy loss of each release.
        seed: Seed of people and noise; public, since nobody real is there.
        clock: Tells seconds.
        people: Numbers of people.
        columns: Numbers of columns, each at least 2.
        n_seeds: Draws of noise at each.

    Yields:
        A step after each clustering; the last one holds the result. Stop iterating to cancel.

    Raises:
        ValueError: If an argument is out of its range.
    """
    check_epsilon(epsilon)
    if n_clusters < 1 or n_seeds < 1 or not people or not columns or min(columns) < 2:  # noqa: PLR2004 - one is least
        raise ValueError(
            f"nothing to measure: n_clusters {n_clusters}, n_seeds {n_seeds}, people {people}, columns {columns}"
        )
    trials = (
        _Trial.invented(
            n_people=n_people,
            n_columns=n_columns,
            n_personas=n_personas,
            overlap=overlap,
            asked=_Asked(n_clusters=n_clusters, epsilon=epsilon, seed=seed, n_seeds=n_seeds),
        )
        for n_people in people
        for n_columns in columns
    )
    return _steps(trials, len(people) * len(columns), n_seeds=n_seeds, epsilon=epsilon, clock=clock)


def _steps(
    trials: Iterator["_Trial"], n_trials: int, *, n_seeds: int, epsilon: float, clock: Callable[[], float]
) -> Iterator[Progress[Widths]]:
    began, done, total = clock(), 0, n_trials * (1 + len(Method)) * (1 + n_seeds)
    found: list[Width] = []
    for trial in trials:
        marks: list[float] = []
        for mark in trial.marks():
            marks.append(mark)
            done += 1
            yield Progress(done=done, total=total)
        found.append(trial.width(marks))
    result = Widths(widths=tuple(found), n_seeds=n_seeds, epsilon=epsilon, seconds=clock() - began)
    yield Progress(done=done, total=total, result=result)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked of everybody alike."""

    n_clusters: int
    epsilon: float
    seed: int
    n_seeds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """So many people in so many columns, and what is asked of them."""

    points: FloatArray
    truth: IntArray
    asked: _Asked

    @classmethod
    def invented(cls, *, n_people: int, n_columns: int, n_personas: int, overlap: float, asked: _Asked) -> "_Trial":
        points, truth = synthetic_points(
            n_people=n_people, n_columns=n_columns, n_personas=n_personas, overlap=overlap, seed=asked.seed
        )
        return cls(points=points, truth=truth, asked=asked)

    @property
    def reductions(self) -> tuple[Reduction, ...]:
        n_dimensions = min(DIMENSIONS, self.points.shape[1] - 1)
        return tuple(Reduction(method=method, n_dimensions=n_dimensions) for method in Method)

    def sources(self) -> list[np.random.Generator]:
        """Return a source for each draw of noise; the same for every way of clustering."""
        return [
            np.random.default_rng(each) for each in np.random.SeedSequence(self.asked.seed).spawn(self.asked.n_seeds)
        ]

    def marks(self) -> Iterator[float]:
        """Yield the mark of each way: plain ones first, then each private way with every draw of noise."""
        for way in (None, *self.reductions):
            with one_thread():
                plain = nonprivate_people(self.points, reduction=way, n_clusters=self.asked.n_clusters)
            yield self._mark(plain)
        for way in (None, *self.reductions):
            for rng in self.sources():
                with one_thread():
                    private = self._private(way, rng)
                yield self._mark(private)

    def _private(self, reduction: Reduction | None, rng: np.random.Generator) -> Clustering:
        spec = ReleaseSpec(
            engine=SYNOPSIS, epsilon=self.asked.epsilon, n_clusters=self.asked.n_clusters, reduction=reduction
        )
        return draw_release(self.points, spec, rng=rng).cluster(spec.n_clusters)

    def _mark(self, clustering: Clustering) -> float:
        return nonprivate_agreement(self.truth, clustering.assign(self.points)).adjusted_rand

    def width(self, marks: Sequence[float]) -> Width:
        """Sort out ``marks``, which come in the order of ``marks()``."""
        plain, *reduced = marks[: 1 + len(Method)]
        drawn = np.reshape(marks[1 + len(Method) :], (1 + len(Method), self.asked.n_seeds)).tolist()
        private, *private_reduced = (MetricBand.from_values(values) for values in drawn)
        with one_thread():
            scree = self._scree()
        return Width(
            n_people=len(self.points),
            n_columns=self.points.shape[1],
            n_dimensions=self.reductions[0].n_dimensions,
            plain=plain,
            plain_reduced=dict(zip(Method, reduced, strict=True)),
            private=private,
            private_reduced=dict(zip(Method, private_reduced, strict=True)),
            scree=scree,
        )

    def _scree(self) -> Scree:
        n_dimensions = min(DIMENSIONS_MAX, self.points.shape[1])
        budget = ReductionBudget.split(self.asked.epsilon)
        # The sources and the share of ε are those of the reduced releases: these are the directions they used.
        bought = [
            release_pca(self.points, n_dimensions=n_dimensions, epsilon=budget.projection, rng=rng)
            for rng in self.sources()
        ]
        shares = np.stack([each.explained_share for each in bought])
        exact = nonprivate_pca(self.points, n_dimensions=n_dimensions).explained_share
        return Scree(
            exact=tuple(exact.tolist()),
            noisy=tuple(MetricBand.from_values(values) for values in shares.T.tolist()),
            noise=float(np.median([each.noise_variance / max(each.total_variance, 1e-9) for each in bought])),
        )
