"""Which of four ways a synopsis is made, decided by public and noisy values only, and the constants of each.

What the constants were tuned on: the recorded sets blobs (n ≤ 10 000), s1, s2, budgetuk and credit_data, and generated
mixtures with latent factors or overlapping groups. The other recorded sets were held out, yet looked at twice: MEAN and
the coarser cells of LOW, then the steps of ``_mean_signal``, were prompted by them and tuned on generated sets. The
benchmarks' README lists what was changed since.
"""

from dataclasses import dataclass

import numpy as np

from core.clustering.synopsis.budget import Mode

#: Most cells of a histogram: bounds memory (16 bytes a cell) whatever n is.
CELLS_MAX = 2**20

_LOW_FEATURES_MAX = 3
_MEAN_FEATURES_MIN = 9
#: A lone mean with fewer than this many ε·people per feature is not even clipped twice.
_SECOND_MEAN_SIGNAL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeConstants:
    """Constants of a mode. "Signal" is ε·people of the query in question.

    Attributes:
        signal_per_cell: Signal of the histogram per cell.
        signal_per_micro_cluster: Signal of the first step per micro-cluster and feature.
        clip: Radius within which offsets from a micro-cluster count, in root mean square distances. At 1.6 the inertia
            of the tuning sets is 16 % larger in 4 features or more at ε ≤ 0.3, and 3 % at ε ≥ 1.
        merge_threshold: Of merged cells, see ``threshold_histogram``. In LOW, lower serves overlapping groups, higher
            tight ones: 1 instead of 3.5 gains 2 to 3 % on the former and loses 3 to 5 % on the latter.
        micro_clusters_max: Bounds the synopsis, the time of another k and, in many features, that of the release. 128
            instead of 256 loses at most 0.2 % in 8 features, 1.6 % in 2.
        by_cell_from: From this many cells on, people go to the micro-cluster of their cell, which needs no distances
            and costs 0.4 % of inertia on generated sets.
    """

    signal_per_cell: float
    signal_per_micro_cluster: float
    clip: float
    merge_threshold: float
    micro_clusters_max: int
    by_cell_from: int


_CONSTANTS = {
    Mode.LOW: ModeConstants(
        signal_per_cell=2.0,
        signal_per_micro_cluster=4.0,
        clip=1.2,
        merge_threshold=1.25,
        micro_clusters_max=256,
        by_cell_from=0,
    ),
    Mode.BOX: ModeConstants(
        signal_per_cell=0.3 / 1.1,
        signal_per_micro_cluster=32.0,
        clip=0.9,
        merge_threshold=2.5,
        micro_clusters_max=128,
        by_cell_from=4096,
    ),
    Mode.ROTATED: ModeConstants(
        signal_per_cell=1.0,
        signal_per_micro_cluster=8.0,
        clip=0.9,
        merge_threshold=1.5,
        micro_clusters_max=128,
        by_cell_from=4096,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one synopsis is made.

    Attributes:
        mode: Where it looks for people.
        n_steps: Micro-cluster steps (1 or 2); for a lone mean 1 if it is refined, else 0.
        signal: ε·noisy people, of all queries after the first.
    """

    mode: Mode
    n_steps: int
    signal: float

    @classmethod
    def choose(cls, *, noisy_people: float, epsilon: float, n_features: int) -> "Plan":
        """Choose by the noisy number of people, the ε left and the number of features."""
        signal, d = noisy_people * epsilon, n_features
        if d <= _LOW_FEATURES_MAX:
            return cls(mode=Mode.LOW, n_steps=1, signal=signal)
        if signal < _mean_signal(d):
            return cls(mode=Mode.MEAN, n_steps=int(signal >= _SECOND_MEAN_SIGNAL * d), signal=signal)
        if signal < max(min(75 * d, 450), 28 * d):
            return cls(mode=Mode.BOX, n_steps=1, signal=signal)
        # 18·d²: chosen on completejourney alone (seeds 0 to 39), not confirmed elsewhere.
        return cls(mode=Mode.ROTATED, n_steps=2 if signal >= 18 * d * d else 1, signal=signal)

    @property
    def constants(self) -> ModeConstants:
        """Constants of the mode; a lone mean has none."""
        return _CONSTANTS[self.mode]

    def n_cells(self, *, histogram_signal: float, n_clusters_served: int) -> float:
        """Return how many cells the histogram may have."""
        if self.mode is Mode.LOW:
            # Few people: finer cells; many people: the grid stops being the bottleneck.
            per_cell = float(np.clip(self.signal / 500.0, 2.0, 3.0))
            cells = max(histogram_signal / per_cell, 2.0 * n_clusters_served) * 1.1
        elif self.mode is Mode.BOX:
            cells = max(histogram_signal / self.constants.signal_per_cell, 2.0)
        else:
            cells = max(histogram_signal / self.constants.signal_per_cell, 2.0 * n_clusters_served)
        return min(cells, float(CELLS_MAX))

    def n_micro_clusters(self, *, step_signal: float, n_features: int, n_clusters_served: int) -> int:
        """Return how many micro-clusters the first step can afford, at least ``n_clusters_served``."""
        affordable = step_signal / (self.constants.signal_per_micro_cluster * n_features)
        return int(np.clip(affordable, n_clusters_served, max(self.constants.micro_clusters_max, n_clusters_served)))


def _mean_signal(n_features: int) -> float:
    """Return the signal under which a lone mean is best."""
    if n_features < _MEAN_FEATURES_MIN:
        return 0.0
    if n_features <= 12:  # noqa: PLR2004 - measured steps
        return 10.0 * n_features
    return (20.0 if n_features <= 32 else 28.0) * n_features  # noqa: PLR2004
