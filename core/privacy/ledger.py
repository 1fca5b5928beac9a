"""The ledger: every privacy loss of one data set, added up and held under a cap."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from types import MappingProxyType


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One release that was charged.

    Attributes:
        what: Kind of release, such as ``"release"`` or ``"products"``.
        epsilon: Privacy loss.
        parameters: Public choices the release was made with.
        key: Names the release, so that serving it again is free; None for one that is never served again.
    """

    what: str
    epsilon: float
    parameters: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    key: str | None = None


class Ledger:
    """Losses of all releases from one data set under basic composition of pure ε-differential privacy (δ = 0).

    Safe to share between threads.

    Args:
        cap: Largest sum of ε, or None where nobody real is in the data.

    Raises:
        ValueError: If ``cap`` is not positive and finite.
    """

    def __init__(self, *, cap: float | None) -> None:
        if cap is not None and not (math.isfinite(cap) and cap > 0):
            raise ValueError(f"cap must be positive and finite or None, not {cap}")
        self._cap = cap
        self._entries: list[Entry] = []
        self._lock = Lock()

    @property
    def cap(self) -> float | None:
        """Largest sum of ε, or None."""
        return self._cap

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was charged, oldest first."""
        with self._lock:
            return tuple(self._entries)

    @property
    def spent(self) -> float:
        """Sum of ε charged so far."""
        return math.fsum(entry.epsilon for entry in self.entries)

    @property
    def remaining(self) -> float:
        """What can still be charged; infinite without a cap."""
        return math.inf if self._cap is None else max(self._cap - self.spent, 0.0)

    def charge(self, what: str, epsilon: float, *, key: str | None = None, **parameters: object) -> Entry:
        """Write down a release before it is drawn.

        Args:
            what: Kind of release.
            epsilon: Its privacy loss; positive and finite.
            key: Names the release; the same kind with the same key was charged before and is free.
            **parameters: Public choices to keep beside it.

        Returns:
            The new entry, or the former one of the same ``what`` and ``key``.

        Raises:
            BudgetExceededError: If the sum would pass the cap; the ledger is unchanged.
            ValueError: If ``epsilon`` is not positive and finite, or differs from what ``key`` was charged with.
        """
        if not (math.isfinite(epsilon) and epsilon > 0):
            raise ValueError(f"epsilon must be positive and finite, not {epsilon}")
        with self._lock:
            former = self._former(what, key)
            if former is None:
                return self._written(
                    Entry(what=what, epsilon=epsilon, parameters=MappingProxyType(dict(parameters)), key=key)
                )
        if former.epsilon != epsilon:
            raise ValueError(f"{what!r} {key!r} was charged with epsilon {former.epsilon:g}, not {epsilon:g}")
        return former

    def _former(self, what: str, key: str | None) -> Entry | None:
        known = (entry for entry in self._entries if key is not None and (entry.what, entry.key) == (what, key))
        return next(known, None)

    def _written(self, entry: Entry) -> Entry:
        losses = [former.epsilon for former in self._entries]
        if self._cap is not None and math.fsum([*losses, entry.epsilon]) > self._cap:
            remaining = max(self._cap - math.fsum(losses), 0.0)
            raise BudgetExceededError(asked=entry.epsilon, remaining=remaining, cap=self._cap)
        self._entries.append(entry)
        return entry
