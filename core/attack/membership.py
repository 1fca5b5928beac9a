"""Without me: the same pipeline with and without one person, many times, and how well the best guesser tells which.

The attacker knows everybody else's row and the person's own. A guarantee holds against exactly that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.arrays import FloatArray, IntArray
from core.attack.advantage import Rule, Success, guess_bound, judged, leanings, trained_rule
from core.clustering.kmeans import nonprivate_clustering
from core.progress import Progress
from core.release.pipelines import Pipeline, Seen

#: Runs on either side.
RUNS_DEFAULT = 200
#: Fewer leave nothing to train or to test on.
RUNS_LEAST = 4


class Tell(StrEnum):
    """What may give the person away.

    PULL: how far the centre nearest to them moved towards them. CROWD: the weight of that centre. PEOPLE: the weight
    of all centres. RECOMMENDATION: the top product of their group.
    """

    PULL = "pull"
    CROWD = "crowd"
    PEOPLE = "people"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """What the runs of one side told; exact people went in many times, so insider.

    Attributes:
        places: Centre nearest to the person, of shape ``(n_runs, n_features)``, in the box.
        tells: Values by tell, each of shape ``(n_runs,)``; ``RECOMMENDATION`` holds indices of products.
    """

    places: FloatArray
    tells: Mapping[Tell, FloatArray]

    @property
    def n_runs(self) -> int:
        """Number of runs."""
        return int(self.places.shape[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """How well a person's presence can be guessed from what is shown.

    Attributes:
        epsilon: Loss of one run; None for plain results.
        bound: Success that the guarantee allows the best guesser.
        tell: What the best guesser looks at, chosen on the first half of the runs.
        success: Its success on the second half.
        inside: Runs with the person.
        outside: Runs without.
        distance: How far the person is from where the plain centre nearest to them would be without them; ``PULL`` is
            the part of it that a centre went.
    """

    epsilon: float | None
    bound: float
    tell: Tell
    success: Success
    inside: Runs
    outside: Runs
    distance: float

    @property
    def holds(self) -> bool:
        """Whether the bound is not contradicted: the success is certainly above it only if the interval is."""
        return self.success.low <= self.bound


def nonprivate_presence(
    points: FloatArray, *, person: int, pipeline: Pipeline, runs: int = RUNS_DEFAULT, rng: np.random.Generator
) -> Iterator[Progress[Presence]]:
    """Run ``pipeline`` with and without ``person``, ``runs`` times each, then guess which was which.

    Stop iterating to cancel. What comes out is an experiment on the people, not a release: ``2·runs`` results together
    say far more than one. A pipeline without a guarantee gives the same result every time and is run once.

    Args:
        points: All people in the box, of shape ``(n_people, n_features)``; the same that the pipeline holds.
        person: Row of the person.
        pipeline: What is attacked.
        runs: Runs on either side; half of them train the guesser, half test it.
        rng: Source of the noise; ``secure_rng()`` for people's data.

    Yields:
        A step after each pair of runs; the last one holds the result.

    Raises:
        ValueError: If there is no such person, or ``runs`` is below ``RUNS_LEAST``.
    """
    if not 0 <= person < len(points):
        raise ValueError(f"person must be a row from 0 to {len(points) - 1}, not {person}")
    if runs < RUNS_LEAST:
        raise ValueError(f"runs must be at least {RUNS_LEAST}, not {runs}")
    return _trials(points, person=person, pipeline=pipeline, runs=runs, rng=rng)


def _trials(
    points: FloatArray, *, person: int, pipeline: Pipeline, runs: int, rng: np.random.Generator
) -> Iterator[Progress[Presence]]:
    everybody = np.arange(len(points))
    others = np.delete(everybody, person)
    total = 1 if pipeline.epsilon is None else runs
    inside: list[Seen] = []
    outside: list[Seen] = []
    for done in range(1, total + 1):
        inside.append(pipeline(everybody, rng))
        outside.append(pipeline(others, rng))
        if done < total:
            yield Progress(done=done, total=total)
    direction = _Direction.towards(points, person, n_clusters=inside[0].clustering.n_clusters)
    result = _guessed(
        direction.runs(inside, repeated=runs // total),
        direction.runs(outside, repeated=runs // total),
        epsilon=pipeline.epsilon,
        distance=direction.length,
    )
    yield Progress(done=total, total=total, result=result)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Direction:
    """From where the person's centre would be without them, towards them."""

    person: FloatArray
    start: FloatArray
    unit: FloatArray
    length: float

    @classmethod
    def towards(cls, points: FloatArray, person: int, *, n_clusters: int) -> "_Direction":
        others = nonprivate_clustering(np.delete(points, person, axis=0), n_clusters=n_clusters)
        place = points[person].astype(np.float64)
        start = others.centers[_nearest(others.centers, place)]
        length = float(np.linalg.norm(place - start))
        unit = (place - start) / length if length > 0 else np.eye(place.size)[0]
        return cls(person=place, start=start, unit=unit, length=length)

    def runs(self, seen: list[Seen], *, repeated: int) -> Runs:
        """Read from each result what may give the person away."""
        nearest = [_nearest(each.clustering.centers, self.person) for each in seen]
        places = np.array([each.clustering.centers[j] for each, j in zip(seen, nearest, strict=True)])
        tells = {
            Tell.PULL: (places - self.start) @ self.unit,
            Tell.CROWD: np.array([each.clustering.weights[j] for each, j in zip(seen, nearest, strict=True)]),
            Tell.PEOPLE: np.array([each.clustering.weights.sum() for each in seen]),
        }
        products = [
            each.top_products[j] for each, j in zip(seen, nearest, strict=True) if each.top_products is not None
        ]
        if products:
            tells[Tell.RECOMMENDATION] = np.array(products)
        return Runs(
            places=np.repeat(places, repeated, axis=0),
            tells={tell: np.repeat(values, repeated) for tell, values in tells.items()},
        )


def _nearest(centers: FloatArray, place: FloatArray) -> int:
    return int(((centers - place) ** 2).sum(axis=1).argmin())


def _guessed(inside: Runs, outside: Runs, *, epsilon: float | None, distance: float) -> Presence:
    """Choose tell and rule on the first half of the runs, judge them on the second."""
    half = inside.n_runs // 2
    chosen: tuple[float, Tell, Rule, FloatArray, FloatArray] | None = None
    for tell in inside.tells:
        values_in, values_out = _as_numbers(tell, inside.tells[tell], outside.tells[tell], half)
        rule = trained_rule(values_in[:half], values_out[:half])
        success = rule.success(values_in[:half], values_out[:half])
        if chosen is None or success > chosen[0]:
            chosen = success, tell, rule, values_in[half:], values_out[half:]
    assert chosen is not None  # noqa: S101 - every run has a place
    _, tell, rule, test_in, test_out = chosen
    return Presence(
        epsilon=epsilon,
        bound=guess_bound(epsilon),
        tell=tell,
        success=judged(rule, test_in, test_out),
        inside=inside,
        outside=outside,
        distance=distance,
    )


def _as_numbers(tell: Tell, inside: FloatArray, outside: FloatArray, half: int) -> tuple[FloatArray, FloatArray]:
    if tell is not Tell.RECOMMENDATION:
        return inside, outside
    trained: tuple[IntArray, IntArray] = inside[:half].astype(np.int64), outside[:half].astype(np.int64)
    return leanings(inside.astype(np.int64), *trained), leanings(outside.astype(np.int64), *trained)
