"""Measurements of the whole path: many runs of the same people, each with other noise. Not releases."""
