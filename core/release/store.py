"""What was bought from one data set: drawn once, kept, and served again for free."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Protocol, TypeVar, cast, runtime_checkable

from core.clustering.lloyd.release import LloydRelease
from core.privacy.ledger import Entry, Ledger
from core.privacy.mechanisms import Charge


@runtime_checkable
class Itemised(Protocol):
    """A release that noted what each of its noise calls spent."""

    @property
    def charges(self) -> tuple[Charge, ...]: ...  # noqa: D102 - see the class


Bought = TypeVar("Bought", bound=Itemised | LloydRelease)


def charges_of(release: Itemised | LloydRelease) -> tuple[Charge, ...]:
    """Return what each noise call of ``release`` spent, in order.

    Private Lloyd draws counts and sums once a step, whatever the data. Its integer noise is drawn at these values
    rounded down to the public grid, so they never say too little.

    Raises:
        TypeError: If the release does not tell.
    """
    if isinstance(release, Itemised):
        return tuple(release.charges)
    if isinstance(release, LloydRelease):
        step = (
            Charge(name="counts", epsilon=release.budget.counts),
            Charge(name="sums", epsilon=release.budget.sums),
        )
        return step * release.budget.n_steps
    raise TypeError(f"{type(release).__name__} does not tell what it spent")


class Releases:
    """Releases of one data set, paid from its ledger.

    Two threads that ask for the same release at once get the same noise: drawing it twice would spend twice what the
    ledger says.

    Args:
        ledger: Ledger of the data set.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._kept: dict[tuple[str, str], object] = {}
        self._served_again = 0
        self._lock = Lock()

    def __contains__(self, named: tuple[str, str]) -> bool:
        return named in self._kept

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def served_again(self) -> int:
        """How often a kept release was asked for again: each time free."""
        return self._served_again

    def of(self, entry: Entry) -> object | None:
        """Return what ``entry`` of the ledger paid for; None if its noise was not drawn."""
        return None if entry.key is None else self._kept.get((entry.what, entry.key))

    def serve(
        self,
        what: str,
        epsilon: float,
        *,
        key: str,
        draw: Callable[[], Bought],
        when: datetime | None = None,
        is_look: bool = True,
        **parameters: object,
    ) -> Bought:
        """Return the release named by ``what`` and ``key``: kept and free, or charged, drawn and settled.

        A draw that fails leaves its charge in the ledger; asking again draws under that charge, since nothing was
        shown before.

        Args:
            what: Kind of release.
            epsilon: Its privacy loss.
            key: Names the release.
            draw: Draws its noise.
            when: Time to keep in the ledger.
            is_look: Whether somebody asked; False where a page only draws again what was just bought.
            **parameters: Public choices to keep in the ledger.

        Raises:
            BudgetExceededError: If the charge would pass the cap; nothing is drawn.
        """
        with self._lock:
            if (what, key) not in self._kept:
                entry = self.ledger.charge(what, epsilon, key=key, when=when, **parameters)
                bought = draw()
                self.ledger.settle(entry, charges_of(bought))
                self._kept[what, key] = bought
            elif is_look:
                self._served_again += 1
            return cast("Bought", self._kept[what, key])
