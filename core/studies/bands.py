"""Metrics of a clustering over repetitions of an experiment: the median, and a band from 10 to 90 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

#: Percent of the values below the band, and above it.
BAND_TAIL = 10.0


class Metric(StrEnum):
    """How a clustering is compared with plain k-means."""

    ARI = "ari"
    INERTIA = "inertia"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricBand:
    """Median of a metric over repetitions, and the 10th and 90th percentile."""

    low: float
    median: float
    high: float

    @classmethod
    def from_values(cls, values: Sequence[float]) -> "MetricBand":
        """Summarise ``values``, of which there is at least one."""
        low, median, high = np.percentile(values, [BAND_TAIL, 50.0, 100.0 - BAND_TAIL])
        return cls(low=float(low), median=float(median), high=float(high))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteringMetrics:
    """Metrics of one algorithm over repetitions, against plain k-means; exact, curator only.

    Attributes:
        ari: Adjusted Rand index against the plain labels.
        inertia: Inertia over that of plain k-means; 1 where that is zero.
    """

    ari: MetricBand
    inertia: MetricBand

    @classmethod
    def from_pairs(cls, pairs: Sequence[tuple[float, float]]) -> "ClusteringMetrics":
        """Summarise the adjusted Rand index and the ratio of inertias of several clusterings, at least one."""
        aris, ratios = zip(*pairs, strict=True)
        return cls(ari=MetricBand.from_values(aris), inertia=MetricBand.from_values(ratios))

    def band(self, metric: Metric) -> MetricBand:
        """Return one of the two."""
        return self.ari if metric is Metric.ARI else self.inertia
