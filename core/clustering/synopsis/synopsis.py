"""The private engine's product: one small synopsis of the people, to be clustered for any k, free."""

import json
import math
from dataclasses import asdict, dataclass

import numpy as np
from sklearn.metrics import pairwise_distances, pairwise_distances_argmin

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.synopsis.budget import Mode, SynopsisBudget
from core.clustering.types import Clustering, WeightedPoints
from core.clustering.weighted_kmeans import weighted_kmeans
from core.privacy.mechanisms import ADJACENCY, PrivacyEvent, charges_from_list, charges_to_list
from core.threads import one_thread

#: Released numbers are multiples of 1/PLACE_GRID (places) and 1/WEIGHT_GRID (people).
PLACE_GRID = 2**15
WEIGHT_GRID = 2**4
_FORMAT = 2
#: Distance between centres that share one place, in box units, unless very many do.
_NUDGE = 2.0**-8
#: Noise in the weights above this share of the people drowns them.
_DROWNED = 0.5
#: Stands for nothing where a logarithm or a quotient would fail.
_INERTIA_LEAST = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """How well the synopsis falls into ``n_clusters`` groups; post-processing, so free.

    Attributes:
        n_clusters: Number of clusters.
        inertia: Weighted sum of squared distances of the micro-clusters to their centres.
        elbow: How much more the last cluster gained than the next would, as logarithms of inertia; large at an elbow.
        silhouette: Weighted mean silhouette of the micro-clusters, in [-1, 1].
    """

    n_clusters: int
    inertia: float
    elbow: float
    silhouette: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Synopsis:
    """Weighted places that stand for the people: all that was bought, nothing exact. A ``Release``.

    Attributes:
        epsilon: Privacy loss declared, under adding or removing one person; δ = 0.
        budget: Named shares of ``epsilon``.
        charges: What each query spent, in order, as noted when its noise was drawn.
        mode: How the people were looked for.
        k_floor: Number of clusters that the synopsis was made to serve well.
        noisy_people: Noisy number of people, at least 1.
        noise_share: Noise expected in the weights, as a share of the noisy people; 1 if only a mean was bought.
        is_private: Whether nobody knows the noise.
        micro_clusters: The places and noisy weights that are clustered.
        cells: The cells that stood out of the noisy histogram, heaviest first.
        axes: Orthonormal directions that the cells were cut along, of shape ``(n_features, n_axes)``.
    """

    epsilon: float
    budget: SynopsisBudget
    charges: tuple[PrivacyEvent, ...]
    mode: Mode
    k_floor: int
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
        """Number of features of a place."""
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
        places, weights = self.micro_clusters.points, self.micro_clusters.weights
        with one_thread():
            centers = weighted_kmeans(places, weights, n_clusters=n_clusters)
            nearest = pairwise_distances_argmin(places, centers)
        per_cluster = np.bincount(nearest, weights, n_clusters).astype(np.float64)
        heaviest = centers[int(np.argmax(per_cluster))]
        centers = np.concatenate([centers, _beside(heaviest, n_clusters - centers.shape[0])])
        return Clustering(centers=np.clip(centers, -1.0, 1.0), weights=per_cluster)

    def explore(self, n_clusters_max: int) -> tuple[Exploration, ...]:
        """Return elbow and silhouette of the synopsis for 2, 3, … clusters, at most ``n_clusters_max``.

        It stops at half as many clusters as there are micro-clusters: beyond, every place becomes its own cluster
        and both measures only tell how few places there are.
        """
        places, weights = self.micro_clusters.points, self.micro_clusters.weights
        distances = pairwise_distances(places)
        most = max(min(n_clusters_max, weights.size // 2), 2)
        labels = [self._labels(n_clusters) for n_clusters in range(1, most + 2)]
        inertias = [_inertia(places, weights, of) for of in labels]
        gains = np.log(np.maximum(inertias[:-1], _INERTIA_LEAST) / np.maximum(inertias[1:], _INERTIA_LEAST))
        return tuple(
            Exploration(
                n_clusters=n_clusters,
                inertia=inertias[n_clusters - 1],
                elbow=float(gains[n_clusters - 2] - gains[n_clusters - 1]),
                silhouette=_silhouette(distances, weights, labels[n_clusters - 1]),
            )
            for n_clusters in range(2, most + 1)
        )

    def suggest_n_clusters(self, n_clusters_max: int) -> int:
        """Return the number of clusters at the sharpest elbow of the synopsis, at least 2."""
        return max(self.explore(n_clusters_max), key=lambda each: each.elbow).n_clusters

    def _labels(self, n_clusters: int) -> IntArray:
        labels: IntArray = pairwise_distances_argmin(self.micro_clusters.points, self.cluster(n_clusters).centers)
        return labels

    def to_json(self) -> str:
        """Return the synopsis as text, without loss: places and weights are whole numbers on their public grids."""
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
                "k_floor": self.k_floor,
                "noisy_people": self.noisy_people,
                "noise_share": self.noise_share,
                "is_private": self.is_private,
                "micro_clusters": _whole(self.micro_clusters),
                "cells": _whole(self.cells),
                "axes": np.rint(self.axes * PLACE_GRID).astype(int).tolist(),
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
            k_floor=parts["k_floor"],
            noisy_people=parts["noisy_people"],
            noise_share=parts["noise_share"],
            is_private=parts["is_private"],
            micro_clusters=_from_whole(parts["micro_clusters"]),
            cells=_from_whole(parts["cells"]),
            axes=read_only(np.asarray(parts["axes"], dtype=np.float64) / PLACE_GRID),
        )


def _inertia(places: FloatArray, weights: FloatArray, labels: IntArray) -> float:
    """Weighted sum of squared distances to the weighted mean of each cluster."""
    member = np.eye(int(labels.max()) + 1)[labels] * weights[:, np.newaxis]
    means = member.T @ places / np.maximum(member.sum(axis=0), _INERTIA_LEAST)[:, np.newaxis]
    return float(weights @ ((places - means[labels]) ** 2).sum(axis=1))


def snapped(places: FloatArray, weights: FloatArray) -> WeightedPoints:
    """Round places and weights to their public grids, merge places that coincide, heaviest first."""
    whole, groups = np.unique(np.rint(places * PLACE_GRID).astype(np.int64), axis=0, return_inverse=True)
    whole_weights = np.maximum(np.rint(weights * WEIGHT_GRID), 1.0)
    merged = np.bincount(groups.ravel(), whole_weights, whole.shape[0])
    order = np.argsort(-merged, kind="stable")
    return WeightedPoints(points=read_only(whole[order] / PLACE_GRID), weights=read_only(merged[order] / WEIGHT_GRID))


def _whole(cells: WeightedPoints) -> dict[str, list[int] | list[list[int]]]:
    return {
        "places": np.rint(cells.points * PLACE_GRID).astype(int).tolist(),
        "weights": np.rint(cells.weights * WEIGHT_GRID).astype(int).tolist(),
    }


def _from_whole(parts: dict[str, list[int] | list[list[int]]]) -> WeightedPoints:
    # Documents exported before the points were called that say "places".
    parts = {"points": parts.get("places", []), **parts}
    return WeightedPoints(
        points=read_only(np.asarray(parts["points"], dtype=np.float64) / PLACE_GRID),
        weights=read_only(np.asarray(parts["weights"], dtype=np.float64) / WEIGHT_GRID),
    )


def _beside(place: FloatArray, n_more: int) -> FloatArray:
    """Return ``n_more`` different places in the box near ``place``, along one axis after the other."""
    n_features = place.size
    nudge = min(_NUDGE, 1.0 / (n_more + 1))
    more = np.tile(place, (n_more, 1))
    for j in range(n_more):
        step = nudge * (1 + j // n_features)
        axis = j % n_features
        more[j, axis] += -step if place[axis] + step > 1.0 else step
    return more


def _silhouette(distances: FloatArray, weights: FloatArray, labels: IntArray) -> float:
    """Weighted mean of (b - a)/max(a, b); a place counts as all its people, so it is near itself."""
    member = np.eye(int(labels.max()) + 1)[labels]
    people = weights @ member
    means = (distances * weights) @ member / np.maximum(people, 1e-12)
    own = means[np.arange(labels.size), labels]
    means[np.arange(labels.size), labels] = np.inf
    means[:, people == 0.0] = np.inf
    nearest_other = means.min(axis=1)
    valid = np.isfinite(nearest_other)
    gains = np.where(valid, nearest_other - own, 0.0) / np.maximum(
        np.maximum(own, np.where(valid, nearest_other, 0.0)), 1e-12
    )
    return float(np.average(gains, weights=weights))
