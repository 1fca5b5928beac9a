"""Who protects what from whom, and what the losses so far mean."""

from core.data import Table
from core.privacy.ledger import Ledger
from ui import figures, names
from ui.compare import controls
from ui.markup import show
from ui.spending import offer
from ui.text import phrase

#: Losses above this promise nothing that words could say.
EPSILON_SAID = 12.0
ROLES = ("people", "keeper", "outsider")
TERMS = ("unit", "adjacency", "epsilon", "delta")


def show_summary(table: Table, ledger: Ledger) -> None:
    """Draw the sum of all losses, in figures, words and odds."""
    show(
        "privacy_summary",
        data=names.data(table),
        practice=table.source.is_synthetic,
        spent=figures.epsilon(ledger.spent),
        cap=None if ledger.cap is None else figures.epsilon(ledger.cap),
        remaining=figures.epsilon(ledger.remaining),
        segments=_make_segments(ledger),
        notes=offer.describe_keeping(table),
        words=describe_loss(ledger.spent, nothing=phrase("privacy.nothing")),
    )


def describe_loss(spent: float, *, nothing: str) -> list[str]:
    """Say what a loss of ``spent`` in all means for one person; ``nothing`` where nothing was released."""
    if not spent:
        return [nothing]
    if spent > EPSILON_SAID:
        return [phrase("privacy.beyond")]
    return [controls.describe_epsilon(spent), controls.describe_best_guess(spent)]


def _make_segments(ledger: Ledger) -> list[dict[str, object]]:
    if ledger.cap is None:
        return []
    return [
        {"number": entry.number, "share": round(100 * entry.loss / ledger.cap, 2), "odd": entry.number % 2}
        for entry in ledger.entries
    ]


def show_roles() -> None:
    """Draw who protects what from whom, and the four terms of the promise."""
    show(
        "privacy_roles",
        roles=[(name, *phrase(f"privacy.role_{name}").split("|")) for name in ROLES],
        terms=[(name, *phrase(f"privacy.term_{name}").split("|")) for name in TERMS],
    )
