"""Privacy: what was released and at what price, and attacks to try."""

from ui import frame, session
from ui.attack import game, linkage, presence
from ui.privacy import parts, record

#: What each part draws; only the open one runs.
DRAW = {"ledger": record.screen, "without": presence.screen, "guess": game.screen, "names": linkage.screen}

frame.title("privacy")
DRAW[parts.choose()](session.table())
