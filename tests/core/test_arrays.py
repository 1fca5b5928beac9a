"""Passes over rows cover every row once, whatever the chunk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.arrays import read_only, row_slices


def test_seven_rows_by_three():
    assert list(row_slices(7, 3)) == [slice(0, 3), slice(3, 6), slice(6, 7)]
    assert list(row_slices(0, 3)) == []


@given(st.integers(0, 200), st.integers(1, 50))
def test_every_row_is_covered_once_and_in_order(n_rows, chunk_rows):
    rows = np.arange(n_rows)
    chunks = [rows[chunk] for chunk in row_slices(n_rows, chunk_rows)]

    assert np.concatenate([[], *chunks]).tolist() == rows.tolist()
    assert all(0 < len(chunk) <= chunk_rows for chunk in chunks)


def test_a_shared_array_cannot_be_changed():
    array = read_only(np.zeros(2))

    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1
