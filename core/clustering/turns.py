"""k-means turn by turn, for showing what it does; exact, so for practice data or insiders only."""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.types import Clustering


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Turn:
    """One turn: people go to the nearest centre, then centres move to the middle of their people.

    Attributes:
        before: Centres that people go to, of shape ``(n_clusters, n_features)``.
        nonprivate_labels: Nearest of ``before`` for each person, of shape ``(n_people,)``.
        after: Means of the people of each centre; a centre of nobody stays.
    """

    before: FloatArray
    nonprivate_labels: IntArray
    after: FloatArray


def nonprivate_turns(points: FloatArray, *, start: FloatArray, turns_max: int) -> tuple[Turn, ...]:
    """Follow k-means (Lloyd) from ``start`` until nothing moves, or for ``turns_max`` turns.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        start: First centres, of shape ``(n_clusters, n_features)``.
        turns_max: Most turns; positive.

    Raises:
        ValueError: If ``turns_max`` is not positive.
    """
    if turns_max < 1:
        raise ValueError(f"turns_max must be at least 1, not {turns_max}")
    turns: list[Turn] = []
    centers = start.astype(np.float64)
    while len(turns) < turns_max:
        labels = Clustering(centers=centers.copy(), weights=np.zeros(len(centers))).assign(points)
        moved = np.stack(
            [
                points[labels == group].mean(axis=0) if (labels == group).any() else at
                for group, at in enumerate(centers)
            ]
        ).astype(np.float64)
        turns.append(Turn(before=centers, nonprivate_labels=labels, after=moved))
        if np.allclose(moved, centers):
            break
        centers = moved
    return tuple(turns)
