"""The lab: understand, compare, believe."""

from ui import frame, session
from ui.lab import sections

frame.draw_title("lab")
sections.screen(session.table())
