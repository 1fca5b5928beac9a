"""Neighbours that tell the most apart: for every kind of release a crowd, and one person where noise hides them least.

Most of the crowd is in the middle and some of it far to both sides, so that a radius is as near to one person's tipping
it as can be; the newcomer is in a corner where nobody else is.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import numpy as np

from core.arrays import FloatArray
from core.attack.laws import expected_loss
from core.attack.transcript import Run, record, replay
from core.clustering.engines import PROTOTYPE, SYNOPSIS, Engine
from core.clustering.types import Clustering
from core.data.table import Holdings
from core.privacy.measurements import Measurement
from core.privacy.private_quantiles import release_bounds
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import release_product_table
from core.reduction.projection import ReductionMethod
from core.reduction.reduced import draw_release
from core.reduction.spec import Reduction, ReleaseSpec

_FAR = 0.7

#: A question of a release, asked of one data set and, after the same answers, of its neighbour.
Question = tuple[Measurement, Measurement]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WorstCase:
    """A release of two neighbouring data sets.

    Attributes:
        epsilon: Privacy loss that the release declares.
        without: The release without the newcomer.
        with_one: The same release with them.
    """

    epsilon: float
    without: Run
    with_one: Run

    def find_telling_questions(self, *, rng: np.random.Generator, n_histories: int = 8) -> tuple[Question, ...]:
        """Return each question, of both data sets, after the history, of several, where it tells the most."""
        histories = [record(self.without, noise=rng) for _ in range(n_histories)]
        # Few answers change how many questions there are: those of the longest way.
        most = max(len(history.asked) for history in histories)
        longest = [history for history in histories if len(history.asked) == most]
        replayed = [replay(self.with_one, history) for history in longest]
        return tuple(
            max(
                ((one.asked[place], other.asked[place]) for one, other in zip(longest, replayed, strict=True)),
                key=lambda pair: expected_loss(*pair),
            )
            for place in range(most)
        )


def crowd(n_people: int, n_features: int, *, near: float) -> FloatArray:
    """Return a crowd of which the share ``near`` is in the middle and the rest far from it, half to either side."""
    places = np.zeros((n_people, n_features))
    far = places[round(near * n_people) :]
    far[:] = np.resize([_FAR, -_FAR], len(far))[:, np.newaxis]
    return places


def with_newcomer(people: FloatArray) -> FloatArray:
    """Add one person in a corner to the side of everybody."""
    corner = np.resize([1.0, -1.0], people.shape[1])
    return np.concatenate([people, corner[np.newaxis]])


def _of_groups(engine: Engine, n_features: int, *, n_people: int, near: float, epsilon: float, k: int = 4) -> WorstCase:
    def release(people: FloatArray) -> Run:
        return lambda rng: engine.release(people, n_clusters=k, epsilon=epsilon, rng=rng)

    return _of_neighbours(release, crowd(n_people, n_features, near=near), epsilon=epsilon)


def _of_rotated(*, epsilon: float) -> WorstCase:
    # So many that axes are learned whatever ε is.
    return _of_groups(SYNOPSIS, 4, n_people=math.ceil(1200 / epsilon), near=0.6, epsilon=epsilon)


def _of_few_dimensions(method: ReductionMethod, *, epsilon: float) -> WorstCase:
    reduction = Reduction(method=method, n_dimensions=2)
    spec = ReleaseSpec(engine=SYNOPSIS, epsilon=epsilon, n_clusters=2, reduction=reduction)

    def release(people: FloatArray) -> Run:
        return lambda rng: draw_release(people, spec, rng=rng)

    # Nine of ten are to be within the radius: it tips where eight are near.
    return _of_neighbours(release, crowd(40, 4, near=0.8), epsilon=epsilon)


def _of_neighbours(release: Callable[[FloatArray], Run], people: FloatArray, *, epsilon: float) -> WorstCase:
    return WorstCase(epsilon=epsilon, without=release(people), with_one=release(with_newcomer(people)))


def _of_products(*, epsilon: float) -> WorstCase:
    points = with_newcomer(crowd(6, 2, near=0.5))
    groups = Clustering(centers=np.array([[0.0, 0.0], [1.0, -1.0]]), weights=np.ones(2))
    held = np.tile([0, -1, -1, -1], (len(points), 1))
    held[-1] = [1, 2, 3, 4]

    def release(people: slice) -> Run:
        return lambda rng: release_product_table(
            Holdings(products=tuple("abcdef"), held=held[people]),
            points[people],
            grouping=Grouping.from_clustering(groups),
            epsilon=epsilon,
            rng=rng,
        )

    return WorstCase(epsilon=epsilon, without=release(slice(-1)), with_one=release(slice(None)))


def _of_bounds(*, epsilon: float) -> WorstCase:
    # Half below and half above all candidates for the middle fifth: the two choices tip where one more is between them.
    values, grid = np.repeat([-1.0, 3.0], 4), np.array([0.0, 2.0, 4.0])

    def release(people: FloatArray) -> Run:
        return lambda rng: release_bounds(people, grid=grid, epsilon=epsilon, rng=rng, percent=20)

    return WorstCase(epsilon=epsilon, without=release(values), with_one=release(np.append(values, 1.0)))


#: A case for every mode and every mechanism, at any ε.
MAKERS: Mapping[str, Callable[..., WorstCase]] = MappingProxyType(
    {
        "low": partial(_of_groups, SYNOPSIS, 2, n_people=40, near=0.6),
        "box": partial(_of_groups, SYNOPSIS, 4, n_people=40, near=0.6),
        "rotated": _of_rotated,
        "mean": partial(_of_groups, SYNOPSIS, 9, n_people=16, near=0.4),
        "lloyd": partial(_of_groups, PROTOTYPE, 2, n_people=40, near=0.6, k=2),
        "pca": partial(_of_few_dimensions, ReductionMethod.PCA),
        "svd": partial(_of_few_dimensions, ReductionMethod.SVD),
        "products": _of_products,
        "bounds": _of_bounds,
    }
)
#: The ε at which each is audited question by question: so large that half the noise shows even in small shares.
_EPSILONS = {
    "low": 4.0,
    "box": 4.0,
    "rotated": 12.0,
    "mean": 3.0,
    "lloyd": 6.0,
    "pca": 10.0,
    "svd": 10.0,
    "products": 1.5,
    "bounds": 2.0,
}
WORST_CASES = {name: make(epsilon=_EPSILONS[name]) for name, make in MAKERS.items()}
