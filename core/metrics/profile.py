"""What sets groups apart, read from centres: the traits that name them and the bars that draw them.

Everything here is post-processing of a clustering: private in, private out.
"""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.types import Clustering
from core.data.table import Table

#: A trait must stand this far above the average in the normalised domain; of a log column over 0 … 300, a sixth more.
TRAIT_LEAST = 0.06
TRAITS_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One clustering described by its columns.

    Attributes:
        amounts: Each group's centre in raw units, of shape ``(n_clusters, n_columns)``.
        average: Weighted mean of the centres in raw units, of shape ``(n_columns,)``.
        shares: Each group's share of all people, of shape ``(n_clusters,)``; adds up to 1.
        traits: By group, columns in which it stands above the others, most telling first; unlike for every two groups
            as far as the columns allow, and empty for a group that stands out in nothing.
    """

    amounts: FloatArray
    average: FloatArray
    shares: FloatArray
    traits: tuple[tuple[int, ...], ...]

    def ratio(self, group: int, column: int) -> float:
        """Return how many times the average ``group`` has of ``column``; at least 0."""
        return max(float(self.amounts[group, column]), 0.0) / max(float(self.average[column]), 1e-9)

    def distinctive(self, group: int, n_columns: int) -> IntArray:
        """Return the ``n_columns`` in which ``group`` differs most from the average, by ratio, up or down."""
        floor = np.maximum(self.average, 1e-9)
        ratios = np.abs(np.log(np.maximum(self.amounts[group], floor * 1e-3) / floor))
        columns: IntArray = np.argsort(-ratios, kind="stable")[:n_columns]
        return columns


def profile_clusters(clustering: Clustering, table: Table) -> Profile:
    """Describe ``clustering`` by the columns of ``table``; only the public columns of the table are used.

    Args:
        clustering: Centres in the table's normalised domain; private ones give a private profile.
        table: Gives the columns' bounds, units and transforms.

    Returns:
        The profile.
    """
    total = clustering.weights.sum()
    even = np.full(clustering.n_clusters, 1.0 / clustering.n_clusters)
    shares = clustering.weights / total if total > 0 else even
    middle = shares @ clustering.centers
    return Profile(
        amounts=table.to_units(clustering.centers),
        average=table.to_units(middle[np.newaxis])[0],
        shares=shares,
        traits=_traits(clustering.centers - middle),
    )


def _traits(above: FloatArray) -> tuple[tuple[int, ...], ...]:
    """Name each group by the two columns it stands highest in, and by a third while two groups share a name."""
    ranked = [
        tuple(int(j) for j in np.argsort(-row, kind="stable") if row[j] >= TRAIT_LEAST)[:TRAITS_MOST] for row in above
    ]
    short = [traits[:2] for traits in ranked]
    return tuple(traits if short.count(name) > 1 else name for name, traits in zip(short, ranked, strict=True))
