"""The first part of the page: the promise, the ledger, and what may be taken along."""

from core.data import Table
from ui import releases
from ui.privacy import book, cap, promise, scale, takeaway


def screen(table: Table) -> None:
    """Draw what is promised to the people of a table and what was released of them; draws no noise."""
    bought = releases.release_store(table)
    ledger = bought.ledger
    promise.show_summary(table, ledger)
    cap.panel(table)
    promise.show_roles()
    book.show_ledger(bought)
    takeaway.show_downloads(table, bought)
    scale.show_scale(table, ledger)
