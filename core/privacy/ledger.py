"""The ledger: every privacy loss of one data set, added up and held under a cap."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from threading import Lock
from types import MappingProxyType

from core.limits import EPSILON_MAX
from core.privacy.accounting import BudgetCheck, check_budget, compose
from core.privacy.cap import CapError, CapProblem, check_cap, check_charge, check_new_cap
from core.privacy.mechanisms import PrivacyEvent
from core.privacy.noise import check_epsilon


class LedgerMode(StrEnum):
    """Whose data the ledger is of.

    SYNTHETIC: nobody real is in the data, losses are shown and never refused. PEOPLE: a cap holds.
    """

    SYNTHETIC = "practice"
    PEOPLE = "people"


class Keeping(StrEnum):
    """How long a ledger is kept, and whose it is.

    SESSION: as long as the session; a reload forgets it. DEVICE: by the store, for the device that spent. INSTALLATION:
    by the store, for all visitors of an installation with one curator.
    """

    SESSION = "session"
    DEVICE = "device"
    INSTALLATION = "installation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One release that was charged: declared when it was reserved, composed when its noise was drawn.

    Attributes:
        what: Kind of release, such as ``"release"`` or ``"products"``.
        epsilon: Privacy loss declared.
        number: Place in the ledger, from 1.
        when: When it was charged, if known.
        parameters: Public choices the release was made with.
        key: Names the release, so that serving it again is free; None for one that is never served again. It may
            contain a fingerprint of the data: not for display.
        charges: What the noise calls of the release report to have spent; None until it is settled.
        submission: Names the charge in the store that keeps it beyond this session, if one does.
        noted_loss: Loss that the session noted which charged it; 0 for charges of this one.
    """

    what: str
    epsilon: float
    number: int = 0
    when: datetime | None = None
    parameters: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    key: str | None = None
    charges: tuple[PrivacyEvent, ...] | None = None
    submission: str | None = None
    noted_loss: float = 0.0

    @property
    def is_elsewhere(self) -> bool:
        """Whether another session charged it: only its kind, price and time are known here."""
        return self.noted_loss > 0

    @property
    def delta(self) -> float:
        """Always 0: every mechanism here is pure ε-differentially private."""
        return 0.0

    @property
    def is_settled(self) -> bool:
        """Whether the noise calls of the release have reported."""
        return self.charges is not None

    @property
    def composed(self) -> float | None:
        """Sum of ε that the noise calls report; None until settled."""
        return None if self.charges is None else compose(self.charges)

    @property
    def loss(self) -> float:
        """What counts against the cap: the declared ε, or what was composed should that ever be more."""
        return max(self.epsilon, self.composed or 0.0, self.noted_loss)


