"""The synopsis: a private weighted coreset of the people, to be clustered for any k, free."""

import json
import math
from dataclasses import asdict, dataclass

import numpy as np
from sklearn.metrics import pairwise_distances_argmin

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.synopsis.budget import Mode, SynopsisBudget
from core.clustering.synopsis.exploration import Exploration, explore
from core.clustering.synopsis.rounding import POINT_GRID, from_whole_numbers, to_whole_numbers
from core.clustering.types import Clustering, WeightedPoints
from core.clustering.weighted_kmeans import weighted_kmeans
from core.privacy.mechanisms import ADJACENCY, PrivacyEvent, charges_from_list, charges_to_list
from core.threads import one_thread

_FORMAT = 2
#: Distance between centres that share one point, in box units, unless very many do.
_NUDGE = 2.0**-8
#: Noise in the weights above this share of the people drowns them.
_DROWNED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Synopsis:
    """Weighted points that stand for the people, nothing exact. A ``Release``; in the literature a private coreset.

    Attributes:
        epsilon: Privacy loss declared, under adding or removing one person; δ = 0.
        budget: Named shares of ``epsilon``.
        charges: What each query spent, in order, as noted when its noise was drawn.
        mode: How the people were looked for.
        n_clusters_served: Largest number of clusters that it was made to serve well.
        noisy_people: Noisy number of people, at least 1.
        noise_share: Noise expected in the weights, as a share of the noisy people; 1 if it is a lone mean.
        is_private: Whether nobody knows the noise.
        micro_clusters: The points and noisy weights that are clustered.
        cells: The cells that stood out of the noisy histogram, heaviest first.
        axes: Orthonormal directions that the cells were cut along, of shape ``(n_features, n_axes)``.
    """

    epsilon: float
    budget: SynopsisBudget
    charges: tuple[PrivacyEvent, ...]
    mode: Mode
    n_clusters_served: int
    noisy_people: float
    noise_share: float
    is_private: bool
    micro_clusters: WeightedPoints
    cells: WeightedPoints
    axes: FloatArray

    @property
    def clusters_any_k(self) -> bool:
        """Another k is free: True."""
        return True

    @property
    def n_features(self) -> int:
        """Number of features of a point."""
        return int(self.micro_clusters.points.shape[1])

    @property
    def is_mostly_noise(self) -> bool:
        """Whether the result is mostly noise, judged by public and noisy values only."""
        return self.noise_share > _DROWNED

    def people_margin(self, share: float) -> float:
        """Return about the half-width of the 95 % interval of the noise in a group of ``share`` of the people.

        The noise of the weights is spread evenly over the micro-clusters, of which the group holds its share.
        """
        return 1.96 * self.noise_share * self.noisy_people * math.sqrt(share)

    def cluster(self, n_clusters: int) -> Clustering:
        """Return ``n_clusters`` distinct centres inside the box; the same for the same synopsis.

        Raises:
            ValueError: If ``n_clusters`` is not positive.
        """
        if n_clusters < 1:
            raise ValueError(f"n_clusters must be at least 1, not {n_clusters}")
        points, weights = self.micro_clusters.points, self.micro_clusters.weights
        with one_thread():
            centers = weighted_kmeans(points, weights, n_clusters=n_clusters)
            nearest = pairwise_distances_argmin(points, centers)
        per_cluster = np.bincount(nearest, weights, n_clusters).astype(np.float64)
        heaviest = centers[int(np.argmax(per_cluster))]
        # Points on a public grid: one of them may lie a whole number of steps beside the heaviest.
        beside = _points_beside(heaviest, n_clusters)
        is_taken = (beside[:, np.newaxis] == centers).all(axis=2).any(axis=1)
        centers = np.concatenate([centers, beside[~is_taken][: n_clusters - centers.shape[0]]])
        return Clustering(centers=np.clip(centers, -1.0, 1.0), weights=per_cluster)

    def explore(self, n_clusters_max: int) -> tuple[Exploration, ...]:
        """Return elbow and silhouette of the synopsis for 2, 3, … clusters, at most ``n_clusters_max``.

        It stops at half as many clusters as there are micro-clusters, see ``explore``.
        """
        return explore(self.micro_clusters, self._labels, n_clusters_max=n_clusters_max)

    def _labels(self, n_clusters: int) -> IntArray:
        labels: IntArray = pairwise_distances_argmin(self.micro_clusters.points, self.cluster(n_clusters).centers)
        return labels

    def to_json(self) -> str:
        """Return the synopsis as text, without loss: points and weights are whole numbers on their public grids."""
        return json.dumps(
            {
                "format": _FORMAT,
                "adjacency": ADJACENCY,
                "delta": 0,
                "bounds": [-1, 1],
                "epsilon": self.epsilon,
                "budget": asdict(self.budget),
                "charges": charges_to_list(self.charges),
                "mode": self.mode.value,
                "n_clusters_served": self.n_clusters_served,
                "noisy_people": self.noisy_people,
                "noise_share": self.noise_share,
                "is_private": self.is_private,
                "micro_clusters": to_whole_numbers(self.micro_clusters),
                "cells": to_whole_numbers(self.cells),
                "axes": np.rint(self.axes * POINT_GRID).astype(int).tolist(),
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> "Synopsis":
        """Return the synopsis that ``to_json`` wrote.

        Raises:
            ValueError: If the text is of another format.
        """
        parts = json.loads(text)
        if parts.get("format") != _FORMAT:
            raise ValueError(f"synopsis format must be {_FORMAT}, not {parts.get('format')}")
        return cls(
            epsilon=parts["epsilon"],
            budget=SynopsisBudget(**parts["budget"]),
            charges=charges_from_list(parts["charges"]),
            mode=Mode(parts["mode"]),
            n_clusters_served=parts["n_clusters_served"],
            noisy_people=parts["noisy_people"],
            noise_share=parts["noise_share"],
            is_private=parts["is_private"],
            micro_clusters=from_whole_numbers(parts["micro_clusters"]),
            cells=from_whole_numbers(parts["cells"]),
            axes=read_only(np.asarray(parts["axes"], dtype=np.float64) / POINT_GRID),
        )


def _points_beside(point: FloatArray, n_more: int) -> FloatArray:
    """Return ``n_more`` different points in the box near ``point``, along one axis after the other."""
    n_features = point.size
    nudge = min(_NUDGE, 1.0 / (n_more + 1))
    more = np.tile(point, (n_more, 1))
    for j in range(n_more):
        step = nudge * (1 + j // n_features)
        axis = j % n_features
        more[j, axis] += -step if point[axis] + step > 1.0 else step
    return more
