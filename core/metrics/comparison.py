"""Compare a private clustering with the plain one on the same people; exact, so for the curator only."""

from dataclasses import dataclass

from core.arrays import FloatArray, IntArray
from core.clustering.inertia import nonprivate_inertia
from core.clustering.matching import Matching, match_clusters
from core.clustering.types import Clustering
from core.metrics.agreement import Agreement, nonprivate_agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a private clustering stands to the plain one; exact, curator only.

    Attributes:
        labels: Group of each person under the private centres, numbered like the plain ones.
        private: The private clustering, numbered like the plain one.
        matching: Which private cluster corresponds to which plain one, and how far they overlap.
        agreement: Private against plain labels.
        plain_truth: Plain labels against the true groups, if these are known.
        private_truth: Private labels against the true groups, if these are known.
        inertia_ratio: Private inertia over plain inertia; 1 where both are zero.
    """

    labels: IntArray
    private: Clustering
    matching: Matching
    agreement: Agreement
    plain_truth: Agreement | None
    private_truth: Agreement | None
    inertia_ratio: float


def nonprivate_comparison(
    points: FloatArray,
    *,
    plain: Clustering,
    plain_labels: IntArray,
    plain_inertia: float,
    private: Clustering,
    true_groups: IntArray | None = None,
) -> Comparison:
    """Compare ``private`` with ``plain`` on the people in ``points``.

    Args:
        points: People in the normalised domain, of shape ``(n_people, n_features)``.
        plain: The plain clustering.
        plain_labels: Its labels, of shape ``(n_people,)``.
        plain_inertia: Its inertia on ``points``.
        private: A private clustering with as many clusters.
        true_groups: Group each person was drawn from, if known.

    Returns:
        The comparison, with the private clusters renumbered like the plain ones.

    Raises:
        ValueError: If the two have different numbers of clusters.
    """
    if private.n_clusters != plain.n_clusters:
        raise ValueError(f"{private.n_clusters} private clusters cannot match {plain.n_clusters} plain ones")
    raw_labels = private.assign(points)
    matching = match_clusters(plain_labels, raw_labels, plain.n_clusters)
    labels = matching.renumber(raw_labels)
    order = matching.private_of_plain
    matched = Clustering(centers=private.centers[order].copy(), weights=private.weights[order].copy())
    inertia = nonprivate_inertia(points, matched)
    return Comparison(
        labels=labels,
        private=matched,
        matching=matching,
        agreement=nonprivate_agreement(plain_labels, labels),
        plain_truth=None if true_groups is None else nonprivate_agreement(plain_labels, true_groups),
        private_truth=None if true_groups is None else nonprivate_agreement(labels, true_groups),
        inertia_ratio=inertia / plain_inertia if plain_inertia > 0 else 1.0,
    )
