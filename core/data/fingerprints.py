"""What people are recognised by: fingerprints that renamed columns, other bounds and another order leave the same.

A fingerprint is a function of people's values: it never leaves the server, and is kept only as a keyed hash.
"""

import numpy as np

from core.arrays import FloatArray
from core.data.table import Table, unbounded_key

#: A column with fewer different values is like those of other people by chance: nobody is recognised by it.
DISTINCT_LEAST = 16
_DISTINCT_BUCKETS = 1 << 16
_ROWS_AT_ONCE = 1 << 18
#: Odd constants of SplitMix64, whose finaliser mixes every bit of a value into every bit of the result.
_GAMMA, _FIRST, _SECOND = (np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_LANES = (np.uint64(0x243F6A8885A308D3), np.uint64(0x13198A2E03707344))


def fingerprint_people(table: Table) -> tuple[str, ...]:
    """Return what the people of ``table`` are recognised by; two tables that share one count as the same people.

    These are the file, if it came from one; the whole of the values, in any order of rows and columns; and each column
    of at least ``DISTINCT_LEAST`` different values, in any order of rows and whatever it is called. So a file saved
    anew, sorted, with columns renamed, left out or added is recognised; one with people added or left out is not, and
    no fingerprint could tell that without telling more.
    """
    columns = [_fingerprint_column(table.values[:, j]) for j in range(len(table.columns))]
    names = (
        f"file|{table.people_key or unbounded_key(table)}",
        f"all|{_fingerprint_rows(table.values)}",
        *(f"column|{column}" for column in columns if column is not None),
    )
    return tuple(dict.fromkeys(names))


def _fingerprint_column(values: FloatArray) -> str | None:
    """Return a fingerprint of a column's values with their multiplicities; None if there are too few different ones."""
    seen = np.zeros(_DISTINCT_BUCKETS, dtype=np.bool_)
    sums = [0] * len(_LANES)
    for chunk in _chunks(values):
        for lane, salt in enumerate(_LANES):
            mixed = _mix(_bits(chunk) + salt)
            sums[lane] += int(mixed.sum(dtype=np.uint64))
            if lane == 0:
                seen[mixed & np.uint64(_DISTINCT_BUCKETS - 1)] = True
    return _write(values.shape[0], *sums) if np.count_nonzero(seen) >= DISTINCT_LEAST else None


def _fingerprint_rows(values: FloatArray) -> str:
    """Return a fingerprint of rows, in any order, each as its values in any order."""
    sums = [0] * len(_LANES)
    for chunk in _chunks(values):
        for lane, salt in enumerate(_LANES):
            rows = _mix(_bits(chunk) + salt).sum(axis=1, dtype=np.uint64)
            sums[lane] += int(_mix(rows).sum(dtype=np.uint64))
    return _write(values.shape[0], values.shape[1], *sums)


def _chunks(values: FloatArray) -> list[FloatArray]:
    return [values[start : start + _ROWS_AT_ONCE] for start in range(0, values.shape[0], _ROWS_AT_ONCE)]


def _bits(values: FloatArray) -> np.ndarray:
    # Adding 0 makes −0 and 0 one value.
    return (values + values.dtype.type(0)).astype(np.float64).view(np.uint64)


def _mix(numbers: np.ndarray) -> np.ndarray:
    """Return SplitMix64's finaliser of each number; whole numbers wrap around at 2^64."""
    mixed = numbers + _GAMMA
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _write(*numbers: int) -> str:
    # Chunks wrap around on their own: so must their sum, or a file cut otherwise would be another one.
    return ".".join(f"{number % 2**64:x}" for number in numbers)
