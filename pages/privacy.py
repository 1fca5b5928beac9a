"""Privacy: what was released and at what price, and attacks to try."""

from ui import frame, session
from ui.privacy import sections

frame.draw_title("privacy")
sections.draw(session.table())
