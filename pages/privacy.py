"""Privacy: what was released and at what price, and attacks to try."""

from ui import frame, session
from ui.privacy import parts, record
from ui.privacy.attack import guessing_game, membership, reidentification

#: What each part draws; only the open one runs.
DRAW = {
    "ledger": record.screen,
    "without": membership.screen,
    "guess": guessing_game.screen,
    "names": reidentification.screen,
}

frame.draw_title("privacy")
DRAW[parts.choose()](session.table())
