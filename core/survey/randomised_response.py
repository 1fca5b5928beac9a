"""Randomised response: coins on everybody's own phone answer for them now and then, so no answer tells on anyone.

Two fair coins give the law for ``truth`` = 3/4: heads on the first, and the truth is said; tails, and the second coin
says "yes" or "no" whatever the truth is. The phone throws them; what arrives here is what was said.
"""

import math
from dataclasses import dataclass

import numpy as np

from core.arrays import BoolArray
from core.metrics.binomial import clopper_pearson

#: Two fair coins: the truth with 1/2, and else the second coin, which happens to say it with 1/2.
TRUTH_OF_TWO_COINS = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidYes:
    """What the share of a true "yes" is, as far as the answers said tell.

    Attributes:
        estimate: Unbiased estimate; below 0 or above 1 where the coins fell so. None without answers.
        lower: Lower end of the interval, within [0, 1].
        upper: Upper end, within [0, 1].
        confidence: Probability at least that the interval holds the true share, over the coins.
    """

    estimate: float | None
    lower: float
    upper: float
    confidence: float

    @property
    def shown(self) -> float | None:
        """The estimate as a share: no less than nothing, no more than all."""
        return None if self.estimate is None else min(max(self.estimate, 0.0), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomisedResponse:
    """The law by which a true "yes" or "no" is said.

    One person's answer, the only input, may turn from "no" to "yes"; either is said with ``truth`` or 1 - ``truth``, so
    probabilities change by the factor truth/(1 - truth) at most: ε = ln(truth/(1 - truth)), δ = 0. Nobody is trusted
    with the true answer (local model). That somebody answered at all is seen.

    Attributes:
        truth: Probability that what is said is the truth; above 1/2, below 1.

    References:
        Warner (1965), "Randomized response: a survey technique for eliminating evasive answer bias".
    """

    truth: float = TRUTH_OF_TWO_COINS

    def __post_init__(self) -> None:
        if not 0.5 < self.truth < 1.0:  # noqa: PLR2004 - a fair coin alone says nothing
            raise ValueError(f"truth must be above 1/2 and below 1, not {self.truth}")

    @classmethod
    def from_epsilon(cls, epsilon: float) -> "RandomisedResponse":
        """Return the law that spends ``epsilon``: truth = e^ε/(1 + e^ε)."""
        if not (math.isfinite(epsilon) and epsilon > 0.0):
            raise ValueError(f"epsilon must be positive and finite, not {epsilon}")
        return cls(truth=1.0 / (1.0 + math.exp(-epsilon)))

    @property
    def epsilon(self) -> float:
        """Privacy loss of one answer, once said."""
        return math.log(self.truth / (1.0 - self.truth))

    def say(self, truths: BoolArray, *, rng: np.random.Generator) -> BoolArray:
        """Say each of ``truths`` by the law, independently; for simulations, real coins are thrown on phones."""
        lies: BoolArray = rng.random(truths.shape) >= self.truth
        return truths ^ lies

    def share_said(self, share: float) -> float:
        """Return the expected share of "yes" said when ``share`` of all would truly say it."""
        return (1.0 - self.truth) + share * (2.0 * self.truth - 1.0)

    def share_true(self, said: float) -> float:
        """Return the share of true "yes" behind a share ``said``; the inverse of ``share_said``, not clipped."""
        return (said - (1.0 - self.truth)) / (2.0 * self.truth - 1.0)

    def corrected(self, n_yes: int, n_said: int, *, confidence: float = 0.95) -> SaidYes:
        """Estimate the share of true "yes" from ``n_yes`` of ``n_said`` answers said.

        The interval is the exact one of the share said (Clopper, Pearson), carried back by the law and cut at 0 and 1,
        which cannot lose a true share. It treats those who answered as drawn from many.

        Raises:
            ValueError: If the counts do not fit each other or ``confidence`` is not within (0, 1).
        """
        if not 0 <= n_yes <= n_said:
            raise ValueError(f"n_yes must be within [0, {n_said}], not {n_yes}")
        if not 0.0 < confidence < 1.0:
            raise ValueError(f"confidence must be within (0, 1), not {confidence}")
        low, high = clopper_pearson(n_yes, n_said, confidence=confidence)
        lower, upper = (min(max(self.share_true(float(end)), 0.0), 1.0) for end in (low, high))
        estimate = self.share_true(n_yes / n_said) if n_said else None
        return SaidYes(estimate=estimate, lower=lower, upper=upper, confidence=confidence)
