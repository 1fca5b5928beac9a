"""The recommend page: products for one person, before and after privacy."""