class Ledger:
    """Losses of all releases from one data set under basic composition of pure ε-differential privacy (δ = 0).

    Charge before the noise is drawn, settle after: a crash in between leaves the data set charged, never unpaid.
    Safe to share between threads. The sum is ``math.fsum``, correctly rounded, so that a cap can be spent to its last
    bit; diffprivlib's ``BudgetAccountant`` adds one by one, is not safe to share and keeps no parameters. It is the
    independent implementation in ``check``.

    Args:
        cap: Largest sum of ε, or None for synthetic data.

    Raises:
        CapError: If ``cap`` is not in (0, CAP_MAX].
    """

    def __init__(self, *, cap: float | None) -> None:
        if cap is not None:
            check_cap(cap, spent=0.0)
        self._cap = cap
        self._entries: list[Entry] = []
        self._lock = Lock()

    @property
    def mode(self) -> LedgerMode:
        """Whose data it is."""
        return LedgerMode.SYNTHETIC if self._cap is None else LedgerMode.PEOPLE

    @property
    def cap(self) -> float | None:
        """Largest sum of ε, or None."""
        return self._cap

    @property
    def is_locked(self) -> bool:
        """Whether the cap can no longer be set: something was charged, or there is none."""
        return self.cap is None or bool(self.entries)

    @property
    def keeping(self) -> Keeping:
        """How long it is kept, and whose it is."""
        return Keeping.SESSION

    @property
    def is_kept(self) -> bool:
        """Whether it outlives this session."""
        return self.keeping is not Keeping.SESSION

    @property
    def is_reachable(self) -> bool:
        """Whether it can be read and charged now; a kept one may be out of reach for a while."""
        return True

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was charged, oldest first."""
        with self._lock:
            return tuple(self._entries)

    @property
    def spent(self) -> float:
        """Sum of all losses so far."""
        return math.fsum(entry.loss for entry in self.entries)

    @property
    def remaining(self) -> float:
        """What can still be charged; infinite without a cap."""
        return math.inf if self.cap is None else max(self.cap - self.spent, 0.0)

    def set_cap(self, cap: float) -> None:
        """Set the cap; only before the first release.

        Raises:
            CapError: If the ledger is of synthetic data, ``cap`` is out of range or below what was spent, or something
                was charged already and ``cap`` is another than before.
        """
        with self._lock:
            losses = [entry.loss for entry in self._entries]
            if self._cap is None:
                raise CapError(CapProblem.SYNTHETIC, cap=cap, spent=math.fsum(losses))
            check_new_cap(cap, former=self._cap, losses=losses)
            self._cap = cap

    def can_afford(self, epsilon: float) -> bool:
        """Return whether ``epsilon`` could be charged now; a charge may still be refused if another comes first."""
        return self.cap is None or math.fsum([*(entry.loss for entry in self.entries), epsilon]) <= self.cap

    def charge(
        self, what: str, epsilon: float, *, key: str | None = None, when: datetime | None = None, **parameters: object
    ) -> Entry:
        """Write down a release before it is drawn.

        Args:
            what: Kind of release.
            epsilon: Its privacy loss; positive and at most ``EPSILON_MAX``.
            key: Names the release; the same kind with the same key was charged before and is free.
            when: Time to keep beside it.
            **parameters: Public choices to keep beside it.

        Returns:
            The new entry, or the former one of the same ``what`` and ``key``.

        Raises:
            BudgetExceededError: If the sum would pass the cap; the ledger is unchanged.
            ValueError: If ``epsilon`` is out of range, or differs from what ``key`` was charged with.
        """
        check_epsilon(epsilon)
        if epsilon > EPSILON_MAX:
            raise ValueError(f"epsilon must be at most {EPSILON_MAX:g}, not {epsilon:g}")
        kept = MappingProxyType(dict(parameters))
        with self._lock:
            former = self._find(what, key)
            if former is None:
                return self._append(Entry(what=what, epsilon=epsilon, when=when, parameters=kept, key=key))
        if former.epsilon != epsilon:
            raise ValueError(f"{what!r} {key!r} was charged with epsilon {former.epsilon:g}, not {epsilon:g}")
        return former

    def settle(self, entry: Entry, charges: Iterable[PrivacyEvent]) -> Entry:
        """Attach to ``entry`` what its noise calls report, once its noise was drawn.

        Returns:
            The settled entry; the same for the same charges again.

        Raises:
            ValueError: If the entry is not of this ledger, or was settled with other charges.
        """
        charges = tuple(charges)
        with self._lock:
            index = self._index(entry)
            if index is None:
                raise ValueError(f"entry {entry.number} ({entry.what!r}) is not of this ledger")
            known = self._entries[index]
            if known.charges not in (None, charges):
                raise ValueError(f"entry {entry.number} ({entry.what!r}) was settled with other charges")
            settled = known if known.charges == charges else replace(known, charges=charges)
            self._entries[index] = settled
            return settled

    def check(self, entry: Entry) -> BudgetCheck:
        """Hold the declared ε of ``entry`` against what its noise calls report."""
        if entry.is_elsewhere:
            return BudgetCheck.ELSEWHERE
        current = next((each for each in self.entries if each.number == entry.number), entry)
        return check_budget(current.epsilon, current.charges)

    def _find(self, what: str, key: str | None) -> Entry | None:
        known = (entry for entry in self._entries if key is not None and (entry.what, entry.key) == (what, key))
        return next(known, None)

    def _index(self, entry: Entry) -> int | None:
        """Return where ``entry`` stands among those that were charged here; None for one of another ledger."""
        index = self._position(entry)
        if index is None:
            return None
        known = self._entries[index]
        is_same = (known.what, known.key, known.epsilon) == (entry.what, entry.key, entry.epsilon)
        return index if is_same else None

    def _position(self, entry: Entry) -> int | None:
        return entry.number - 1 if 1 <= entry.number <= len(self._entries) else None

    def _append(self, entry: Entry) -> Entry:
        if self._cap is not None:
            check_charge(entry.epsilon, losses=[former.loss for former in self._entries], cap=self._cap)
        numbered = replace(entry, number=len(self._entries) + 1)
        self._entries.append(numbered)
        return numbered
