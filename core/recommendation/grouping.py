"""Coarse groups of people that one product table is counted by, and how they make up the clusters of any k."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.types import Clustering, Release
from core.clustering.weighted_kmeans import weighted_kmeans

#: Coarse groups that the micro-clusters are merged to; public. Fewer blur the clusters, more add up more noise.
GROUPS_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grouping:
    """A partition of the people fixed by released values: everybody belongs to the nearest centre.

    Attributes:
        centers: Centres of the groups, of shape ``(n_groups, n_features)``.
        points: Released points that stand for the people, of shape ``(n_points, n_features)``.
        weights: Noisy people at each point, of shape ``(n_points,)``.
        serves_any_k: Whether the groups can be added up to clusters of any k; False if they are the clusters of one.
    """

    centers: FloatArray
    points: FloatArray
    weights: FloatArray
    serves_any_k: bool

    def __post_init__(self) -> None:
        for array in (self.centers, self.points, self.weights):
            read_only(array)

    @classmethod
    def from_release(cls, release: Release, *, n_clusters: int, most: int = GROUPS_MOST) -> "Grouping":
        """Return the groups to count by: one set for every k where the release has points, else those of this k.

        Post-processing, so free; the same for the same release.

        Args:
            release: The release.
            n_clusters: The k on the screen; matters only if the release serves no other.
            most: Largest number of coarse groups; public.
        """
        if not release.clusters_any_k:
            return cls.from_clustering(release.cluster(n_clusters))
        micro = release.micro_clusters
        return cls(
            centers=weighted_kmeans(micro.points, micro.weights, n_clusters=most),
            points=micro.points,
            weights=micro.weights,
            serves_any_k=True,
        )

    @classmethod
    def from_clustering(cls, clustering: Clustering) -> "Grouping":
        """Return the clusters of one k as groups."""
        return cls(
            centers=clustering.centers,
            points=clustering.centers,
            weights=np.ones(clustering.n_clusters),
            serves_any_k=False,
        )

    @property
    def n_groups(self) -> int:
        """Number of groups."""
        return int(self.centers.shape[0])

    def labels(self, points: FloatArray) -> IntArray:
        """Return the group of each person; a function of raw rows, curator only."""
        return Clustering(centers=self.centers, weights=np.zeros(self.n_groups)).assign(points)

    def parts(self, clustering: Clustering) -> FloatArray:
        """Return which part of each group lies in each cluster, by the released points and their noisy weights.

        Returns:
            Shape ``(n_clusters, n_groups)``; each group's parts add up to 1.

        Raises:
            ValueError: If the groups are the clusters of another k.
        """
        if not self.serves_any_k and clustering.n_clusters != self.n_groups:
            raise ValueError(f"a table made for k = {self.n_groups} cannot serve k = {clustering.n_clusters}")
        group_of_point = _nearest(self.points, self.centers)
        cluster_of_point = _nearest(self.points, clustering.centers)
        people = np.zeros((clustering.n_clusters, self.n_groups))
        np.add.at(people, (cluster_of_point, group_of_point), self.weights)
        empty = np.flatnonzero(people.sum(axis=0) <= 0)
        people[_nearest(self.centers, clustering.centers)[empty], empty] = 1.0
        parts: FloatArray = people / people.sum(axis=0)
        return parts


def _nearest(points: FloatArray, centers: FloatArray) -> IntArray:
    # Few points: a plain table of distances is faster than starting threads.
    nearest: IntArray = cdist(points, centers).argmin(axis=1)
    return nearest
