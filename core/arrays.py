"""Names for the array types that the core passes around, and passes over their rows."""

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.floating]
IntArray: TypeAlias = NDArray[np.integer]
BoolArray: TypeAlias = NDArray[np.bool_]


def read_only(array: np.ndarray) -> np.ndarray:
    """Return ``array`` marked read-only, so that caches may share it."""
    array.flags.writeable = False
    return array


def row_slices(n_rows: int, chunk_rows: int) -> Iterator[slice]:
    """Yield slices of at most ``chunk_rows`` that cover all rows in order: bounds memory, not results."""
    return (slice(start, min(start + chunk_rows, n_rows)) for start in range(0, n_rows, chunk_rows))
