"""Sweep over ε: how near private clusterings come to plain k-means, over many seeds at each ε.

An experiment, not a release: its many results together say far more about people than one release would.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from core.arrays import FloatArray, IntArray
from core.clustering.engines import PROTOTYPE, SYNOPSIS, Engine
from core.clustering.inertia import nonprivate_inertia
from core.clustering.kmeans import SEED, PlainEngine, nonprivate_clustering
from core.clustering.types import Clustering
from core.data.generate import GENERATED, Recipe, generate
from core.limits import EPSILON_CHOICES
from core.metrics.agreement import nonprivate_agreement
from core.privacy.noise import check_epsilon
from core.privacy.noise_source import NoiseSource, TableGenerator
from core.progress import Progress
from core.reduction.reduced import draw_release
from core.reduction.spec import ReleaseSpec
from core.studies.bands import ClusteringMetrics
from core.threads import one_thread

#: Releases at each ε.
SEEDS_DEFAULT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepPanel:
    """One panel: the same people at every ε; exact, curator only.

    Attributes:
        n_people: Number of people; exact.
        n_features: Number of features.
        n_clusters: Number of groups.
        n_seeds: Releases at each ε.
        epsilons: Increasing ε.
        private: By engine, metrics for each ε.
        minibatch: MiniBatch k-means, without noise.
        ceiling: Plain k-means against itself from other starts: more agreement than this can be asked of nothing.
    """

    n_people: int
    n_features: int
    n_clusters: int
    n_seeds: int
    epsilons: tuple[float, ...]
    private: dict[Engine, tuple[ClusteringMetrics, ...]]
    minibatch: ClusteringMetrics
    ceiling: ClusteringMetrics


@dataclass(frozen=True, slots=True, kw_only=True)
class DataShape:
    """Number of people and of columns of a panel of synthetic data."""

    n_people: int
    n_features: int


def sweep_synthetic(
    recipe: Recipe,
    shapes: Sequence[DataShape],
    *,
    n_clusters: int,
    seed: int,
    epsilons: Sequence[float] = EPSILON_CHOICES,
    n_seeds: int = SEEDS_DEFAULT,
    engines: Sequence[Engine] = (SYNOPSIS, PROTOTYPE),
) -> Iterator[Progress[tuple[SweepPanel, ...]]]:
    """Sweep synthetic people of several shapes, one panel each; the noise is reproducible.

    Args:
        recipe: How the people are made, but for their number.
        shapes: Shape of each panel; the first columns are kept.
        n_clusters: Number of groups.
        seed: Seed of all noise; public.
        epsilons: Increasing ε.
        n_seeds: Releases at each ε.
        engines: Private engines to compare.

    Yields:
        Progress after each clustering; the last one holds the result. Stop iterating to cancel.
    """
    people = (
        generate(replace(recipe, n_people=shape.n_people)).points()[:, : shape.n_features].copy() for shape in shapes
    )
    return _sweep(
        people,
        len(shapes),
        _SweepSettings.check(
            n_clusters=n_clusters,
            noise=NoiseSource(source=GENERATED, seed=seed),
            epsilons=epsilons,
            n_seeds=n_seeds,
            engines=engines,
        ),
    )


def nonprivate_sweep(
    points: FloatArray,
    *,
    n_clusters: int,
    noise: NoiseSource,
    epsilons: Sequence[float] = EPSILON_CHOICES,
    n_seeds: int = SEEDS_DEFAULT,
    engines: Sequence[Engine] = (SYNOPSIS, PROTOTYPE),
) -> Iterator[Progress[tuple[SweepPanel, ...]]]:
    """Sweep the people in ``points``: exact metrics of many private results, curator only; nothing is released.

    Args:
        points: People, scaled, of shape ``(n_people, n_features)``.
        n_clusters: Number of groups.
        noise: Where all noise comes from.
        epsilons: Increasing ε.
        n_seeds: Releases at each ε.
        engines: Private engines to compare.

    Yields:
        Progress after each clustering; the last one holds the result, one panel. Stop iterating to cancel.

    Raises:
        ValueError: If ``points`` is empty, or an argument is out of its range.
    """
    if len(points) == 0:
        raise ValueError("points must hold at least one person")
    return _sweep(
        iter([points]),
        1,
        _SweepSettings.check(n_clusters=n_clusters, noise=noise, epsilons=epsilons, n_seeds=n_seeds, engines=engines),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _SweepSettings:
    """What each panel is swept with."""

    n_clusters: int
    noise: NoiseSource
    epsilons: tuple[float, ...]
    n_seeds: int
    engines: tuple[Engine, ...]

    @classmethod
    def check(
        cls, *, n_clusters: int, noise: NoiseSource, epsilons: Sequence[float], n_seeds: int, engines: Sequence[Engine]
    ) -> "_SweepSettings":
        if n_clusters < 1 or n_seeds < 1:
            raise ValueError(f"n_clusters and n_seeds must be at least 1, not {n_clusters} and {n_seeds}")
        if not epsilons or list(epsilons) != sorted(set(epsilons)):
            raise ValueError(f"epsilons must be increasing, not {list(epsilons)}")
        for epsilon in epsilons:
            check_epsilon(epsilon)
        return cls(
            n_clusters=n_clusters,
            noise=noise,
            epsilons=tuple(epsilons),
            n_seeds=n_seeds,
            engines=tuple(engines),
        )

    @property
    def n_clusterings(self) -> int:
        """Clusterings scored in a panel: of every engine at every ε, of MiniBatch, and of plain k-means again."""
        return (len(self.engines) * len(self.epsilons) + 2) * self.n_seeds


def _sweep(
    people: Iterator[FloatArray], n_panels: int, settings: _SweepSettings
) -> Iterator[Progress[tuple[SweepPanel, ...]]]:
    total, done = n_panels * settings.n_clusterings, 0
    panels: list[SweepPanel] = []
    for points in people:
        with one_thread():
            reference = PlainReference.fit(points, n_clusters=settings.n_clusters)
        metrics: list[ClusteringMetrics] = []
        scores: list[tuple[float, float]] = []
        for make_clustering in reference.clusterings(settings):
            with one_thread():
                scores.append(reference.score(make_clustering()))
            if len(scores) == settings.n_seeds:
                metrics.append(ClusteringMetrics.from_pairs(scores))
                scores = []
            done += 1
            yield Progress(done=done, total=total)
        panels.append(_panel(points, metrics, settings))
    yield Progress(done=done, total=total, result=tuple(panels))


def _panel(points: FloatArray, metrics: list[ClusteringMetrics], settings: _SweepSettings) -> SweepPanel:
    """Assign ``metrics``, which come in the order of ``clusterings``."""
    rest = iter(metrics)
    return SweepPanel(
        n_people=len(points),
        n_features=points.shape[1],
        n_clusters=settings.n_clusters,
        n_seeds=settings.n_seeds,
        epsilons=settings.epsilons,
        private={engine: tuple(next(rest) for _ in settings.epsilons) for engine in settings.engines},
        minibatch=next(rest),
        ceiling=next(rest),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainReference:
    """The people, and plain k-means of them to compare with."""

    points: FloatArray
    n_clusters: int
    labels: IntArray
    inertia: float

    @classmethod
    def fit(cls, points: FloatArray, *, n_clusters: int) -> "PlainReference":
        """Cluster ``points`` without noise."""
        plain = nonprivate_clustering(points, n_clusters=n_clusters)
        return cls(
            points=points,
            n_clusters=n_clusters,
            labels=plain.assign(points),
            inertia=nonprivate_inertia(points, plain),
        )

    def clusterings(self, settings: _SweepSettings) -> Iterator[Callable[[], Clustering]]:
        """Return every clustering to score, each yet to be made: by engine, ε and seed; then the plain ones."""
        for engine in settings.engines:
            for epsilon in settings.epsilons:
                # If seeded, the same for every ε and engine.
                for rng in settings.noise.generators(settings.n_seeds):
                    yield partial(self._cluster_privately, engine, epsilon, rng)
        for plain_engine in (PlainEngine.MINIBATCH, PlainEngine.for_n_people(len(self.points))):
            for seed in range(SEED + 1, SEED + 1 + settings.n_seeds):
                yield partial(
                    nonprivate_clustering, self.points, n_clusters=self.n_clusters, engine=plain_engine, seed=seed
                )

    def _cluster_privately(self, engine: Engine, epsilon: float, rng: TableGenerator) -> Clustering:
        spec = ReleaseSpec(engine=engine, epsilon=epsilon, n_clusters=self.n_clusters)
        return draw_release(self.points, spec, rng=rng).cluster(self.n_clusters)

    def score(self, clustering: Clustering) -> tuple[float, float]:
        """Return the adjusted Rand index and the ratio of inertias."""
        agreement = nonprivate_agreement(self.labels, clustering.assign(self.points))
        inertia = nonprivate_inertia(self.points, clustering)
        return agreement.adjusted_rand, inertia / self.inertia if self.inertia > 0 else 1.0
