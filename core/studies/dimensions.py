"""Dimension reduction: clusters found in all columns and in few directions, by number of columns.

An experiment on synthetic data whose true groups are known; nothing is released.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.engines import SYNOPSIS
from core.clustering.types import Clustering
from core.data.generate import GENERATED
from core.data.synthetic_points import synthetic_points
from core.metrics.agreement import nonprivate_agreement
from core.privacy.noise import check_epsilon
from core.privacy.noise_source import NoiseSource, TableGenerator
from core.progress import Progress
from core.reduction.projection import ReductionMethod
from core.reduction.reduced import ReductionBudget, draw_release, nonprivate_people
from core.reduction.spec import Reduction, ReleaseSpec
from core.studies.bands import MetricBand
from core.studies.scree import Scree, nonprivate_scree
from core.threads import one_thread

PEOPLE = (1_000, 10_000)
COLUMNS = (2, 5, 12, 20, 40)
#: Dimensions to reduce to, where there are more columns.
DIMENSIONS = 3
SEEDS_DEFAULT = 10
#: A difference of medians below this is of no use to anybody, however sure it is.
EFFECT_LEAST = 0.02


class ReductionEffect(StrEnum):
    """Effect of reduction on private clusters: SAME where medians are close, UNCLEAR where bands overlap."""

    BETTER = "better"
    SAME = "same"
    UNCLEAR = "unclear"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionsResult:
    """Results on data of one shape; all are adjusted Rand indices against the true groups.

    Attributes:
        n_people: Number of people.
        n_columns: Number of columns.
        n_dimensions: Dimensions they were reduced to.
        plain: Plain k-means in all columns.
        plain_reduced: Plain k-means in few dimensions, by method.
        private: The synopsis in all columns.
        private_reduced: A synopsis in few dimensions, directions and groups for the same ε together, by method.
        scree: Of the principal directions.
    """

    n_people: int
    n_columns: int
    n_dimensions: int
    plain: float
    plain_reduced: dict[ReductionMethod, float]
    private: MetricBand
    private_reduced: dict[ReductionMethod, MetricBand]
    scree: Scree

    def effect(self, method: ReductionMethod) -> ReductionEffect:
        """Return the effect of reducing by ``method`` on private clusters."""
        reduced = self.private_reduced[method]
        if abs(reduced.median - self.private.median) < EFFECT_LEAST:
            return ReductionEffect.SAME
        if reduced.low > self.private.high:
            return ReductionEffect.BETTER
        return ReductionEffect.WORSE if reduced.high < self.private.low else ReductionEffect.UNCLEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionsStudy:
    """Results on data of every shape.

    Attributes:
        results: By number of people, then of columns.
        n_seeds: Draws of noise.
        epsilon: Privacy loss of each release.
        seconds: Time by the clock that was given.
    """

    results: tuple[DimensionsResult, ...]
    n_seeds: int
    epsilon: float
    seconds: float


def study_dimensions(
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
) -> Iterator[Progress[DimensionsStudy]]:
    """Cluster synthetic people in all of their columns and in few dimensions, plainly and privately.

    Args:
        n_personas: Number of true groups.
        overlap: How far the groups run into each other, from 0 to 1.
        n_clusters: Number of groups to find.
        epsilon: Privacy loss of each release.
        seed: Seed of people and noise; public, since nobody real is there.
        clock: Seconds since some moment, such as ``time.perf_counter``.
        people: Numbers of people.
        columns: Numbers of columns, each at least 2.
        n_seeds: Draws of noise at each.

    Yields:
        Progress after each clustering; the last one holds the result. Stop iterating to cancel.

    Raises:
        ValueError: If an argument is out of its range.
    """
    check_epsilon(epsilon)
    if n_clusters < 1 or n_seeds < 1 or not people or not columns or min(columns) < 2:  # noqa: PLR2004 - one is least
        raise ValueError(
            f"nothing to measure: n_clusters {n_clusters}, n_seeds {n_seeds}, people {people}, columns {columns}"
        )
    experiments = (
        _Experiment.generate(
            n_people=n_people,
            n_columns=n_columns,
            n_personas=n_personas,
            overlap=overlap,
            settings=_Settings(n_clusters=n_clusters, epsilon=epsilon, seed=seed, n_seeds=n_seeds),
        )
        for n_people in people
        for n_columns in columns
    )
    return _run(experiments, len(people) * len(columns), n_seeds=n_seeds, epsilon=epsilon, clock=clock)


def _run(
    experiments: Iterator["_Experiment"],
    n_shapes: int,
    *,
    n_seeds: int,
    epsilon: float,
    clock: Callable[[], float],
) -> Iterator[Progress[DimensionsStudy]]:
    began, done, total = clock(), 0, n_shapes * (1 + len(ReductionMethod)) * (1 + n_seeds)
    results: list[DimensionsResult] = []
    for experiment in experiments:
        scores: list[float] = []
        for score in experiment.scores():
            scores.append(score)
            done += 1
            yield Progress(done=done, total=total)
        results.append(experiment.summarise(scores))
    study = DimensionsStudy(results=tuple(results), n_seeds=n_seeds, epsilon=epsilon, seconds=clock() - began)
    yield Progress(done=done, total=total, result=study)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settings:
    """What all experiments have in common."""

    n_clusters: int
    epsilon: float
    seed: int
    n_seeds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Experiment:
    """Synthetic data of one shape, and how it is clustered."""

    points: FloatArray
    truth: IntArray
    settings: _Settings

    @classmethod
    def generate(
        cls, *, n_people: int, n_columns: int, n_personas: int, overlap: float, settings: _Settings
    ) -> "_Experiment":
        points, truth = synthetic_points(
            n_people=n_people, n_columns=n_columns, n_personas=n_personas, overlap=overlap, seed=settings.seed
        )
        return cls(points=points, truth=truth, settings=settings)

    @property
    def reductions(self) -> tuple[Reduction, ...]:
        n_dimensions = min(DIMENSIONS, self.points.shape[1] - 1)
        return tuple(Reduction(method=method, n_dimensions=n_dimensions) for method in ReductionMethod)

    def generators(self) -> list[TableGenerator]:
        """Return a source for each draw of noise; the same for every clustering."""
        return list(NoiseSource(source=GENERATED, seed=self.settings.seed).generators(self.settings.n_seeds))

    def scores(self) -> Iterator[float]:
        """Yield the score of each clustering: plain ones first, then private ones by reduction and draw of noise."""
        for reduction in (None, *self.reductions):
            with one_thread():
                plain = nonprivate_people(self.points, reduction=reduction, n_clusters=self.settings.n_clusters)
            yield self._score(plain)
        for reduction in (None, *self.reductions):
            for rng in self.generators():
                with one_thread():
                    private = self._cluster_privately(reduction, rng)
                yield self._score(private)

    def _cluster_privately(self, reduction: Reduction | None, rng: TableGenerator) -> Clustering:
        spec = ReleaseSpec(
            engine=SYNOPSIS, epsilon=self.settings.epsilon, n_clusters=self.settings.n_clusters, reduction=reduction
        )
        return draw_release(self.points, spec, rng=rng).cluster(spec.n_clusters)

    def _score(self, clustering: Clustering) -> float:
        return nonprivate_agreement(self.truth, clustering.assign(self.points)).adjusted_rand

    def summarise(self, scores: Sequence[float]) -> DimensionsResult:
        """Summarise ``scores``, which come in the order of ``scores()``."""
        plain, *reduced = scores[: 1 + len(ReductionMethod)]
        by_reduction = np.reshape(
            scores[1 + len(ReductionMethod) :], (1 + len(ReductionMethod), self.settings.n_seeds)
        ).tolist()
        private, *private_reduced = (MetricBand.from_values(values) for values in by_reduction)
        # The sources and the share of ε are those of the reduced releases: these are the directions they used.
        epsilon = ReductionBudget.split(self.settings.epsilon).projection
        with one_thread():
            scree = nonprivate_scree(self.points, epsilon=epsilon, rngs=self.generators())
        return DimensionsResult(
            n_people=len(self.points),
            n_columns=self.points.shape[1],
            n_dimensions=self.reductions[0].n_dimensions,
            plain=plain,
            plain_reduced=dict(zip(ReductionMethod, reduced, strict=True)),
            private=private,
            private_reduced=dict(zip(ReductionMethod, private_reduced, strict=True)),
            scree=scree,
        )
