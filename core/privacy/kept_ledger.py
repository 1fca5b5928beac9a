"""A ledger that outlives its session: every charge is on disk before noise is drawn, and others' charges count."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from core.privacy.cap import CAP_DEFAULT
from core.privacy.ledger import Entry, Keeping, Ledger
from core.privacy.ledger_store import KeptCharge, LedgerState, LedgerStore, LedgerStoreError
from core.privacy.mechanisms import PrivacyEvent

_SUBMISSION_BYTES = 16


def ledger_names(fingerprints: Iterable[str], *, key: bytes, whose: str) -> tuple[str, ...]:
    """Return the names under which a ledger is kept: keyed hashes, which say nothing without the key.

    Args:
        fingerprints: What people are recognised by; see ``core.data.fingerprints``.
        key: The installation's key.
        whose: The device whose ledger it is, or what stands for all visitors of an installation with one curator.
    """
    return tuple(
        hmac.digest(key, f"ledger|{len(whose)}|{whose}|{fingerprint}".encode(), hashlib.sha256).hex()
        for fingerprint in fingerprints
    )


class KeptLedger(Ledger):
    """A ledger of people whose charges a store keeps; sessions, tabs and servers that know its names share it.

    What was released, and within which columns, stays in the session that charged it: the store knows kind, price
    and time. While the store is out of reach the last state is shown, and nothing can be charged.

    Args:
        store: Where charges are kept.
        names: Keyed hashes that the ledger goes by.
        cap: Largest sum of ε, unless another was set.
        keeping: Whether it is a device's or the whole installation's.
    """

    def __init__(
        self, store: LedgerStore, names: tuple[str, ...], *, cap: float = CAP_DEFAULT, keeping: Keeping = Keeping.DEVICE
    ) -> None:
        super().__init__(cap=cap)
        self._default_cap = cap
        self._store = store
        self._names = names
        self._keeping = keeping
        self._state: LedgerState | None = None
        self._is_reachable = True

    @property
    def keeping(self) -> Keeping:
        """By the store, and for whom."""
        return self._keeping

    @property
    def is_reachable(self) -> bool:
        """Whether the store answered when it was last asked."""
        self._look()
        return self._is_reachable

    @property
    def cap(self) -> float | None:
        """Largest sum of ε."""
        return self._look().cap or self._default_cap

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was charged, by whomever, oldest first; of others' charges only kind, price and time are known."""
        state = self._look()
        with self._lock:
            own = {entry.submission: entry for entry in self._entries}
        return tuple(
            _read_entry(charge, number, own.get(charge.submission))
            for number, charge in enumerate(state.charges, start=1)
        )

    def can_afford(self, epsilon: float) -> bool:
        """Return whether ``epsilon`` could be charged now; nothing can while the store is out of reach."""
        return self.is_reachable and super().can_afford(epsilon)

    def set_cap(self, cap: float) -> None:
        """Set the cap; only before the first release, of whomever.

        Raises:
            CapError: As every ledger does.
            LedgerStoreError: If the store is out of reach.
        """
        self._state = self._store.set_cap(self._names, cap, former=self._default_cap)

    def settle(self, entry: Entry, charges: Iterable[PrivacyEvent]) -> Entry:
        """Attach to ``entry`` what its noise calls report; should that be more than declared, it is kept too."""
        settled = super().settle(entry, charges)
        if settled.loss > settled.epsilon and settled.submission is not None:
            self._state = self._store.raise_loss(self._names, settled.submission, loss=settled.loss)
        return settled

    def learn(self, names: Iterable[str]) -> None:
        """Go by more names: what else the same people turn out to be recognised by."""
        self._names = tuple(dict.fromkeys([*self._names, *names]))

    @property
    def names(self) -> tuple[str, ...]:
        """Keyed hashes that the ledger goes by."""
        return self._names

    def restart(self) -> None:
        """Forget every charge. Only for people who are public already, whose ledger is a demonstration."""
        self._state = self._store.restart(self._names)
        with self._lock:
            self._entries.clear()

    def _position(self, entry: Entry) -> int | None:
        own = [known.submission for known in self._entries]
        return own.index(entry.submission) if entry.submission in own else None

    def _append(self, entry: Entry) -> Entry:
        """Keep the charge; when this returns it is on disk, so whatever dies afterwards, it was paid."""
        kept = KeptCharge(
            submission=secrets.token_hex(_SUBMISSION_BYTES),
            what=entry.what,
            epsilon=entry.epsilon,
            loss=entry.epsilon,
            when=entry.when or datetime.now(UTC),
        )
        self._state = self._store.charge(self._names, kept, cap=self._default_cap)
        submissions = [charge.submission for charge in self._state.charges]
        numbered = replace(entry, submission=kept.submission, number=submissions.index(kept.submission) + 1)
        self._entries.append(numbered)
        return numbered

    def _look(self) -> LedgerState:
        try:
            self._state = self._store.look(self._names)
            self._is_reachable = True
        except LedgerStoreError:
            self._is_reachable = False
        return self._state or LedgerState()


def _read_entry(charge: KeptCharge, number: int, own: Entry | None) -> Entry:
    if own is not None:
        return own if own.number == number else replace(own, number=number)
    return Entry(
        what=charge.what,
        epsilon=charge.epsilon,
        number=number,
        when=charge.when,
        submission=charge.submission,
        noted_loss=charge.loss,
    )
