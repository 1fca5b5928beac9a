"""Models made from some people and tried on others, whom they never saw; exact, so insider only."""

from dataclasses import dataclass

import numpy as np

from core.arrays import IntArray
from core.clustering.inertia import nonprivate_inertia
from core.metrics.agreement import nonprivate_agreement
from core.studies.held_out import HeldOut
from core.studies.recommendation_quality import nonprivate_quality, ranked_lists
from core.studies.recommendation_trial import Model, Setting, nonprivate_model, private_model

#: Part of the people whom a model is made from; the others are to test it.
TRAINING_SHARE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """A plain or private model on the people it was made from, and on people whom it never saw.

    Attributes:
        epsilon: Privacy loss; None for the plain model.
        inertia: Mean squared distance to the nearest centre, of people seen and unseen.
        adjusted_rand: Agreement with the true groups, seen and unseen; None where these are unknown.
        plain_agreement: Adjusted Rand index against the plain model of the same people, seen and unseen.
        hit_3: Share of hidden products among the first three, seen and unseen.
    """

    epsilon: float | None
    inertia: tuple[float, float]
    adjusted_rand: tuple[float, float] | None
    plain_agreement: tuple[float, float]
    hit_3: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Split:
    """Everybody, in two parts."""

    seen: IntArray
    unseen: IntArray

    @classmethod
    def drawn(cls, n_people: int, *, rng: np.random.Generator) -> "_Split":
        order = rng.permutation(n_people)
        n_seen = round(TRAINING_SHARE * n_people)
        return cls(seen=np.sort(order[:n_seen]), unseen=np.sort(order[n_seen:]))

    def agreement(self, labels: IntArray, others: IntArray) -> tuple[float, float]:
        seen, unseen = (
            nonprivate_agreement(labels[rows], others[rows]).adjusted_rand for rows in (self.seen, self.unseen)
        )
        return seen, unseen


def nonprivate_unseen(held_out: HeldOut, setting: Setting, *, rng: np.random.Generator) -> tuple[Unseen, ...]:
    """Make plain and private models from some people and try them on the others as well.

    Args:
        held_out: The people and what is hidden from the models.
        setting: Public choices.
        rng: Splits the people and draws the noise.
    """
    split = _Split.drawn(held_out.table.n_people, rng=rng)
    seen = held_out.table.take(split.seen)
    plain = nonprivate_model(seen, setting)
    private = [(epsilon, private_model(seen, setting, epsilon=epsilon, rng=rng)) for epsilon in setting.epsilons]
    return tuple(
        _unseen(model, held_out, split, epsilon=epsilon, plain=plain) for epsilon, model in [(None, plain), *private]
    )


def _unseen(model: Model, held_out: HeldOut, split: _Split, *, epsilon: float | None, plain: Model) -> Unseen:
    points, holdings, truth = held_out.table.points(), held_out.holdings, held_out.table.true_groups
    labels = model.clustering.assign(points)
    lists = ranked_lists(model.ranking, labels, holdings)
    inertia_seen, inertia_unseen = (
        nonprivate_inertia(points[rows], model.clustering) / max(len(rows), 1) for rows in (split.seen, split.unseen)
    )
    hits_seen, hits_unseen = (
        nonprivate_quality(lists, held_out.target.of(rows), n_products=len(holdings.products)).hit_3
        for rows in (split.seen, split.unseen)
    )
    return Unseen(
        epsilon=epsilon,
        inertia=(inertia_seen, inertia_unseen),
        adjusted_rand=None if truth is None else split.agreement(labels, truth),
        plain_agreement=split.agreement(labels, plain.clustering.assign(points)),
        hit_3=(hits_seen, hits_unseen),
    )
