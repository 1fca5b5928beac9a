"""The results of clustering: centres, weighted points, and what every private engine releases."""

from dataclasses import dataclass
from typing import Protocol

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.exact_assignment import assign_nearest, clip_to_box
from core.privacy.mechanisms import PrivacyEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """Centres in the box and how many people each stands for.

    Attributes:
        centers: Centres, of shape ``(n_clusters, n_features)``, inside [-1, 1]^d.
        weights: People per cluster, of shape ``(n_clusters,)``, non-negative; noisy when the centres are private.
    """

    centers: FloatArray
    weights: FloatArray

    def __post_init__(self) -> None:
        if self.centers.ndim != 2 or self.weights.shape != self.centers.shape[:1]:  # noqa: PLR2004 - clusters × features
            raise ValueError(f"weights of shape {self.weights.shape} do not fit centers of {self.centers.shape}")
        read_only(self.centers)
        read_only(self.weights)

    @property
    def n_clusters(self) -> int:
        """Number of centres."""
        return int(self.centers.shape[0])

    def assign(self, points: FloatArray) -> IntArray:
        """Return the index of the nearest centre of each row, clipped to the box, int32 of shape ``(n_points,)``.

        A function of raw rows when ``points`` are people: curator only. Each label is a function of its own row, so
        that counts by these labels change by one when one person joins.
        """
        return assign_nearest(clip_to_box(points), self.centers)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedPoints:
    """Released points with noisy weights: what an outsider may see instead of people.

    Attributes:
        points: Shape ``(n_points, n_features)``, inside [-1, 1]^d.
        weights: Noisy numbers of people, of shape ``(n_points,)``, non-negative.
    """

    points: FloatArray
    weights: FloatArray


class Release(Protocol):
    """A private release of one data set: immutable, small, holding nothing exact.

    ``epsilon`` is the privacy loss declared, ``charges`` what each of its noise calls spent of it; ``noisy_people``
    estimates n from noisy values only; ``is_private`` is False when the noise came from a known seed.
    ``clusters_any_k`` says whether another k is free. ``cells`` may be shown, ``micro_clusters`` stand for the
    people. ``cluster`` is deterministic post-processing; a release of one k raises ``ValueError`` for any other.
    ``is_mostly_noise`` judges by public and noisy values whether the noise drowns the people. ``people_margin`` is
    about the half-width of the 95 % interval of the noise in a group's number of people, if it holds ``share`` of the
    released weight.
    """

    @property
    def epsilon(self) -> float: ...  # noqa: D102 - see the class
    @property
    def charges(self) -> tuple[PrivacyEvent, ...]: ...  # noqa: D102
    @property
    def noisy_people(self) -> float: ...  # noqa: D102
    @property
    def is_private(self) -> bool: ...  # noqa: D102
    @property
    def clusters_any_k(self) -> bool: ...  # noqa: D102
    @property
    def is_mostly_noise(self) -> bool: ...  # noqa: D102
    @property
    def cells(self) -> WeightedPoints: ...  # noqa: D102
    @property
    def micro_clusters(self) -> WeightedPoints: ...  # noqa: D102
    def cluster(self, n_clusters: int) -> Clustering: ...  # noqa: D102
    def people_margin(self, share: float) -> float: ...  # noqa: D102
    def to_json(self) -> str: ...  # noqa: D102
    @classmethod
    def from_json(cls, text: str) -> "Release": ...  # noqa: D102
