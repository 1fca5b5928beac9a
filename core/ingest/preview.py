"""Histograms of a table for the person who owns it: exact, so outside the guarantee."""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.data.table import Column, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """How people spread over one column.

    Attributes:
        column: The column; its bounds are the first and the last edge.
        edges: Edges of the bins in raw units, of shape ``(bins + 1,)``; evenly spaced after the transform.
        nonprivate_counts: People by bin, of shape ``(bins,)``; without those outside the bounds.
        nonprivate_below: People below the lower bound, who will be clipped to it.
        nonprivate_above: People above the upper bound, who will be clipped to it.
    """

    column: Column
    edges: FloatArray
    nonprivate_counts: IntArray
    nonprivate_below: int
    nonprivate_above: int


def nonprivate_histograms(table: Table, *, bins: int = 24) -> tuple[Histogram, ...]:
    """Count the people of ``table`` by column between its bounds.

    Args:
        table: The people.
        bins: Bins a column; at least 1.

    Returns:
        One histogram a column, in order.

    Raises:
        ValueError: If ``bins`` is less than 1.
    """
    if bins < 1:
        raise ValueError(f"bins must be at least 1, not {bins}")
    clipped = table.nonprivate_clipped()
    return tuple(
        _histogram(column, table.values[:, index], clipped=clipped[index], bins=bins)
        for index, column in enumerate(table.columns)
    )


def _histogram(column: Column, values: FloatArray, *, clipped: IntArray, bins: int) -> Histogram:
    below, above = int(clipped[0]), int(clipped[1])
    scaled = column.to_scale(values)
    counts = np.bincount(((scaled + 1) * (bins / 2)).astype(np.int64).clip(0, bins - 1), minlength=bins)
    # Those outside were clipped into the first and the last bin.
    counts[0] -= below
    counts[-1] -= above
    return Histogram(
        column=column,
        edges=read_only(column.to_units(np.linspace(-1.0, 1.0, bins + 1))),
        nonprivate_counts=read_only(counts),
        nonprivate_below=below,
        nonprivate_above=above,
    )
