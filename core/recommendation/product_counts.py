"""The private product table: holders of every product by coarse group, released once and read for every k."""

import json
import math
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.types import Clustering
from core.data.table import Holdings
from core.privacy.measurements import IntegerMeasurement, answer
from core.privacy.mechanisms import ADJACENCY, Mechanism, PrivacyEvent, charges_from_list, charges_to_list
from core.privacy.noise import EPSILON_GRID, check_epsilon, is_secure
from core.recommendation.contributions import bound_contributions, drop_repeats, nonprivate_counts
from core.recommendation.grouping import Grouping

#: Products of one person that count in a private table; public.
MAX_PER_PERSON = 3
#: Part of all ε that the table is meant to get; the rest goes to the clustering. At ε = 1 in all, shares of 0.1, 0.2,
#: 0.3 and 0.4 change 0.154, 0.129, 0.086 and 0.089 of the first three recommendations (see
#: ``release_product_table``).
EPSILON_SHARE = 0.3
CHARGE_NAME = "products"
_FORMAT = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupCounts:
    """Holders of every product by cluster, with the noise that is in them; exact ones have none.

    Attributes:
        products: Identifiers of the products; public.
        counts: Holders, of shape ``(n_clusters, n_products)``; may be negative or broken numbers.
        noise_sd: Standard deviation of the noise in each cluster's counts, of shape ``(n_clusters,)``.
        people: People by cluster, of shape ``(n_clusters,)``; as noisy as the counts.
        overall: Holders among all people, of shape ``(n_products,)``.
        overall_sd: Standard deviation of the noise in each of ``overall``.
    """

    products: tuple[str, ...]
    counts: FloatArray
    noise_sd: FloatArray
    people: FloatArray
    overall: FloatArray
    overall_sd: float

    @property
    def n_clusters(self) -> int:
        """Number of clusters."""
        return int(self.counts.shape[0])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProductTable:
    """Released counts of holders by coarse group and product: the whole release, nothing exact.

    Attributes:
        products: Identifiers of the products, in the public order of the catalogue.
        grouping: The groups that were counted, fixed by values released before.
        noisy_counts: Noisy numbers of holders, of shape ``(n_groups, n_products)``; may be negative.
        epsilon: Privacy loss declared, under adding or removing one person; δ = 0.
        charges: What was spent.
        max_per_person: Products of one person that were counted.
        is_private: Whether nobody knows the noise.
    """

    products: tuple[str, ...]
    grouping: Grouping
    noisy_counts: IntArray
    epsilon: float
    charges: tuple[PrivacyEvent, ...]
    max_per_person: int
    is_private: bool

    def __post_init__(self) -> None:
        read_only(self.noisy_counts)

    @property
    def noise_sd(self) -> float:
        """Standard deviation of the noise in one count."""
        ratio = math.exp(-math.fsum(charge.epsilon for charge in self.charges) / self.max_per_person)
        return math.sqrt(2.0 * ratio) / (1.0 - ratio)

    def for_clusters(self, clustering: Clustering) -> GroupCounts:
        """Add the groups up to the clusters of ``clustering``: post-processing, so free.

        A group that lies in several clusters is shared out by the noisy weights of its points.

        Raises:
            ValueError: If the table was made for another k.
        """
        parts = self.grouping.parts(clustering)
        spread = np.sqrt((parts**2).sum(axis=1))
        return GroupCounts(
            products=self.products,
            counts=parts @ self.noisy_counts,
            # A cluster without any group is not known exactly, it is not known at all.
            noise_sd=self.noise_sd * np.where(spread > 0, spread, 1.0),
            people=np.maximum(clustering.weights, 0.0),
            overall=self.noisy_counts.sum(axis=0).astype(np.float64),
            overall_sd=self.noise_sd * math.sqrt(self.grouping.n_groups),
        )

    def to_json(self) -> str:
        """Return the table as text, without loss."""
        return json.dumps(
            {
                "format": _FORMAT,
                "adjacency": ADJACENCY,
                "delta": 0,
                "epsilon": self.epsilon,
                "charges": charges_to_list(self.charges),
                "most_held": self.max_per_person,
                "is_private": self.is_private,
                "products": list(self.products),
                "noisy_counts": self.noisy_counts.tolist(),
                "centers": self.grouping.centers.tolist(),
                "places": self.grouping.points.tolist(),
                "weights": self.grouping.weights.tolist(),
                "serves_any_k": self.grouping.serves_any_k,
            },
            separators=(",", ":"),
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "ProductTable":
        """Return the table that ``to_json`` wrote.

        Raises:
            ValueError: If the text is of another format.
        """
        parts = json.loads(text)
        if parts.get("format") != _FORMAT:
            raise ValueError(f"product table format must be {_FORMAT}, not {parts.get('format')}")
        return cls(
            products=tuple(parts["products"]),
            grouping=Grouping(
                centers=np.asarray(parts["centers"], dtype=np.float64),
                points=np.asarray(parts["places"], dtype=np.float64),
                weights=np.asarray(parts["weights"], dtype=np.float64),
                serves_any_k=parts["serves_any_k"],
            ),
            noisy_counts=np.asarray(parts["noisy_counts"], dtype=np.int64).reshape(-1, len(parts["products"])),
            epsilon=parts["epsilon"],
            charges=charges_from_list(parts["charges"]),
            max_per_person=parts["most_held"],
            is_private=parts["is_private"],
        )


def release_product_table(
    holdings: Holdings,
    points: FloatArray,
    *,
    grouping: Grouping,
    epsilon: float,
    rng: np.random.Generator,
    max_per_person: int = MAX_PER_PERSON,
) -> ProductTable:
    """Release the holders of every product in every group with pure ε-differential privacy (δ = 0).

    One person is in one group, by released centres and the person's own row, and adds 1 to at most ``max_per_person``
    counts, chosen by a public rule from the person's own products: L1 sensitivity ``max_per_person``. Every count gets
    two-sided geometric noise at ε / ``max_per_person``, zeros included.

    One table for every k costs one charge and one table for each k costs one a k, so the groups decide. Measured
    (``benchmarks/recommendation.py``): 20 000 generated people, 6 personas, ε = 1 in all of which 0.3 for the table,
    medians of 10 seeds; share of hidden products among the first three, and share of these three that the plain
    ranking does not name. Bands of the latter reach 0.03–0.06 to either side, so 6 and 8 groups are as good as a new
    charge for each k, and 12 or more are noisier:

    ====== =============== =============== =============== =============== ===============
    k      made for k      6 groups        8 groups        12 groups       all points
    ====== =============== =============== =============== =============== ===============
    4      0.322  0.032    0.322  0.028    0.321  0.036    0.322  0.043    0.320  0.039
    6      0.364  0.089    0.364  0.089    0.363  0.086    0.363  0.113    0.363  0.092
    10     0.361  0.114    0.362  0.110    0.361  0.113    0.360  0.131    0.360  0.140
    ====== =============== =============== =============== =============== ===============

    Args:
        holdings: Who holds what, over the public catalogue.
        points: The same people in the normalised domain, of shape ``(n_people, n_features)``.
        grouping: What to count by; fixed by released values.
        epsilon: Privacy loss of the whole table; positive and finite.
        rng: Source of the noise; ``secure_rng()`` for a real release.
        max_per_person: Products of one person that count; positive and public.

    Raises:
        ValueError: If an argument is out of its range or the points are of other people.
    """
    if max_per_person < 1:
        raise ValueError(f"max_per_person must be at least 1, not {max_per_person}")
    share = _share(epsilon, max_per_person)
    counts = nonprivate_counts(
        bound_contributions(holdings, max_per_person=max_per_person),
        grouping.labels(points),
        n_groups=grouping.n_groups,
        n_products=len(holdings.products),
    )
    # A person changes up to ``max_per_person`` counts, each released at ``share``: exact, both are whole steps.
    spent = max_per_person * share
    (noisy_counts,) = answer(IntegerMeasurement(values=counts, sensitivity=max_per_person, epsilon=spent), rng=rng)
    event = PrivacyEvent(name=CHARGE_NAME, epsilon=spent, mechanism=Mechanism.TWO_SIDED_GEOMETRIC)
    return ProductTable(
        products=holdings.products,
        grouping=grouping,
        noisy_counts=noisy_counts,
        epsilon=epsilon,
        charges=(event,),
        max_per_person=max_per_person,
        is_private=is_secure(rng),
    )


def nonprivate_group_counts(holdings: Holdings, labels: IntArray, clustering: Clustering) -> GroupCounts:
    """Count the holders of every product in every cluster, all products of everybody; exact, curator only.

    Args:
        holdings: Who holds what.
        labels: Cluster of each person, of shape ``(n_people,)``.
        clustering: The plain clustering.

    Raises:
        ValueError: If the labels are of other people or of other clusters.
    """
    counts = nonprivate_counts(
        drop_repeats(holdings.held), labels, n_groups=clustering.n_clusters, n_products=len(holdings.products)
    ).astype(np.float64)
    return GroupCounts(
        products=holdings.products,
        counts=counts,
        noise_sd=np.zeros(clustering.n_clusters),
        people=np.bincount(labels, minlength=clustering.n_clusters).astype(np.float64),
        overall=counts.sum(axis=0),
        overall_sd=0.0,
    )


def _share(epsilon: float, max_per_person: int) -> float:
    """Return ε / ``max_per_person`` as a multiple of 2⁻³² whose ``max_per_person``-fold is exact and at most ε."""
    check_epsilon(epsilon)
    check_epsilon(epsilon / max_per_person)
    # Whole numbers: float error may only under-spend.
    return math.floor(epsilon * EPSILON_GRID) // max_per_person / EPSILON_GRID
