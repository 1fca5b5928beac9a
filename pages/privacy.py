"""Privacy: what was released and at what price, and attacks to try."""

from store.ledgers import ledger_store
from ui import frame, session
from ui.privacy import sections
from ui.spending import ledgers

ledgers.keep_in(ledger_store())
frame.draw_title("privacy")
sections.draw(session.table())
