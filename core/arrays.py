"""Names for the array types that the core passes around."""

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
