"""Attacks on what is shown, and what ε allows them at most."""
