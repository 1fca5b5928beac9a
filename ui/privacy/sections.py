"""The sections of the privacy page; only the open one runs, and a link restores it."""

from core.data import Table
from ui import choices
from ui.privacy import overview
from ui.privacy.attack import guessing_game, membership, reidentification
from ui.settings import PRIVACY_PARTS

#: What each section draws.
DRAW = {
    "ledger": overview.draw,
    "without": membership.draw,
    "guess": guessing_game.draw,
    "names": reidentification.draw,
}


def draw(table: Table) -> None:
    """Draw the choice of a section, and the one that is open."""
    DRAW[choices.draw_segments("privacy.part", PRIVACY_PARTS, label_visibility="collapsed")](table)
