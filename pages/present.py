"""Present: a room, its scenes, and its results on the big screen."""

from ui import frame

frame.title("present")
