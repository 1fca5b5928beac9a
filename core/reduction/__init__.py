"""Fewer dimensions: exact and private projections, and the plane that points are drawn on."""
