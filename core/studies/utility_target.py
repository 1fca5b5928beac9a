"""A target utility and what reaches it in simulation; self-contained and picklable, for a worker process."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from core.data.generate import Recipe, generate
from core.progress import Progress
from core.reduction.spec import ReleaseSpec
from core.studies.calibration import Calibration, calibrate_epsilon, calibrate_n_people
from core.studies.clustering_quality import Utility, agreement_utility, recommendation_utility

#: People simulated at most: more are served better, and take longer.
SIMULATED_MOST = 100_000


class UtilityMeasure(StrEnum):
    """What is measured: ARI of private against plain groups, or the part of people whose top product stays the same."""

    AGREEMENT = "agreement"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True, kw_only=True)
class UtilityTarget:
    """Which utility is wanted on which synthetic data; what it knows of people comes from releases only.

    Attributes:
        measure: What is measured.
        utility: Median utility wanted.
        recipe: Synthetic people to simulate on.
        n_columns: Columns used; the first ones.
        spec: How to cluster; its ε is the one to find the number of people at if no ε is enough.
        products_share: Part of ε that the products cost on top of it.
        seed: Seed of all noise; public, this is a simulation.
    """

    measure: UtilityMeasure
    utility: float
    recipe: Recipe
    n_columns: int
    spec: ReleaseSpec
    products_share: float
    seed: int

    def utility_of(self, n_people: int) -> Utility:
        """Return the utility on ``n_people`` synthetic people."""
        table = generate(replace(self.recipe, n_people=n_people))
        points = table.points()[:, : self.n_columns]
        if self.measure is UtilityMeasure.AGREEMENT or table.holdings is None:
            return agreement_utility(points, self.spec)
        return recommendation_utility(points, table.holdings, self.spec, products_share=self.products_share)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCalibration:
    """What reaches a target in simulation.

    Attributes:
        by_epsilon: The search for the smallest ε.
        by_people: The search for the number of people, at the target's ε; None if some ε is enough.
    """

    by_epsilon: Calibration
    by_people: Calibration | None


def calibrate_target(target: UtilityTarget) -> Iterator[Progress[TargetCalibration]]:
    """Find the smallest ε that reaches ``target``, or else about how many people would; stop iterating to cancel.

    Yields:
        Progress after each release; the last one holds the result.
    """
    n_people = min(target.recipe.n_people, SIMULATED_MOST)
    step: Progress[Calibration] = Progress(done=0, total=0)
    for step in calibrate_epsilon(target.utility_of(n_people), target=target.utility, seed=target.seed):
        if step.result is None:
            yield Progress(done=step.done, total=step.total)
    by_epsilon = step.result
    assert by_epsilon is not None  # noqa: S101 - the last step holds it
    if by_epsilon.reached is None:
        yield from _calibrate_n_people(target, by_epsilon, n_least=n_people, done=step.done)
    else:
        yield Progress(done=step.done, total=step.done, result=TargetCalibration(by_epsilon=by_epsilon, by_people=None))


def _calibrate_n_people(
    target: UtilityTarget, by_epsilon: Calibration, *, n_least: int, done: int
) -> Iterator[Progress[TargetCalibration]]:
    """Find about how many people reach ``target``, after the ``done`` releases of the search by ε."""
    steps = calibrate_n_people(
        target.utility_of,
        target=target.utility,
        epsilon=target.spec.epsilon,
        n_least=n_least,
        n_most=SIMULATED_MOST,
        seed=target.seed,
    )
    for step in steps:
        result = None if step.result is None else TargetCalibration(by_epsilon=by_epsilon, by_people=step.result)
        yield Progress(done=done + step.done, total=done + step.total, result=result)
