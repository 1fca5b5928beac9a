"""Mechanisms: each takes exact statistics, returns noisy ones and records its privacy loss."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from core.arrays import IntArray
from core.privacy.measurements import (
    Answer,
    ChoiceMeasurement,
    IntegerMeasurement,
    Measurement,
    MomentMeasurement,
    SumMeasurement,
    answer,
)
from core.privacy.noise import EPSILON_GRID, check_epsilon, is_secure, round_down

#: What neighbouring data sets differ by, as every release and every receipt says of itself.
ADJACENCY = "add_or_remove_one_person"


class Mechanism(StrEnum):
    """Law that the noise of one query is drawn from."""

    TWO_SIDED_GEOMETRIC = "two_sided_geometric"
    CYLINDER = "cylinder_k_norm"
    TWO_SIDED_WISHART = "two_sided_wishart"
    PERMUTE_AND_FLIP = "permute_and_flip"

    @property
    def is_exact(self) -> bool:
        """Whether it is sampled with whole numbers only; the others take sampling of real numbers as ideal."""
        return self in {Mechanism.TWO_SIDED_GEOMETRIC, Mechanism.PERMUTE_AND_FLIP}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyEvent:
    """One charge: what one query spent, and by which mechanism.

    Attributes:
        name: What was asked.
        epsilon: Privacy loss under adding or removing one person.
        mechanism: Law of the noise.
    """

    name: str
    epsilon: float
    mechanism: Mechanism


def charges_to_list(charges: Iterable[PrivacyEvent]) -> list[list[str | float]]:
    """Return ``charges`` as lists of name, ε and mechanism, ready for JSON."""
    return [[charge.name, charge.epsilon, str(charge.mechanism)] for charge in charges]


def charges_from_list(parts: Iterable[Any]) -> tuple[PrivacyEvent, ...]:
    """Return the charges that ``charges_to_list`` wrote.

    Raises:
        ValueError: If a charge is of another form or of a mechanism that nobody knows.
    """
    return tuple(
        PrivacyEvent(name=name, epsilon=epsilon, mechanism=Mechanism(mechanism)) for name, epsilon, mechanism in parts
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantileQuestion:
    """Which share ``below``/``parts`` of the people is to lie under the chosen candidate; integers, so exact.

    With q = below/parts the utility of a candidate is -|(1-q)·#below - q·#above|·parts. One person changes one of the
    two numbers by 1, the utility by at most max(below, parts - below).
    """

    below: int
    parts: int

    @property
    def sensitivity(self) -> int:
        """Most that one person moves the utility of a candidate by."""
        return max(self.below, self.parts - self.below)

    def utilities(self, n_below: IntArray, n_people: int) -> IntArray:
        """Return the utility of each candidate, given how many of ``n_people`` lie below it."""
        weight_above, weight_below = self.below, self.parts - self.below
        utilities: IntArray = -np.abs(weight_below * n_below - weight_above * (n_people - n_below))
        return utilities


class Mechanisms:
    """Mechanisms on one data set, and the charges that drawing their noise caused.

    Exact statistics go in, as integers in fixed-point units; nothing exact comes out. The ε of a charge is the ε
    that the noise was drawn with, so a release can be checked by composing ``charges``.

    Args:
        rng: Source of the noise; ``secure_rng()`` for a real release.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._charges: list[PrivacyEvent] = []

    @property
    def charges(self) -> tuple[PrivacyEvent, ...]:
        """What was spent so far, in order."""
        return tuple(self._charges)

    @property
    def spent(self) -> float:
        """Sequential composition: the sum of all charges."""
        return math.fsum(charge.epsilon for charge in self._charges)

    @property
    def is_private(self) -> bool:
        """Whether nobody can know the noise."""
        return is_secure(self._rng)

    def counts(self, counts: IntArray, *, epsilon: float, name: str) -> IntArray:
        """Return noisy counts of disjoint groups. One person changes one count by 1: L1 sensitivity 1."""
        epsilon = self._charge(name, epsilon, Mechanism.TWO_SIDED_GEOMETRIC)
        (noisy,) = self._answer(IntegerMeasurement(values=counts, epsilon=epsilon))
        return noisy

    def sums(self, sums: IntArray, scalars: IntArray, *, unit: int, epsilon: float, name: str) -> tuple[IntArray, ...]:
        """Return noisy vector sums and scalar sums of disjoint groups.

        Sensitivity: one person is in one group and adds a vector of length ≤ ``unit`` and scalars within ±``unit``.

        Args:
            sums: Shape ``(n_groups, n_features)``.
            scalars: Shape ``(n_groups, n_scalars)``; a count is a scalar that each person changes by ``unit``.
            unit: Fixed-point units in 1.
            epsilon: Privacy parameter.
            name: What is asked.
        """
        epsilon = self._charge(name, epsilon, Mechanism.CYLINDER)
        return self._answer(SumMeasurement(sums=sums, scalars=scalars, unit=unit, epsilon=epsilon))

    def second_moment(self, moment: IntArray, *, unit: int, epsilon: float, name: str) -> IntArray:
        """Return a noisy Σ y yᵀ. One person adds y yᵀ with ‖y‖₂ ≤ ``unit``: trace at most ``unit``²."""
        epsilon = self._charge(name, epsilon, Mechanism.TWO_SIDED_WISHART)
        (noisy,) = self._answer(MomentMeasurement(moment=moment, unit=unit, epsilon=epsilon))
        return noisy

    def quantile(
        self, n_below: IntArray, n_people: int, *, question: QuantileQuestion, epsilon: float, name: str
    ) -> int:
        """Choose the candidate nearest to a quantile, given how many people lie below each candidate."""
        epsilon = self._charge(name, epsilon, Mechanism.PERMUTE_AND_FLIP)
        utilities = question.utilities(n_below, n_people)[np.newaxis]
        (chosen,) = self._answer(
            ChoiceMeasurement(utilities=utilities, sensitivity=question.sensitivity, each=epsilon, epsilon=epsilon)
        )
        return int(chosen[0])

    def opposite_quantiles(
        self,
        n_below: tuple[IntArray, IntArray],
        n_people: int,
        *,
        question: QuantileQuestion,
        epsilon: float,
        name: str,
    ) -> tuple[int, int]:
        """Choose candidates nearest to a low quantile and to the one as far from the top.

        Each choice alone may lose e, yet both together no more than e·(3·sensitivity + below)/(2·sensitivity), for one
        person cannot move both fully (docs/privacy-model.md has the proof); so e is what brings that to ``epsilon``.

        Args:
            n_below: How many people lie below each candidate for the low quantile, and at or below it for the high one.
            n_people: How many people there are.
            question: The low quantile: ``below`` at most half of ``parts``.
            epsilon: Privacy parameter of both.
            name: What is asked.
        """
        epsilon = self._charge(name, epsilon, Mechanism.PERMUTE_AND_FLIP)
        opposite = QuantileQuestion(below=question.parts - question.below, parts=question.parts)
        utilities = [each.utilities(n, n_people) for each, n in zip((question, opposite), n_below, strict=True)]
        (chosen,) = self._answer(
            ChoiceMeasurement(
                utilities=np.stack(utilities),
                sensitivity=question.sensitivity,
                each=epsilon_of_each(question, epsilon=epsilon),
                epsilon=epsilon,
            )
        )
        return int(chosen[0]), int(chosen[1])

    def _charge(self, name: str, epsilon: float, mechanism: Mechanism) -> float:
        check_epsilon(epsilon)
        epsilon = round_down(epsilon)
        self._charges.append(PrivacyEvent(name=name, epsilon=epsilon, mechanism=mechanism))
        return epsilon

    def _answer(self, measurement: Measurement) -> Answer:
        return answer(measurement, rng=self._rng)


def epsilon_of_each(question: QuantileQuestion, *, epsilon: float) -> float:
    """Return the ε of each of two opposite quantiles that together lose ``epsilon``; whole numbers, rounded down."""
    steps = math.floor(epsilon * EPSILON_GRID)
    return steps * 2 * question.sensitivity // (3 * question.sensitivity + question.below) / EPSILON_GRID
