"""When agreement says nothing: people whom their bounds leave alike agree with any clustering; exact, curator only."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.arrays import FloatArray
from core.data.table import Column, Table

#: A column tells nothing any more if more than this part of the people lies outside its bounds.
CLIPPED_MOST = 0.5
#: People looked at first: most tables have enough unlike ones among them.
LOOKED_AT_FIRST = 2_000


class DegeneracyKind(StrEnum):
    """What makes people alike.

    ALIKE: all stand in one place. CLIPPED: no column is left that tells them apart within its bounds. FEW: they stand
    in fewer places than there are groups.
    """

    ALIKE = "alike"
    CLIPPED = "clipped"
    FEW = "few"


@dataclass(frozen=True, slots=True, kw_only=True)
class Degeneracy:
    """Why two clusterings of some people agree whatever is done.

    Attributes:
        kind: What makes them alike.
        clipped: Columns most of whose values lie outside their bounds.
        n_places: Places in which people stand, if fewer than groups.
    """

    kind: DegeneracyKind
    clipped: tuple[Column, ...]
    n_places: int | None = None


def nonprivate_degeneracy(table: Table, points: FloatArray, *, n_clusters: int) -> Degeneracy | None:
    """Tell why the people of ``table`` cannot be told apart, if they cannot.

    Args:
        table: The people.
        points: Its people in the normalised domain, of shape ``(n_people, n_columns)``.
        n_clusters: Number of groups asked for.

    Returns:
        What makes them alike; None if at least one column tells them apart, into as many groups.
    """
    shares = table.nonprivate_clipped().sum(axis=1) / max(table.n_people, 1)
    is_clipped = shares > CLIPPED_MOST
    clipped = tuple(column for column, is_lost in zip(table.columns, is_clipped, strict=True) if is_lost)
    n_places = _count_places(points, most=n_clusters)
    if n_places == 1 and not clipped:
        return Degeneracy(kind=DegeneracyKind.ALIKE, clipped=clipped, n_places=1)
    if clipped and not _tells_apart(points[:, ~is_clipped]):
        return Degeneracy(kind=DegeneracyKind.CLIPPED, clipped=clipped)
    if n_places < n_clusters:
        return Degeneracy(kind=DegeneracyKind.FEW, clipped=clipped, n_places=n_places)
    return None


def _tells_apart(points: FloatArray) -> bool:
    return bool(points.size) and bool((points != points[0]).any())


def _count_places(points: FloatArray, *, most: int) -> int:
    """Count the unlike rows of ``points``, up to ``most``."""
    if len(np.unique(points[:LOOKED_AT_FIRST], axis=0)) >= most:
        return most
    left, count = points, 0
    while len(left) and count < most:
        left, count = left[(left != left[0]).any(axis=1)], count + 1
    return count
