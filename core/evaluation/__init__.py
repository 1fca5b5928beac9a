"""Evaluation: how far a private result is from the plain one; exact on raw data, so insider only."""
