"""Accounting: compose the charges of a release, and check them against the ε that was declared for it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from diffprivlib import BudgetAccountant

from core.privacy.mechanisms import PrivacyEvent
from core.privacy.noise import EPSILON_GRID

#: Part of a declared ε that may be left over by rounding against ourselves.
_ROUNDING = 1e-6


class BudgetCheck(StrEnum):
    """Result of comparing a declared ε with the composed charges.

    AGREES: they add up to the declared ε, up to rounding, and not to more. MISSING: they add up to less, so a charge
    was left out or a share not spent. OVERSPENT: they add up to more. OPEN: nothing was charged yet. ELSEWHERE: another
    session charged it, and knows.
    """

    AGREES = "agrees"
    MISSING = "missing"
    OVERSPENT = "overspent"
    OPEN = "open"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeTotal:
    """Charges of one name together.

    Attributes:
        name: What was asked.
        times: Number of charges.
        epsilon: Sum of their ε.
    """

    name: str
    times: int
    epsilon: float


def compose(charges: Iterable[PrivacyEvent]) -> float:
    """Return the privacy loss of all ``charges`` together: their sum (sequential composition, δ = 0)."""
    return math.fsum(charge.epsilon for charge in charges)


def accountant_total(charges: Iterable[PrivacyEvent]) -> float:
    """Return the same loss by diffprivlib's accountant: an independent implementation."""
    spends = [(charge.epsilon, 0.0) for charge in charges]
    return float(BudgetAccountant().total(spent_budget=spends, slack=0.0)[0])


def total_by_name(charges: Iterable[PrivacyEvent]) -> tuple[ChargeTotal, ...]:
    """Sum ``charges`` by name, in order of first appearance."""
    by_name: dict[str, list[float]] = {}
    for charge in charges:
        by_name.setdefault(charge.name, []).append(charge.epsilon)
    return tuple(ChargeTotal(name=name, times=len(each), epsilon=math.fsum(each)) for name, each in by_name.items())


def check_budget(declared: float, charges: Sequence[PrivacyEvent] | None) -> BudgetCheck:
    """Compare ``declared`` with the sum of ``charges``, by our own sum and by the independent accountant's.

    Rounding down leaves less than one step of the public grid per charge, and a part in a million.
    """
    if charges is None:
        return BudgetCheck.OPEN
    ours, theirs = compose(charges), accountant_total(charges)
    # The accountant adds one by one: each addition may be off by a unit in the last place.
    float_error = len(charges) * math.ulp(declared)
    if ours > declared or theirs > declared + float_error:
        return BudgetCheck.OVERSPENT
    left_over = declared * _ROUNDING + len(charges) / EPSILON_GRID
    return BudgetCheck.AGREES if min(ours, theirs) >= declared - left_over else BudgetCheck.MISSING
