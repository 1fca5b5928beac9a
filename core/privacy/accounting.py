"""Composition: what the noise calls of a release report, held against the ε that was declared for it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from diffprivlib import BudgetAccountant

from core.privacy.mechanisms import PrivacyEvent
from core.privacy.noise import EPSILON_GRID

#: Part of a declared ε that may be left over by rounding against ourselves.
_ROUNDING = 1e-6


class Verdict(StrEnum):
    """What comparing declared with composed says.

    AGREES: composed is at most declared, and declared up to rounding. MISSING: less was composed, so a noise call was
    left out or a share was not spent. OVERSPENT: more was composed. OPEN: nothing was reported yet.
    """

    AGREES = "agrees"
    MISSING = "missing"
    OVERSPENT = "overspent"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Charges of one name.

    Attributes:
        name: What was asked.
        times: How often.
        epsilon: Sum of what it spent.
    """

    name: str
    times: int
    epsilon: float


def composed(charges: Iterable[PrivacyEvent]) -> float:
    """Return the loss of all ``charges`` together: their sum (sequential composition, δ = 0)."""
    return math.fsum(charge.epsilon for charge in charges)


def accountant_total(charges: Iterable[PrivacyEvent]) -> float:
    """Return the same loss as diffprivlib's accountant computes it: a second opinion by other people's code."""
    spends = [(charge.epsilon, 0.0) for charge in charges]
    return float(BudgetAccountant().total(spent_budget=spends, slack=0.0)[0])


def branches(charges: Iterable[PrivacyEvent]) -> tuple[Branch, ...]:
    """Gather ``charges`` by name, in order of first appearance: the small tree that the ledger draws."""
    by_name: dict[str, list[float]] = {}
    for charge in charges:
        by_name.setdefault(charge.name, []).append(charge.epsilon)
    return tuple(Branch(name=name, times=len(each), epsilon=math.fsum(each)) for name, each in by_name.items())


def verdict(declared: float, charges: Sequence[PrivacyEvent] | None) -> Verdict:
    """Compare a declared ε with the charges of the noise calls, by both sums.

    Rounding against ourselves leaves less than one step of the public grid per call, and a part in a million.
    """
    if charges is None:
        return Verdict.OPEN
    ours, theirs = composed(charges), accountant_total(charges)
    # The accountant adds one by one: each addition may be off by a unit in the last place.
    float_error = len(charges) * math.ulp(declared)
    if ours > declared or theirs > declared + float_error:
        return Verdict.OVERSPENT
    left_over = declared * _ROUNDING + len(charges) / EPSILON_GRID
    return Verdict.AGREES if min(ours, theirs) >= declared - left_over else Verdict.MISSING
