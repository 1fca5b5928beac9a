"""The scenes: each a module with what it draws on the stage, and its record ``SCENE``."""
