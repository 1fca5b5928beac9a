"""Randomised response: local differential privacy for one yes-or-no answer.

Two fair coins give ``truth`` = 3/4: if the first shows heads, the true answer is sent; if tails, the second coin
decides between "yes" and "no". The phone flips them, so the server only ever sees randomised answers.
"""

import math
from dataclasses import dataclass

import numpy as np

from core.arrays import BoolArray
from core.metrics.binomial import clopper_pearson

#: Two fair coins: the truth with 1/2, and otherwise the second coin, which agrees with it with 1/2.
TRUTH_OF_TWO_COINS = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareEstimate:
    """The share of true "yes", estimated from randomised answers.

    Attributes:
        estimate: Unbiased estimate; below 0 or above 1 where the coins fell so. None without answers.
        lower: Lower end of the interval, within [0, 1].
        upper: Upper end, within [0, 1].
    """

    estimate: float | None
    lower: float
    upper: float

    @property
    def clipped(self) -> float | None:
        """The estimate clipped to [0, 1]."""
        return None if self.estimate is None else min(max(self.estimate, 0.0), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomisedResponse:
    """The mechanism that sends a true "yes" or "no" as it is, or the other one.

    One person's answer, the only input, may change from "no" to "yes"; each is sent with ``truth`` or 1 - ``truth``, so
    probabilities change by the factor truth/(1 - truth) at most: ε = ln(truth/(1 - truth)), δ = 0. Nobody is trusted
    with the true answer (local model). That somebody answered at all is visible.

    Attributes:
        truth: Probability that the answer sent is the true one; above 1/2, below 1.

    References:
        Warner (1965), "Randomized response: a survey technique for eliminating evasive answer bias".
    """

    truth: float = TRUTH_OF_TWO_COINS

    def __post_init__(self) -> None:
        if not 0.5 < self.truth < 1.0:  # noqa: PLR2004 - a fair coin alone says nothing
            raise ValueError(f"truth must be above 1/2 and below 1, not {self.truth}")

    @property
    def epsilon(self) -> float:
        """Privacy loss of one answer, once sent."""
        return math.log(self.truth / (1.0 - self.truth))

    def randomise(self, truths: BoolArray, *, rng: np.random.Generator) -> BoolArray:
        """Randomise each of ``truths`` independently; for simulations: real answers are randomised on phones."""
        lies: BoolArray = rng.random(truths.shape) >= self.truth
        return truths ^ lies

    def true_share(self, sent: float) -> float:
        """Return the share of true "yes" for which ``sent`` is the expected share of "yes" sent; not clipped."""
        return (sent - (1.0 - self.truth)) / (2.0 * self.truth - 1.0)

    def estimate_share(self, n_yes: int, n_answers: int, *, confidence: float = 0.95) -> ShareEstimate:
        """Estimate the share of true "yes" from ``n_yes`` of ``n_answers`` randomised answers.

        The interval is the exact one of the share sent (Clopper, Pearson), mapped by ``true_share`` and clipped to
        [0, 1], which cannot lose a true share. It treats those who answered as drawn from many.

        Raises:
            ValueError: If the counts do not fit each other or ``confidence`` is not within (0, 1).
        """
        if not 0 <= n_yes <= n_answers:
            raise ValueError(f"n_yes must be within [0, {n_answers}], not {n_yes}")
        if not 0.0 < confidence < 1.0:
            raise ValueError(f"confidence must be within (0, 1), not {confidence}")
        low, high = clopper_pearson(n_yes, n_answers, confidence=confidence)
        lower, upper = (min(max(self.true_share(float(end)), 0.0), 1.0) for end in (low, high))
        estimate = self.true_share(n_yes / n_answers) if n_answers else None
        return ShareEstimate(estimate=estimate, lower=lower, upper=upper)
