"""Clusterings of points in the public box [-1, 1]^d: plain, private, and how two of them correspond."""

from core.clustering.engine import release_synopsis
from core.clustering.private_kmeans import PrivateKMeans
from core.clustering.synopsis import Synopsis

__all__ = ["PrivateKMeans", "Synopsis", "release_synopsis"]
