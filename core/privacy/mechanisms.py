"""Mechanisms: each takes exact statistics, returns noisy ones and records its privacy loss."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from core.arrays import FloatArray, IntArray
from core.privacy.noise import (
    check_epsilon,
    cylinder_noise,
    gumbel_choice,
    is_secure,
    round_down,
    two_sided_geometric,
    two_sided_wishart,
)

#: What neighbouring data sets differ by, as every release and every receipt says of itself.
ADJACENCY = "add_or_remove_one_person"


class Mechanism(StrEnum):
    """Law that the noise of one query is drawn from."""

    TWO_SIDED_GEOMETRIC = "two_sided_geometric"
    CYLINDER = "cylinder_k_norm"
    TWO_SIDED_WISHART = "two_sided_wishart"
    EXPONENTIAL = "exponential_mechanism"

    @property
    def is_exact(self) -> bool:
        """Whether it is sampled with whole numbers only; the others take sampling of real numbers as ideal."""
        return self is Mechanism.TWO_SIDED_GEOMETRIC


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
    """Which share ``below``/``parts`` of the people is to lie under the chosen candidate; integers, so exact."""

    below: int
    parts: int


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
        return counts + two_sided_geometric(counts.shape, epsilon=epsilon, rng=self._rng)

    def sums(self, sums: IntArray, scalars: IntArray, *, unit: int, epsilon: float, name: str) -> tuple[IntArray, ...]:
        """Return noisy vector sums and scalar sums of disjoint groups.

        Sensitivity: one person is in one group and adds a vector of length ≤ ``unit`` and scalars within ±``unit``,
        an element of ``unit``·K; noise is the cylinder law times ``unit``, rounded to whole units.

        Args:
            sums: Shape ``(n_groups, n_features)``.
            scalars: Shape ``(n_groups, n_scalars)``; a count is a scalar that each person changes by ``unit``.
            unit: Fixed-point units in 1.
            epsilon: Privacy parameter.
            name: What is asked.
        """
        epsilon = self._charge(name, epsilon, Mechanism.CYLINDER)
        n_groups, n_features = sums.shape
        vector_noise, scalar_noise = cylinder_noise(
            n_groups, n_features, scalars.shape[1], epsilon=epsilon, rng=self._rng
        )
        return sums + _round(vector_noise * unit), scalars + _round(scalar_noise * unit)

    def second_moment(self, moment: IntArray, *, unit: int, epsilon: float, name: str) -> IntArray:
        """Return a noisy Σ y yᵀ. One person adds y yᵀ with ‖y‖₂ ≤ ``unit``: trace at most ``unit``²."""
        epsilon = self._charge(name, epsilon, Mechanism.TWO_SIDED_WISHART)
        return moment + _round(two_sided_wishart(moment.shape[0], epsilon=epsilon, rng=self._rng) * unit**2)

    def quantile(
        self, n_below: IntArray, n_people: int, *, question: QuantileQuestion, epsilon: float, name: str
    ) -> int:
        """Choose the candidate nearest to a quantile, given how many people lie below each candidate.

        With q = below/parts the utility is -|(1-q)·#below - q·#above|·parts, an integer. One person changes one of
        the two numbers by 1, the utility by at most max(below, parts - below): exponential mechanism.
        """
        epsilon = self._charge(name, epsilon, Mechanism.EXPONENTIAL)
        below, above = question.below, question.parts - question.below
        utilities = -np.abs(above * n_below - below * (n_people - n_below)).astype(np.float64)
        return gumbel_choice(utilities * (epsilon / (2 * max(below, above))), rng=self._rng)

    def _charge(self, name: str, epsilon: float, mechanism: Mechanism) -> float:
        check_epsilon(epsilon)
        epsilon = round_down(epsilon)
        self._charges.append(PrivacyEvent(name=name, epsilon=epsilon, mechanism=mechanism))
        return epsilon


def _round(noise: FloatArray) -> IntArray:
    return np.rint(noise).astype(np.int64)
