"""Match private clusters to plain ones, one to one, by the people they share."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from core.arrays import FloatArray, IntArray, read_only


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """A one-to-one correspondence of plain and private clusters; curator only, it counts real people.

    Attributes:
        private_of_plain: Private twin of each plain cluster, of shape ``(n_clusters,)``; a permutation.
        contingency: People by plain cluster and private twin, of shape ``(n_clusters, n_clusters)``; twins meet on the
            diagonal.
    """

    private_of_plain: IntArray
    contingency: IntArray

    def __post_init__(self) -> None:
        read_only(self.private_of_plain)
        read_only(self.contingency)

    @property
    def overlap(self) -> FloatArray:
        """Share of each plain cluster's people who are in its private twin; 0 where a plain cluster is empty."""
        sizes = self.contingency.sum(axis=1)
        share: FloatArray = np.diagonal(self.contingency) / np.maximum(sizes, 1)
        return share

    @property
    def moved_share(self) -> float:
        """Share of all people who are in another private cluster than their plain one's twin; 0 for nobody."""
        n_people = int(self.contingency.sum())
        return 1.0 - int(np.trace(self.contingency)) / n_people if n_people else 0.0

    def renumber(self, private_labels: IntArray) -> IntArray:
        """Return ``private_labels`` numbered like the plain clusters."""
        plain_of_private = np.empty_like(self.private_of_plain)
        plain_of_private[self.private_of_plain] = np.arange(len(self.private_of_plain))
        renumbered: IntArray = plain_of_private.astype(private_labels.dtype)[private_labels]
        return renumbered


def nonprivate_contingency(labels_a: IntArray, labels_b: IntArray, *, shape: tuple[int, int]) -> IntArray:
    """Count people by their pair of labels.

    Args:
        labels_a: First labels, of shape ``(n_people,)``, from 0 to ``shape[0] - 1``.
        labels_b: Second labels of the same people, from 0 to ``shape[1] - 1``.
        shape: Numbers of labels on either side.

    Returns:
        Exact counts, int64 of ``shape``.

    Raises:
        ValueError: If the labels differ in length or leave their range.
    """
    if labels_a.shape != labels_b.shape:
        raise ValueError(f"labels of shapes {labels_a.shape} and {labels_b.shape} are not of the same people")
    for labels, n_labels in zip((labels_a, labels_b), shape, strict=True):
        if labels.size and not (labels.min() >= 0 and labels.max() < n_labels):
            raise ValueError(f"labels must lie in 0 … {n_labels - 1}, not {labels.min()} … {labels.max()}")
    pairs = labels_a.astype(np.int64) * shape[1] + labels_b
    return np.bincount(pairs, minlength=shape[0] * shape[1]).reshape(shape)


def match_clusters(plain_labels: IntArray, private_labels: IntArray, n_clusters: int) -> Matching:
    """Pair plain and private clusters so that as many people as possible are in twins.

    Args:
        plain_labels: Plain cluster of each person, of shape ``(n_people,)``.
        private_labels: Private cluster of the same people.
        n_clusters: Number of clusters on either side.

    Returns:
        The matching.

    Raises:
        ValueError: If the labels differ in length or leave 0 … ``n_clusters - 1``.

    References:
        Kuhn (1955), "The Hungarian method for the assignment problem".
    """
    counts = nonprivate_contingency(plain_labels, private_labels, shape=(n_clusters, n_clusters))
    _, private_of_plain = linear_sum_assignment(counts, maximize=True)
    return Matching(private_of_plain=private_of_plain, contingency=counts[:, private_of_plain])
