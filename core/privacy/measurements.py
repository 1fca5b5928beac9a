"""Measurements: exact statistics, each with the law of the noise that hides one person in them.

All noise of all releases is drawn by ``answer``, here and nowhere else, so an audit can stand in its place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np

from core.arrays import FloatArray, IntArray
from core.privacy.noise import cylinder_noise, permute_and_flip, two_sided_geometric, two_sided_wishart
from core.privacy.noise_source import SyntheticGenerator

#: What a measurement answers: its statistics with noise, or the indices it chose.
Answer: TypeAlias = tuple[IntArray, ...]


class Measurement(Protocol):
    """Exact statistics and how to hide one person in them. ``epsilon`` is the loss that is claimed for the answer."""

    @property
    def epsilon(self) -> float: ...  # noqa: D102 - see the class
    def draw(self, rng: np.random.Generator) -> Answer: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IntegerMeasurement:
    """Whole numbers that one person changes by ``sensitivity`` in total (L1); two-sided geometric noise.

    Attributes:
        values: The numbers, of any shape.
        sensitivity: Of all of them together.
        epsilon: Privacy loss.
    """

    values: IntArray
    sensitivity: int = 1
    epsilon: float

    def draw(self, rng: np.random.Generator) -> Answer:
        """Add noise to every number, whoever is there."""
        each = self.epsilon / self.sensitivity
        return (self.values + two_sided_geometric(self.values.shape, epsilon=each, rng=rng),)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SumMeasurement:
    """Vector sums and scalar sums of disjoint groups; cylinder K-norm noise.

    One person is in one group and adds a vector of length ≤ ``unit`` and scalars within ±``unit``: an element of
    ``unit``·K. Noise is the cylinder law times ``unit``, rounded to whole units.

    Attributes:
        sums: Shape ``(n_groups, n_features)``.
        scalars: Shape ``(n_groups, n_scalars)``; a count is a scalar that each person changes by ``unit``.
        unit: Fixed-point units in 1.
        epsilon: Privacy loss.
    """

    sums: IntArray
    scalars: IntArray
    unit: int
    epsilon: float

    def draw(self, rng: np.random.Generator) -> Answer:
        """Add noise to the sums of every group, empty or not."""
        n_groups, n_features = self.sums.shape
        vector_noise, scalar_noise = cylinder_noise(
            n_groups, n_features, self.scalars.shape[1], epsilon=self.epsilon, rng=rng
        )
        return self.sums + _round(vector_noise * self.unit), self.scalars + _round(scalar_noise * self.unit)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MomentMeasurement:
    """Σ y yᵀ; one person adds y yᵀ with ‖y‖₂ ≤ ``unit``: trace at most ``unit``². Two-sided Wishart noise.

    Attributes:
        moment: Shape ``(n_features, n_features)``.
        unit: Fixed-point units in 1.
        epsilon: Privacy loss.
    """

    moment: IntArray
    unit: int
    epsilon: float

    def draw(self, rng: np.random.Generator) -> Answer:
        """Add noise to every entry, the same to both of a symmetric pair."""
        noise = two_sided_wishart(self.moment.shape[0], epsilon=self.epsilon, rng=rng)
        return (self.moment + _round(noise * self.unit**2),)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChoiceMeasurement:
    """One choice among candidates for each row of utilities, by permute-and-flip.

    Attributes:
        utilities: Whole numbers, of shape ``(n_choices, n_candidates)``.
        sensitivity: Most that one person moves a utility by.
        each: Privacy parameter of each choice alone.
        epsilon: Privacy loss of all choices together; less than their sum where one person cannot move all fully.
    """

    utilities: IntArray
    sensitivity: int
    each: float
    epsilon: float

    def draw(self, rng: np.random.Generator) -> Answer:
        """Choose a candidate for every row."""
        return (permute_and_flip(self.utilities, epsilon=self.each, sensitivity=self.sensitivity, rng=rng),)


class NoiseOracle(SyntheticGenerator):
    """Stands in a generator's place and answers measurements itself: how audits record and replay a release.

    Its own draws, for starts that are no noise, come from a public seed: nothing made with it is private, and people's
    data are refused to it like to any other known noise.

    Args:
        respond: Answers each measurement, in order.
        seed: Of everything that is not noise.
    """

    def __init__(self, respond: Callable[[Measurement], Answer], *, seed: int = 0) -> None:
        super().__init__(np.random.PCG64(seed))
        self.respond = respond


def answer(measurement: Measurement, *, rng: np.random.Generator) -> Answer:
    """Return ``measurement`` with its noise, drawn from ``rng``."""
    return rng.respond(measurement) if isinstance(rng, NoiseOracle) else measurement.draw(rng)


def _round(noise: FloatArray) -> IntArray:
    return np.rint(noise).astype(np.int64)
