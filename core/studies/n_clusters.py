"""Choosing the number of clusters: elbow and silhouette on raw data, and when an elbow is clear."""

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.metrics import silhouette_score

from core.arrays import FloatArray, IntArray
from core.clustering.inertia import nonprivate_inertia
from core.clustering.kmeans import SEED, nonprivate_clustering
from core.clustering.synopsis.exploration import Exploration
from core.progress import Progress
from core.threads import one_thread

#: An elbow must be sharper than ``max(least, ELBOW_TIMES_FEATURES / n_features)``. People without clusters lose
#: inertia like k^(-2/d), most with few features, and in a release noise bends the curve too. Measured on releases of
#: 5 000 people, 8 draws at each of ε = 0.3, 1 and 3: the sharpest elbow of one round blob or of evenly spread people is
#: 0.67, 0.34, 0.16, 0.17 and 0.21 with 1, 2, 3, 6 and 12 features; that of four personas at ε = 1 is at least 0.52. Of
#: raw data it is 0.29 with 2 features and 0.02 with 12; that of four personas is 0.18.
ELBOW_LEAST = 0.25
ELBOW_LEAST_EXACT = 0.15
ELBOW_TIMES_FEATURES = 0.8
#: Elbows at least this part of the sharpest are as sharp, and the most groups count: few large groups that fall apart
#: into smaller ones bend the curve at both.
ELBOW_TIE = 0.9
#: Silhouettes compare everybody with everybody: of at most so many people.
SILHOUETTE_PEOPLE = 2_000
#: Stands for nothing where a logarithm would fail.
_INERTIA_LEAST = 1e-12


def elbow_least(n_features: int, *, is_exact: bool) -> float:
    """Return how sharp an elbow must be with so many features: without groups, elbows are duller."""
    return max(ELBOW_LEAST_EXACT if is_exact else ELBOW_LEAST, ELBOW_TIMES_FEATURES / n_features)


def sharpest_elbow(explored: Sequence[Exploration]) -> Exploration:
    """Return the sharpest elbow; of several about as sharp, the one of the most groups."""
    limit = max(each.elbow for each in explored)
    return next(each for each in reversed(explored) if each.elbow >= (ELBOW_TIE * limit if limit > 0 else limit))


def clear_elbow(explored: Sequence[Exploration], *, n_features: int, is_exact: bool) -> int | None:
    """Return the number of groups at the sharpest elbow; None if it is no sharper than without any groups.

    Args:
        explored: Elbows for 2, 3, … groups.
        n_features: Number of features that were clustered.
        is_exact: Whether they are of raw data, where no noise bends the curve.
    """
    best = sharpest_elbow(explored)
    return best.n_clusters if best.elbow > elbow_least(n_features, is_exact=is_exact) else None


def sample_rows(points: FloatArray, n_people: int) -> FloatArray:
    """Return at most ``n_people`` rows, in order. Which ones is public: it depends on their number alone."""
    if len(points) <= n_people:
        return points
    chosen: FloatArray = points[np.sort(np.random.default_rng(SEED).permutation(len(points))[:n_people])]
    return chosen


def nonprivate_exploration(points: FloatArray, *, n_clusters_max: int) -> Iterator[Progress[tuple[Exploration, ...]]]:
    """Try 2, 3, … groups of plain k-means on the people themselves; exact, outside any guarantee.

    Like a synopsis it stops at half as many groups as there are people.

    Args:
        points: People, scaled, of shape ``(n_people, n_features)``.
        n_clusters_max: Most groups to try.

    Yields:
        Progress after each number of groups; the last one holds the result. Stop iterating to cancel.

    Raises:
        ValueError: If there are fewer than 2 people.
    """
    if len(points) < 2:  # noqa: PLR2004 - a pair
        raise ValueError(f"points must hold at least 2 people, not {len(points)}")
    return _explore(points, max(min(n_clusters_max, len(points) // 2), 2))


def _explore(points: FloatArray, most: int) -> Iterator[Progress[tuple[Exploration, ...]]]:
    some = sample_rows(points, SILHOUETTE_PEOPLE)
    inertias, silhouettes = [], []
    for k in range(1, most + 2):
        clustering = nonprivate_clustering(points, n_clusters=k)
        inertias.append(max(nonprivate_inertia(points, clustering), _INERTIA_LEAST))
        silhouettes.append(_silhouette(some, clustering.assign(some)))
        if k <= most:
            yield Progress(done=k, total=most + 1)
    gains = np.log(np.divide(inertias[:-1], inertias[1:]))
    result = tuple(
        Exploration(
            n_clusters=k,
            inertia=inertias[k - 1],
            elbow=float(gains[k - 2] - gains[k - 1]),
            silhouette=silhouettes[k - 1],
        )
        for k in range(2, most + 1)
    )
    yield Progress(done=most + 1, total=most + 1, result=result)


def _silhouette(points: FloatArray, labels: IntArray) -> float:
    """Mean silhouette; 0 where it has no meaning: one group for all, or one for each."""
    if not 2 <= len(np.unique(labels)) < len(points):  # noqa: PLR2004 - groups to compare
        return 0.0
    with one_thread():
        return float(silhouette_score(points, labels))
