"""The lab: understand, compare, believe."""

from ui import frame

frame.title("lab")
