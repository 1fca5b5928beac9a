"""Train and test: models made from some people and evaluated on others as well; exact, curator only."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.arrays import IntArray
from core.clustering.inertia import nonprivate_inertia
from core.metrics.agreement import nonprivate_agreement
from core.privacy.noise_source import TableGenerator
from core.studies.held_out import HeldOut
from core.studies.recommendation_quality import nonprivate_ranking_metrics, recommend_by_ranking
from core.studies.recommendation_trial import RecommendationModel, TrialSettings, nonprivate_model, release_model

#: Part of the people whom a model is made from; the others are to test it.
TRAINING_SHARE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainTest:
    """One metric on the people a model was made from, and on people whom it never saw."""

    train: float
    test: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainTestResult:
    """Metrics of a plain or private model.

    Attributes:
        epsilon: Privacy loss; None for the plain model.
        inertia: Mean squared distance to the nearest centre.
        adjusted_rand: Agreement with the true groups; None where these are unknown.
        plain_agreement: Adjusted Rand index against the plain model of the same people.
        hit_3: Share of hidden products among the first three.
    """

    epsilon: float | None
    inertia: TrainTest
    adjusted_rand: TrainTest | None
    plain_agreement: TrainTest
    hit_3: TrainTest


#: The plain model, and a private one at every ε.
TrainTestStudy = tuple[TrainTestResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Split:
    """Rows of everybody, in two parts."""

    train: IntArray
    test: IntArray

    @classmethod
    def draw(cls, n_people: int, *, rng: np.random.Generator) -> "_Split":
        order = rng.permutation(n_people)
        n_train = round(TRAINING_SHARE * n_people)
        return cls(train=np.sort(order[:n_train]), test=np.sort(order[n_train:]))

    def evaluate(self, metric: Callable[[IntArray], float]) -> TrainTest:
        """Return ``metric`` of either part's rows."""
        return TrainTest(train=metric(self.train), test=metric(self.test))


def nonprivate_train_test(
    held_out: HeldOut, settings: TrialSettings, *, split_rng: np.random.Generator, rng: TableGenerator
) -> TrainTestStudy:
    """Make plain and private models from some people and evaluate them on these and on the others.

    Args:
        held_out: The people and what is hidden from the models.
        settings: Public choices.
        split_rng: Splits the people.
        rng: Draws the noise.
    """
    split = _Split.draw(held_out.table.n_people, rng=split_rng)
    train = held_out.table.take(split.train)
    plain = nonprivate_model(train, settings)
    private = [(epsilon, release_model(train, settings, epsilon=epsilon, rng=rng)) for epsilon in settings.epsilons]
    plain_labels = plain.clustering.assign(held_out.table.points())
    return tuple(
        _evaluate(model, held_out, split, epsilon=epsilon, plain_labels=plain_labels)
        for epsilon, model in [(None, plain), *private]
    )


def _evaluate(
    model: RecommendationModel, held_out: HeldOut, split: _Split, *, epsilon: float | None, plain_labels: IntArray
) -> TrainTestResult:
    points, holdings, truth = held_out.table.points(), held_out.holdings, held_out.table.true_groups
    labels = model.clustering.assign(points)
    lists = recommend_by_ranking(model.ranking, labels, holdings)

    def inertia(rows: IntArray) -> float:
        return nonprivate_inertia(points[rows], model.clustering) / max(len(rows), 1)

    def hit_3(rows: IntArray) -> float:
        hidden = held_out.hidden.of_people(rows)
        return nonprivate_ranking_metrics(lists, hidden, n_products=len(holdings.products)).hit_3

    return TrainTestResult(
        epsilon=epsilon,
        inertia=split.evaluate(inertia),
        adjusted_rand=None if truth is None else split.evaluate(_agreement(truth, labels)),
        plain_agreement=split.evaluate(_agreement(labels, plain_labels)),
        hit_3=split.evaluate(hit_3),
    )


def _agreement(labels: IntArray, others: IntArray) -> Callable[[IntArray], float]:
    return lambda rows: nonprivate_agreement(labels[rows], others[rows]).adjusted_rand
