"""Survey: a participant's answers, and the room's results."""

from ui import frame

frame.title("survey")
