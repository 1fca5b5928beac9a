"""Fewer dimensions: where to look from, and reductions that are paid for or marked."""
