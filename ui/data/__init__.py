"""The data page: where the people come from, and within which public bounds."""
