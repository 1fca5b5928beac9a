"""Clusterings of points in the public box [-1, 1]^d: plain, private, and how two of them correspond."""

from core.clustering.engine import release_synopsis
from core.clustering.lloyd import DPLloyd, release_lloyd
from core.clustering.lloyd_release import LloydRelease
from core.clustering.match import Matching, match_clusters
from core.clustering.model import Cells, Clustering, Release
from core.clustering.plain import MINIBATCH_ABOVE, PlainEngine, nonprivate_clustering
from core.clustering.private_kmeans import PrivateKMeans
from core.clustering.synopsis import Synopsis

__all__ = [
    "MINIBATCH_ABOVE",
    "Cells",
    "Clustering",
    "DPLloyd",
    "LloydRelease",
    "Matching",
    "PlainEngine",
    "PrivateKMeans",
    "Release",
    "Synopsis",
    "match_clusters",
    "nonprivate_clustering",
    "release_lloyd",
    "release_synopsis",
]
