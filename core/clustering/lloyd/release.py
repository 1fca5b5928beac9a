"""The release of private Lloyd: one ε shared out among steps, and noisy centres."""

import json
from dataclasses import asdict, dataclass

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.types import Clustering, WeightedPoints
from core.privacy.mechanisms import ADJACENCY, Mechanism, PrivacyEvent

#: Grid units per 1.0: values are whole numbers of units before they are summed, so that sums and labels are exact.
GRID = 2**14
#: Lloyd steps; public. Reading them from the number of people, as the original does, would release that number.
STEPS = 5
#: Typical coordinate of a centre as a share of the range; balances sums against counts.
COORDINATE_SPREAD = 0.225
_FORMAT = 1

# Covers the rounding of every later sum, product and quotient of shares: float error may only under-spend.
_MARGIN = 1.0 - 2.0**-48


@dataclass(frozen=True, slots=True, kw_only=True)
class LloydBudget:
    """How one ε is shared among the steps, and within a step among counts and sums.

    Attributes:
        n_steps: Number of steps.
        n_features: Number of features d.
        counts: ε of one step's counts; one person changes them by 1.
        sums: ε of one step's sums; one person changes them by d·B, where B = 1 is half the range of the box.
    """

    n_steps: int
    n_features: int
    counts: float
    sums: float

    @classmethod
    def split(cls, epsilon: float, *, n_features: int, n_steps: int = STEPS) -> "LloydBudget":
        """Share ``epsilon`` evenly among steps, and counts : sums = ∛(4dρ²) : d within each.

        Raises:
            ValueError: If ``epsilon`` is not positive and finite, or another argument not positive.

        References:
            Su, Cao, Li, Bertino, Jin (2016), "Differentially private k-means clustering", section 3.
        """
        if not (np.isfinite(epsilon) and epsilon > 0):
            raise ValueError(f"epsilon must be positive and finite, not {epsilon}")
        if n_features < 1 or n_steps < 1:
            raise ValueError(f"n_features and n_steps must be at least 1, not {n_features} and {n_steps}")
        count_weight = float(np.cbrt(4.0 * n_features * COORDINATE_SPREAD**2))
        unit = _MARGIN * epsilon / n_steps / (n_features + count_weight)
        return cls(n_steps=n_steps, n_features=n_features, counts=count_weight * unit, sums=n_features * unit)

    @property
    def total(self) -> float:
        """Loss of all steps together; never above the ε that was split."""
        return self.n_steps * (self.counts + self.sums)

    @property
    def sums_sensitivity(self) -> int:
        """Grid units that one person moves all coordinates of a sum by, together."""
        return self.n_features * GRID

    @property
    def sum_noise(self) -> float:
        """Standard deviation of the noise on one coordinate of a sum, in box units."""
        return float(np.sqrt(2.0)) * self.n_features / self.sums

    @property
    def count_noise(self) -> float:
        """Standard deviation of the noise on one count, not below that of large ε."""
        return float(np.sqrt(2.0)) / self.counts


@dataclass(frozen=True, slots=True, kw_only=True)
class LloydRelease:
    """One set of centres with noisy counts, for one k. See ``Release``.

    Attributes:
        centers: Released centres, of shape ``(n_clusters, n_features)``, on the grid inside [-1, 1]^d.
        noisy_counts: Noisy people per cluster in the last step, of shape ``(n_clusters,)``; may be negative.
        noisy_people: Estimate of the number of people: the mean of all steps' noisy totals, not below 0.
        epsilon: Privacy loss charged.
        budget: Named shares of it.
        is_private: Whether nobody knows the seed of the noise.
    """

    centers: FloatArray
    noisy_counts: IntArray
    noisy_people: float
    epsilon: float
    budget: LloydBudget
    is_private: bool

    def __post_init__(self) -> None:
        read_only(self.centers)
        read_only(self.noisy_counts)

    @property
    def n_clusters(self) -> int:
        """Number of centres."""
        return int(self.centers.shape[0])

    @property
    def charges(self) -> tuple[PrivacyEvent, ...]:
        """What each noise call spent, in order: counts and sums once a step, whatever the data.

        The noise is drawn at these values rounded down to the public grid, so they never say too little.
        """
        step = (
            PrivacyEvent(name="counts", epsilon=self.budget.counts, mechanism=Mechanism.TWO_SIDED_GEOMETRIC),
            PrivacyEvent(name="sums", epsilon=self.budget.sums, mechanism=Mechanism.TWO_SIDED_GEOMETRIC),
        )
        return step * self.budget.n_steps

    @property
    def n_iterations(self) -> int:
        """Number of Lloyd steps."""
        return self.budget.n_steps

    @property
    def clusters_any_k(self) -> bool:
        """False: another k is another release."""
        return False

    @property
    def is_mostly_noise(self) -> bool:
        """Whether the noise of a count is larger than half a cluster's share of the noisy people."""
        return self.budget.count_noise * self.n_clusters > self.noisy_people / 2.0

    @property
    def cells(self) -> WeightedPoints:
        """The centres themselves with their noisy counts, clipped at 0."""
        return WeightedPoints(points=self.centers, weights=self._weights())

    @property
    def micro_clusters(self) -> WeightedPoints:
        """What stands for the people: the centres again."""
        return self.cells

    def cluster(self, n_clusters: int) -> Clustering:
        """Return the released clustering.

        Raises:
            ValueError: If ``n_clusters`` is another number than was released.
        """
        if n_clusters != self.n_clusters:
            raise ValueError(f"n_clusters must be {self.n_clusters}, the number that was released, not {n_clusters}")
        return Clustering(centers=self.centers, weights=self._weights())

    def people_margin(self, share: float) -> float:  # noqa: ARG002 - every count has the same noise
        """Return the half-width of the 95 % interval of the noise in a cluster's count."""
        return 1.96 * self.budget.count_noise

    def to_json(self) -> str:
        """Return the release as text, without loss: centres are whole numbers of grid units."""
        return json.dumps(
            {
                "format": _FORMAT,
                "adjacency": ADJACENCY,
                "delta": 0,
                "bounds": [-1, 1],
                "epsilon": self.epsilon,
                "budget": asdict(self.budget),
                "noisy_people": self.noisy_people,
                "is_private": self.is_private,
                "centers": np.rint(self.centers * GRID).astype(int).tolist(),
                "noisy_counts": self.noisy_counts.tolist(),
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> "LloydRelease":
        """Return the release that ``to_json`` wrote.

        Raises:
            ValueError: If the text is of another format.
        """
        parts = json.loads(text)
        if parts.get("format") != _FORMAT:
            raise ValueError(f"Lloyd release format must be {_FORMAT}, not {parts.get('format')}")
        return cls(
            centers=np.asarray(parts["centers"], dtype=np.float64) / GRID,
            noisy_counts=np.asarray(parts["noisy_counts"], dtype=np.int64),
            noisy_people=parts["noisy_people"],
            epsilon=parts["epsilon"],
            budget=LloydBudget(**parts["budget"]),
            is_private=parts["is_private"],
        )

    def _weights(self) -> FloatArray:
        return np.maximum(self.noisy_counts, 0).astype(np.float64)
