"""The first section of the page: the promise, the ledger, and what may be taken along."""

from core.data import Table
from ui import releases
from ui.privacy import cap, deployments, downloads, ledger_view, promise


def draw(table: Table) -> None:
    """Draw what is promised to the people of a table and what was released of them; draws no noise."""
    store = releases.release_store(table)
    promise.show_summary(table, store.ledger)
    cap.draw(table)
    promise.show_roles()
    ledger_view.show_ledger(store)
    downloads.show_downloads(table, store)
    deployments.show_scale(table, store.ledger)
