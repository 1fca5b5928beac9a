"""Membership inference against the whole pipeline: run it with and without one person, then guess which was which.

The attacker knows everybody else's row and the person's own, which is what differential privacy protects against.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.arrays import FloatArray
from core.attack.advantage import SuccessRate, ThresholdAttack, log_odds, success_rate_bound
from core.clustering.kmeans import nonprivate_clustering
from core.privacy.noise_source import TableGenerator
from core.progress import Progress
from core.release.pipelines import Observation, Pipeline

#: Runs on either side.
RUNS_DEFAULT = 200
#: Fewer leave nothing to fit or to test on.
RUNS_LEAST = 4


class Statistic(StrEnum):
    """What the attacker reads from one run.

    CENTER_SHIFT: how far the centre nearest to the person moved towards them. CLUSTER_WEIGHT: the weight of that
    centre. TOTAL_WEIGHT: the weight of all centres. TOP_PRODUCT: the top product of the person's group.
    """

    CENTER_SHIFT = "pull"
    CLUSTER_WEIGHT = "crowd"
    TOTAL_WEIGHT = "people"
    TOP_PRODUCT = "recommendation"


#: Values by statistic, each of shape ``(n_runs,)``; ``TOP_PRODUCT`` holds indices of products.
Statistics = Mapping[Statistic, FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipInference:
    """How well it can be guessed from the output whether a person is in the data; from exact runs, curator only.

    Attributes:
        epsilon: Loss of one run; None for plain results.
        bound: Success rate that the guarantee allows any attack.
        statistic: What the best attack looks at, chosen on the first half of the runs.
        success: Its success rate on the second half.
        inside: Statistics of the runs with the person.
        outside: Statistics of the runs without.
        distance: How far the person is from where the plain centre nearest to them would be without them; one that
            moved by this much has reached them.
    """

    epsilon: float | None
    bound: float
    statistic: Statistic
    success: SuccessRate
    inside: Statistics
    outside: Statistics
    distance: float

    @property
    def n_runs(self) -> int:
        """Number of runs on either side."""
        return int(self.inside[Statistic.CENTER_SHIFT].size)

    @property
    def is_within_bound(self) -> bool:
        """Whether the bound is not contradicted: the rate is certainly above it only if the interval is."""
        return self.success.low <= self.bound


def nonprivate_membership_inference(
    points: FloatArray, *, person: int, pipeline: Pipeline, runs: int = RUNS_DEFAULT, rng: TableGenerator
) -> Iterator[Progress[MembershipInference]]:
    """Run ``pipeline`` with and without ``person``, ``runs`` times each, and evaluate the best threshold attack.

    Stop iterating to cancel. The result is an experiment on the people, not a release: ``2·runs`` outputs together say
    far more than one. A pipeline without a guarantee gives the same output every time and is run once.

    Args:
        points: All people, scaled, of shape ``(n_people, n_features)``; the same that the pipeline holds.
        person: Row of the person.
        pipeline: What is attacked.
        runs: Runs on either side; half of them fit the attack, half test it.
        rng: Source of the noise; ``secure_rng()`` for people's data.

    Yields:
        Progress after each pair of runs; the last one holds the result.

    Raises:
        ValueError: If there is no such person, or ``runs`` is below ``RUNS_LEAST``.
    """
    if not 0 <= person < len(points):
        raise ValueError(f"person must be a row from 0 to {len(points) - 1}, not {person}")
    if runs < RUNS_LEAST:
        raise ValueError(f"runs must be at least {RUNS_LEAST}, not {runs}")
    return _run_attack(points, person=person, pipeline=pipeline, runs=runs, rng=rng)


def _run_attack(
    points: FloatArray, *, person: int, pipeline: Pipeline, runs: int, rng: TableGenerator
) -> Iterator[Progress[MembershipInference]]:
    everybody = np.arange(len(points))
    others = np.delete(everybody, person)
    total = 1 if pipeline.epsilon is None else runs
    inside: list[Observation] = []
    outside: list[Observation] = []
    for done in range(1, total + 1):
        inside.append(pipeline(everybody, rng))
        outside.append(pipeline(others, rng))
        if done < total:
            yield Progress(done=done, total=total)
    attacker = _Attacker.against(points, person, n_clusters=inside[0].clustering.n_clusters)
    result = _evaluate_best_attack(
        attacker.read(inside, repeats=runs // total),
        attacker.read(outside, repeats=runs // total),
        epsilon=pipeline.epsilon,
        distance=attacker.distance,
    )
    yield Progress(done=total, total=total, result=result)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attacker:
    """Knows the person's row, and where plain k-means of all others puts the centre nearest to them.

    Attributes:
        person: The person's row.
        start: That centre.
        direction: Unit vector from it towards the person.
        distance: How far the person is from it.
    """

    person: FloatArray
    start: FloatArray
    direction: FloatArray
    distance: float

    @classmethod
    def against(cls, points: FloatArray, person: int, *, n_clusters: int) -> "_Attacker":
        others = nonprivate_clustering(np.delete(points, person, axis=0), n_clusters=n_clusters)
        row = points[person].astype(np.float64)
        start = others.centers[_nearest(others.centers, row)]
        distance = float(np.linalg.norm(row - start))
        direction = (row - start) / distance if distance > 0 else np.eye(row.size)[0]
        return cls(person=row, start=start, direction=direction, distance=distance)

    def read(self, observations: list[Observation], *, repeats: int) -> Statistics:
        """Return the statistics of ``observations``, each ``repeats`` times."""
        nearest = [(each, _nearest(each.clustering.centers, self.person)) for each in observations]
        centers = np.array([each.clustering.centers[j] for each, j in nearest])
        statistics = {
            Statistic.CENTER_SHIFT: (centers - self.start) @ self.direction,
            Statistic.CLUSTER_WEIGHT: np.array([each.clustering.weights[j] for each, j in nearest]),
            Statistic.TOTAL_WEIGHT: np.array([each.clustering.weights.sum() for each, _ in nearest]),
        }
        products = [each.top_products[j] for each, j in nearest if each.top_products is not None]
        if products:
            statistics[Statistic.TOP_PRODUCT] = np.array(products)
        return {statistic: np.repeat(values, repeats) for statistic, values in statistics.items()}


def _nearest(centers: FloatArray, point: FloatArray) -> int:
    return int(((centers - point) ** 2).sum(axis=1).argmin())


def _evaluate_best_attack(
    inside: Statistics, outside: Statistics, *, epsilon: float | None, distance: float
) -> MembershipInference:
    """Choose statistic and threshold on the first half of the runs, test them on the second."""
    half = inside[Statistic.CENTER_SHIFT].size // 2
    numbers = {statistic: _as_numbers(statistic, inside, outside, half) for statistic in inside}
    fitted_on = {
        statistic: (values_in[:half], values_out[:half]) for statistic, (values_in, values_out) in numbers.items()
    }
    attacks = {statistic: ThresholdAttack.fit(*halves) for statistic, halves in fitted_on.items()}
    best = max(attacks, key=lambda statistic: attacks[statistic].balanced_accuracy(*fitted_on[statistic]))
    test_in, test_out = (values[half:] for values in numbers[best])
    return MembershipInference(
        epsilon=epsilon,
        bound=success_rate_bound(epsilon),
        statistic=best,
        success=attacks[best].evaluate(test_in, test_out),
        inside=inside,
        outside=outside,
        distance=distance,
    )


def _as_numbers(
    statistic: Statistic, inside: Statistics, outside: Statistics, half: int
) -> tuple[FloatArray, FloatArray]:
    """Return the values on either side; a product is replaced by its log odds on the first half of the runs."""
    values_in, values_out = inside[statistic], outside[statistic]
    if statistic is not Statistic.TOP_PRODUCT:
        return values_in, values_out
    products_in, products_out = values_in.astype(np.int64), values_out.astype(np.int64)
    fitted_on = products_in[:half], products_out[:half]
    return log_odds(products_in, *fitted_on), log_odds(products_out, *fitted_on)
