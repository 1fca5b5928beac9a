"""A projection from many columns to few dimensions and back, exact or released."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from core.arrays import FloatArray, read_only
from core.clustering.exact_assignment import clip_to_box, project
from core.clustering.types import Clustering
from core.privacy.mechanisms import PrivacyEvent, charges_from_list, charges_to_list

#: Most dimensions to reduce to.
DIMENSIONS_MAX = 5


class ReductionMethod(StrEnum):
    """How directions are chosen: by spread around the mean (PCA) or around the middle of the box (SVD)."""

    PCA = "pca"
    SVD = "svd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Directions of the box, and the scale that fits what is seen along them into a smaller box.

    Attributes:
        method: How the directions were chosen.
        directions: Orthonormal directions, of shape ``(n_dimensions, n_features)``, the widest spread first.
        center: Point of the box that becomes the middle, of shape ``(n_features,)``.
        scale: Distance from the centre that becomes 1; the same for all directions, so that distances keep their order.
        explained_variance: Mean square along each direction, of shape ``(n_dimensions,)``; non-negative.
        total_variance: Mean square along all directions of the box.
        noise_variance: Size of the noise in such a mean square; 0 for a nonprivate projection. What lies below it says
            nothing of the people.
        epsilon: Privacy loss declared, under adding or removing one person (δ = 0); 0 for a nonprivate projection.
        charges: What each noise call spent.
        is_private: Whether noise that nobody knows was added. False also for every nonprivate projection.
        is_insider: Whether it was computed exactly from raw rows, outside any guarantee.
    """

    method: ReductionMethod
    directions: FloatArray
    center: FloatArray
    scale: float
    explained_variance: FloatArray
    total_variance: float
    noise_variance: float = 0.0
    epsilon: float = 0.0
    charges: tuple[PrivacyEvent, ...] = ()
    is_private: bool = False
    is_insider: bool = False

    def __post_init__(self) -> None:
        if self.directions.shape[1:] != self.center.shape or len(self.directions) != len(self.explained_variance):
            raise ValueError(f"directions of shape {self.directions.shape} do not fit center {self.center.shape}")
        for array in (self.directions, self.center, self.explained_variance):
            read_only(array)

    @property
    def n_dimensions(self) -> int:
        """Number of dimensions after reduction."""
        return int(self.directions.shape[0])

    @property
    def explained_share(self) -> FloatArray:
        """Part of the total variance along each direction, of shape ``(n_dimensions,)``; adds up to at most 1."""
        total = max(self.total_variance, float(self.explained_variance.sum()))
        share: FloatArray = self.explained_variance / total if total > 0 else np.zeros_like(self.explained_variance)
        return share

    @property
    def is_mostly_noise(self) -> bool:
        """Whether even along the first direction the noise is more than half of what is seen."""
        return float(self.explained_variance[0]) < 2.0 * self.noise_variance

    def reduce(self, points: FloatArray) -> FloatArray:
        """Return ``points``, clipped to the box, in the reduced box [-1, 1]^q, clipped to it too; keeps the float type.

        Each row is a function of itself and the projection: private people stay people, to be clustered privately.
        """
        offsets = project(clip_to_box(points), self.directions).T - project(self.center[np.newaxis], self.directions).T
        return np.clip(offsets / self.scale, -1.0, 1.0).astype(points.dtype)

    def lift(self, centers: FloatArray) -> FloatArray:
        """Return points of the reduced box in the original one, of shape ``(n_centers, n_features)``, clipped to it."""
        lifted: FloatArray = np.clip(self.center + self.scale * centers @ self.directions, -1.0, 1.0)
        return lifted

    def lift_clustering(self, clustering: Clustering) -> Clustering:
        """Return a clustering of reduced people with its centres in the original box."""
        return Clustering(centers=self.lift(clustering.centers), weights=clustering.weights.copy())

    def to_dict(self) -> dict[str, object]:
        """Return a released projection as plain values for JSON, without loss."""
        return {
            "method": str(self.method),
            "directions": self.directions.tolist(),
            "center": self.center.tolist(),
            "scale": self.scale,
            "explained_variance": self.explained_variance.tolist(),
            "total_variance": self.total_variance,
            "noise_variance": self.noise_variance,
            "epsilon": self.epsilon,
            "charges": charges_to_list(self.charges),
            "is_private": self.is_private,
        }

    @classmethod
    def from_dict(cls, parts: dict[str, Any]) -> "Projection":
        """Return the projection that ``to_dict`` described."""
        arrays = {
            name: np.asarray(parts[name], dtype=np.float64) for name in ("directions", "center", "explained_variance")
        }
        charges = charges_from_list(parts["charges"])
        return cls(**{**parts, **arrays, "method": ReductionMethod(parts["method"]), "charges": charges})


def check_dimensions(n_dimensions: int, n_features: int) -> None:
    """Raise ``ValueError`` unless there are as many features as dimensions, and not too many."""
    most = min(DIMENSIONS_MAX, n_features)
    if not 1 <= n_dimensions <= most:
        raise ValueError(f"n_dimensions must be between 1 and {most}, not {n_dimensions}")


def fix_signs(directions: FloatArray) -> FloatArray:
    """Turn each direction so that its largest loading is positive: the same picture on every machine."""
    largest = np.take_along_axis(directions, np.abs(directions).argmax(axis=1)[:, np.newaxis], axis=1)
    faced: FloatArray = directions * np.where(largest < 0, -1.0, 1.0)
    return faced


def farthest_reach(directions: FloatArray, center: FloatArray) -> float:
    """Return how far any point of the box can lie from ``center`` along one of ``directions``: public.

    Along v the box spans Σ|vⱼ| to both sides of its middle, and ``center`` is ⟨v, center⟩ from it.
    """
    return float((np.abs(directions).sum(axis=1) + np.abs(directions @ center)).max())


def complete_basis(directions: FloatArray, n_dimensions: int) -> FloatArray:
    """Add directions at right angles to the given ones until there are ``n_dimensions``."""
    if len(directions) >= n_dimensions:
        return directions
    n_features = directions.shape[1]
    # The first columns of a full QR factor span the rows given; the others are at right angles to them.
    factor, _ = np.linalg.qr(directions.T, mode="complete") if len(directions) else (np.eye(n_features), None)
    return np.concatenate([directions, factor.T[len(directions) : n_dimensions]])
