"""The lab: understand, compare, believe."""

from store.ledgers import ledger_store
from ui import frame, session
from ui.lab import sections
from ui.spending import ledgers

ledgers.keep_in(ledger_store())
frame.draw_title("lab")
sections.screen(session.table())
