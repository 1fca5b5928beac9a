"""How well a way of clustering does when it is tried many times: a band of results, for each of two marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

#: Part of the results below the band, and above it.
BAND_TAIL = 10.0


class Mark(StrEnum):
    """How a grouping is judged against the plain one."""

    ARI = "ari"
    INERTIA = "inertia"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Median of several results, and the 10th and 90th percentile."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Band":
        """Summarise ``values``, of which there is at least one."""
        low, median, high = np.percentile(values, [BAND_TAIL, 50.0, 100.0 - BAND_TAIL])
        return cls(low=float(low), median=float(median), high=float(high))


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How a way of clustering stands to plain k-means; insider.

    Attributes:
        ari: Adjusted Rand index against the plain groups.
        inertia: Inertia over that of plain k-means; 1 where that is zero.
    """

    ari: Band
    inertia: Band

    @classmethod
    def of_results(cls, results: Sequence[tuple[float, float]]) -> "Level":
        """Summarise the adjusted Rand index and the ratio of inertias of several clusterings, at least one."""
        aris, ratios = zip(*results, strict=True)
        return cls(ari=Band.of(aris), inertia=Band.of(ratios))

    def of(self, mark: Mark) -> Band:
        """Return one of the two."""
        return self.ari if mark is Mark.ARI else self.inertia
