"""Privacy: what was released and at what price, and attacks to try."""

from ui import frame

frame.title("privacy")
