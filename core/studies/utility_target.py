"""An aim, and the simulation on invented people that says what reaches it; whole enough for a process of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from core.clustering.engines import Engine
from core.data.generate import Recipe, generate
from core.progress import Progress
from core.reduction.reduced import Reduction
from core.studies.calibration import SimulatedGoal, simulate_epsilon, simulate_people
from core.studies.clustering_quality import Quality, agreement_quality, recommendation_quality

#: People simulated at most: more are served better, and take longer.
SIMULATED_MOST = 100_000


class Measure(StrEnum):
    """What is aimed at: ARI of private against plain groups, or people whose top product stays the same."""

    AGREEMENT = "agreement"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What is wanted, and of whom; nothing in it was read from people but through a release.

    Attributes:
        measure: What is aimed at.
        target: Median quality wanted.
        recipe: Invented people to simulate on.
        n_columns: Columns of theirs that are used; the first ones.
        engine: How to cluster privately.
        n_clusters: Number of groups.
        k_bought: Number of groups a release is bought for.
        products_share: Part of ε that the products cost on top of it.
        epsilon: ε at which people are counted if no ε is enough.
        seed: Seed of all noise; public, this is a simulation.
        reduction: Dimensions to cluster in; None for all columns.
    """

    measure: Measure
    target: float
    recipe: Recipe
    n_columns: int
    engine: Engine
    n_clusters: int
    k_bought: int
    products_share: float
    epsilon: float
    seed: int
    reduction: Reduction | None = None

    def quality(self, n_people: int) -> Quality:
        """Return how good one private result of ``n_people`` invented people is."""
        table = generate(replace(self.recipe, n_people=n_people))
        points = table.points()[:, : self.n_columns]
        if self.measure is Measure.AGREEMENT or table.holdings is None:
            return agreement_quality(
                points,
                engine=self.engine,
                n_clusters=self.n_clusters,
                k_bought=self.k_bought,
                reduction=self.reduction,
            )
        return recommendation_quality(
            points,
            table.holdings,
            engine=self.engine,
            n_clusters=self.n_clusters,
            k_bought=self.k_bought,
            products_share=self.products_share,
            reduction=self.reduction,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What reaches an aim in simulation.

    Attributes:
        by_epsilon: The search for the smallest ε.
        by_people: The search for the number of people, at the aim's ε; None if some ε is enough.
    """

    by_epsilon: SimulatedGoal
    by_people: SimulatedGoal | None


def simulate_aim(aim: Aim) -> Iterator[Progress[Reach]]:
    """Find the smallest ε that reaches ``aim``, or else about how many people would; stop iterating to cancel.

    Yields:
        A step after each release; the last one holds the result.
    """
    n_people = min(aim.recipe.n_people, SIMULATED_MOST)
    by_epsilon = None
    step: Progress[SimulatedGoal] = Progress(done=0, total=0)
    for step in simulate_epsilon(aim.quality(n_people), target=aim.target, seed=aim.seed):
        by_epsilon = step.result
        if by_epsilon is None:
            yield Progress(done=step.done, total=step.total)
    assert by_epsilon is not None  # noqa: S101 - the last step holds it
    if by_epsilon.reached is not None:
        yield Progress(done=step.done, total=step.done, result=Reach(by_epsilon=by_epsilon, by_people=None))
        return
    before = step.done
    for step in simulate_people(
        aim.quality,
        target=aim.target,
        epsilon=aim.epsilon,
        n_least=n_people,
        n_most=SIMULATED_MOST,
        seed=aim.seed,
    ):
        result = None if step.result is None else Reach(by_epsilon=by_epsilon, by_people=step.result)
        yield Progress(done=before + step.done, total=before + step.total, result=result)
