"""The cap of a ledger: the largest sum of ε for one data set, and why a cap or a charge is refused."""

import math
from collections.abc import Iterable
from enum import StrEnum

#: Cap of a data set of people, until the curator sets another.
CAP_DEFAULT = 10.0
#: A larger cap would promise nothing.
CAP_MAX = 100.0


class BudgetExceededError(ValueError):
    """A charge would pass the cap; nothing was charged.

    Attributes:
        asked: ε of the refused charge.
        remaining: ε that could still be charged.
        cap: Limit of the ledger.
    """

    def __init__(self, *, asked: float, remaining: float, cap: float) -> None:
        super().__init__(f"epsilon {asked:g} exceeds the remaining {remaining:g} of {cap:g}")
        self.asked = asked
        self.remaining = remaining
        self.cap = cap


class CapProblem(StrEnum):
    """Why a cap was refused."""

    OUT_OF_RANGE = "out_of_range"
    BELOW_SPENT = "below_spent"
    LOCKED = "locked"
    SYNTHETIC = "practice"


class CapError(ValueError):
    """A cap was refused; the ledger is unchanged.

    Attributes:
        problem: Why.
        cap: The refused cap.
        spent: ε charged so far.
    """

    def __init__(self, problem: CapProblem, *, cap: float, spent: float) -> None:
        super().__init__(_CAP_REFUSALS[problem].format(cap=cap, spent=spent, limit=CAP_MAX))
        self.problem = problem
        self.cap = cap
        self.spent = spent


_CAP_REFUSALS = {
    CapProblem.OUT_OF_RANGE: "cap must be positive and at most {limit:g}, not {cap}",
    CapProblem.BELOW_SPENT: "cap {cap:g} is below the {spent:g} that was spent",
    CapProblem.LOCKED: "cap cannot become {cap:g}: it was locked by the first release",
    CapProblem.SYNTHETIC: "cap {cap:g} has no meaning for synthetic data",
}


def check_cap(cap: float, *, spent: float) -> None:
    """Raise ``CapError`` unless ``cap`` is in (0, CAP_MAX] and covers the ε that was spent."""
    if not (math.isfinite(cap) and 0 < cap <= CAP_MAX):
        raise CapError(CapProblem.OUT_OF_RANGE, cap=cap, spent=spent)
    if cap < spent:
        raise CapError(CapProblem.BELOW_SPENT, cap=cap, spent=spent)


def check_charge(epsilon: float, *, losses: Iterable[float], cap: float) -> None:
    """Raise ``BudgetExceededError`` if ``epsilon`` and all ``losses`` before it pass ``cap``."""
    before = list(losses)
    if math.fsum([*before, epsilon]) > cap:
        raise BudgetExceededError(asked=epsilon, remaining=max(cap - math.fsum(before), 0.0), cap=cap)


def check_new_cap(cap: float, *, former: float, losses: Iterable[float]) -> None:
    """Raise ``CapError`` unless ``cap`` may take the place of ``former`` after these ``losses``.

    The first loss locks a cap: what it allowed was promised to somebody.
    """
    before = list(losses)
    spent = math.fsum(before)
    check_cap(cap, spent=spent)
    if before and cap != former:
        raise CapError(CapProblem.LOCKED, cap=cap, spent=spent)
