"""Clusterings of points in the public box [-1, 1]^d: plain, private, and how two of them correspond."""
