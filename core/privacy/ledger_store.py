"""What keeps ledgers beyond a session, as ``core`` and ``ui`` see it: they know no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class LedgerStoreError(RuntimeError):
    """The store of ledgers could not be read or written; nothing was charged that is not on disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCharge:
    """One charge as it is kept: its price, and nothing about the people or what was asked of them.

    Attributes:
        submission: Random name; the same one sent twice is one charge.
        what: Kind of release, such as ``"release"`` or ``"products"``.
        epsilon: Privacy loss declared.
        loss: What counts against the cap: the declared ε, or what was composed should that ever be more.
        when: When it was charged.
    """

    submission: str
    what: str
    epsilon: float
    loss: float
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerState:
    """A kept ledger as it was when it was read.

    Attributes:
        cap: Its cap; None while neither a cap was set nor anything charged.
        charges: What was charged, oldest first.
    """

    cap: float | None = None
    charges: tuple[KeptCharge, ...] = ()


class LedgerStore(Protocol):
    """Ledgers on disk, shared by all processes; ``store.ledgers.DatabaseLedgers`` says what each call does.

    A ledger goes by several names, each a keyed hash. Names that were of several ledgers make them one: what was
    charged to any of them counts.

    Every call may raise ``LedgerStoreError``.
    """

    def look(self, names: Sequence[str]) -> LedgerState: ...  # noqa: D102 - see the class
    def charge(self, names: Sequence[str], charge: KeptCharge, *, cap: float) -> LedgerState: ...  # noqa: D102
    def raise_loss(self, names: Sequence[str], submission: str, *, loss: float) -> LedgerState: ...  # noqa: D102
    def set_cap(self, names: Sequence[str], cap: float, *, former: float) -> LedgerState: ...  # noqa: D102
    def restart(self, names: Sequence[str]) -> LedgerState: ...  # noqa: D102
