"""Clusterings iteration by iteration, for showing; synthetic data only."""
