"""Clusterings of points in the public box [-1, 1]^d: plain, private, and how two of them correspond."""

from core.clustering.estimator import PrivateKMeans
from core.clustering.kmeans import MINIBATCH_ABOVE, PlainEngine, nonprivate_clustering
from core.clustering.lloyd.estimator import DPLloyd, release_lloyd
from core.clustering.lloyd.release import LloydRelease
from core.clustering.matching import Matching, match_clusters
from core.clustering.synopsis.release import release_synopsis
from core.clustering.synopsis.synopsis import Synopsis
from core.clustering.types import Clustering, Release, WeightedPoints

__all__ = [
    "MINIBATCH_ABOVE",
    "Clustering",
    "DPLloyd",
    "LloydRelease",
    "Matching",
    "PlainEngine",
    "PrivateKMeans",
    "Release",
    "Synopsis",
    "WeightedPoints",
    "match_clusters",
    "nonprivate_clustering",
    "release_lloyd",
    "release_synopsis",
]
