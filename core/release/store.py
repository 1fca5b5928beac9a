"""Releases of one data set: drawn once, kept, and got again for free."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Protocol, TypeVar, cast

from core.privacy.ledger import Entry, Ledger
from core.privacy.mechanisms import PrivacyEvent


class Charged(Protocol):
    """A release that says what each of its noise calls spent."""

    @property
    def charges(self) -> tuple[PrivacyEvent, ...]: ...  # noqa: D102 - see the class


Released = TypeVar("Released", bound=Charged)


class ReleaseStore:
    """Releases of one data set, charged to its ledger.

    Two threads that ask for the same release at once get the same noise: drawing it twice would spend twice what the
    ledger says.

    Args:
        ledger: Ledger of the data set.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._kept: dict[tuple[str, str], object] = {}
        self._n_cache_hits = 0
        self._lock = Lock()

    def __contains__(self, named: tuple[str, str]) -> bool:
        return named in self._kept

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def n_cache_hits(self) -> int:
        """How often a kept release was asked for again: each time free."""
        return self._n_cache_hits

    def find(self, entry: Entry) -> object | None:
        """Return what ``entry`` of the ledger paid for; None if its noise was not drawn."""
        return None if entry.key is None else self._kept.get((entry.what, entry.key))

    def get_or_release(
        self,
        what: str,
        epsilon: float,
        *,
        key: str,
        draw: Callable[[], Released],
        when: datetime | None = None,
        counts_as_view: bool = True,
        **parameters: object,
    ) -> Released:
        """Return the release named by ``what`` and ``key``: kept and free, or charged, drawn and settled.

        A draw that fails leaves its charge in the ledger; asking again draws under that charge, since nothing was
        shown before.

        Args:
            what: Kind of release.
            epsilon: Its privacy loss.
            key: Names the release.
            draw: Draws its noise.
            when: Time to keep in the ledger.
            counts_as_view: Whether somebody asked; False where a page only draws again what was just released.
            **parameters: Public choices to keep in the ledger.

        Raises:
            BudgetExceededError: If the charge would pass the cap; nothing is drawn.
        """
        with self._lock:
            if (what, key) not in self._kept:
                entry = self.ledger.charge(what, epsilon, key=key, when=when, **parameters)
                released = draw()
                self.ledger.settle(entry, released.charges)
                self._kept[what, key] = released
            elif counts_as_view:
                self._n_cache_hits += 1
            return cast("Released", self._kept[what, key])
