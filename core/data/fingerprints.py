"""What people are recognised by: fingerprints that renamed columns, other bounds and another order leave the same.

A fingerprint is a function of people's values: it never leaves the server, and is kept only as a keyed hash.
"""

import numpy as np

from core.arrays import FloatArray
from core.data.table import Table, unbounded_key

#: A column with fewer different values is like those of other people by chance: nobody is recognised by it.
DISTINCT_LEAST = 16
_DISTINCT_BUCKETS = 1 << 16
#: Cells mixed at once: as many as a processor keeps near.
_CELLS_AT_ONCE = 1 << 18
#: Odd constants of SplitMix64, whose finaliser mixes every bit of a value into every bit of the result.
_GAMMA, _FIRST, _SECOND = (np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def fingerprint_people(table: Table) -> tuple[str, ...]:
    """Return what the people of ``table`` are recognised by; two tables that share one count as the same people.

    These are the file, if it came from one; the whole of the values, in any order of rows and columns; and each column
    of at least ``DISTINCT_LEAST`` different values, in any order of rows and whatever it is called. So a file saved
    anew, sorted, with columns renamed, left out or added is recognised; one with people added or left out is not, and
    no fingerprint could tell that without telling more.
    """
    columns, whole = _fingerprint_values(table.values)
    names = (
        f"file|{table.people_key or unbounded_key(table)}",
        f"all|{whole}",
        *(f"column|{column}" for column in columns if column is not None),
    )
    return tuple(dict.fromkeys(names))


def _fingerprint_values(values: FloatArray) -> tuple[list[str | None], str]:
    """Return a fingerprint of each column, None where too few values differ, and one of all rows together.

    Sums of mixed values do not know an order. A column's are over its people; a row's over its values, mixed again and
    summed over people.
    """
    n_people, n_columns = values.shape
    first, second = [0] * n_columns, [0] * n_columns
    rows = [0, 0]
    seen = np.zeros((n_columns, _DISTINCT_BUCKETS), dtype=np.bool_)
    step = max(_CELLS_AT_ONCE // max(n_columns, 1), 1)
    for start in range(0, n_people, step):
        mixed = _mix(_bits(values[start : start + step]))
        again = (mixed ^ (mixed >> np.uint64(29))) * _SECOND
        _add(first, mixed.sum(axis=0, dtype=np.uint64))
        _add(second, again.sum(axis=0, dtype=np.uint64))
        people = _mix(mixed.sum(axis=1, dtype=np.uint64)), _mix(again.sum(axis=1, dtype=np.uint64))
        _add(rows, np.asarray([each.sum(dtype=np.uint64) for each in people]))
        for j in np.flatnonzero(np.count_nonzero(seen, axis=1) < DISTINCT_LEAST):
            seen[j, mixed[:, j] & np.uint64(_DISTINCT_BUCKETS - 1)] = True
    is_rich = np.count_nonzero(seen, axis=1) >= DISTINCT_LEAST
    columns = [_write(n_people, first[j], second[j]) if is_rich[j] else None for j in range(n_columns)]
    return columns, _write(n_people, n_columns, *rows)


def _add(sums: list[int], more: np.ndarray) -> None:
    # Chunks wrap around on their own: so must their sum, or a table cut otherwise would be another one.
    sums[:] = [(former + int(each)) % 2**64 for former, each in zip(sums, more, strict=True)]


def _bits(values: FloatArray) -> np.ndarray:
    # Adding 0 makes −0 and 0 one value.
    return (values + values.dtype.type(0)).astype(np.float32).view(np.uint32).astype(np.uint64)


def _mix(numbers: np.ndarray) -> np.ndarray:
    """Return SplitMix64's finaliser of each number; whole numbers wrap around at 2^64."""
    mixed = numbers + _GAMMA
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _write(*numbers: int) -> str:
    return ".".join(f"{number:x}" for number in numbers)
