"""Exact statistics of chunks: by hand, and the same however the rows are cut."""

import math
from itertools import pairwise
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.synopsis import chunked
from core.clustering.synopsis.chunked import (
    CHUNK_ROWS,
    MOMENT_UNIT,
    SUM_UNIT,
    ChunkedPoints,
    clip_offsets,
    count_and_sum,
    count_within,
    second_moment,
    sums_by_group,
)

seeds = st.integers(0, 2**32 - 1)


def test_an_array_is_read_in_chunks_clipped_to_the_box():
    points = np.zeros((CHUNK_ROWS + 3, 2))
    points[0] = [5.0, np.nan]

    chunks = list(ChunkedPoints(points, 2))

    assert [len(rows) for rows in chunks] == [0, CHUNK_ROWS, 3]
    assert chunks[1][0].tolist() == [1.0, 1.0]


def test_points_that_can_be_read_once_are_refused():
    with pytest.raises(TypeError, match="several passes"):
        ChunkedPoints(iter([np.zeros((1, 1))]), 1)


def test_offsets_are_clipped_to_the_radius_and_counted_in_units():
    rows = np.array([[0.5, 0.0], [0.0, 0.1], [0.0, 0.0]])

    offsets = clip_offsets(rows, np.zeros(2), 0.2, unit=101)

    # (0.5, 0) is cut to length 0.2, which is 100 units; 0.1 is half of that; the centre itself is no offset.
    assert offsets.tolist() == [[100.0, 0.0], [0.0, 50.0], [0.0, 0.0]]


def test_two_people_around_a_centre_by_hand():
    rows = np.array([[0.2, 0.0], [0.0, 0.3]])

    counts, sums = count_and_sum(rows, center=np.array([0.1, 0.0]), radius=1.0)
    (moment,) = second_moment(rows, center=np.zeros(2), radius=1.0)
    n_below, n_people = count_within(rows, center=np.zeros(2), radii=np.array([0.1, 0.25, 0.3, 1.0]))

    assert counts.tolist() == [2]
    # Offsets (0.1, 0) and (-0.1, 0.3).
    assert sums / SUM_UNIT == pytest.approx([0.0, 0.3], abs=1e-5)
    assert moment / MOMENT_UNIT**2 == pytest.approx(np.diag([0.04, 0.09]), abs=1e-4)
    # Nearer than each radius: 0.3 itself is not nearer than 0.3.
    assert (n_below.tolist(), n_people.tolist()) == ([0, 1, 1, 2], [2])


def test_sums_of_groups_by_hand():
    rows = np.array([[0.3], [0.5], [-1.0]])

    counts, sums, squares = sums_by_group(
        rows, np.array([1, 1, 0]), centers=np.array([[-0.9], [0.1], [0.0]]), radii=np.array([0.5, 0.4, 1.0])
    )

    assert counts.tolist() == [1, 2, 0]
    # In radii: -0.2 in the first group, 0.5 and 1 in the second, nobody in the third.
    assert sums[:, 0] / SUM_UNIT == pytest.approx([-0.2, 1.5, 0.0], abs=1e-5)
    assert squares / SUM_UNIT == pytest.approx([0.04, 1.25, 0.0], abs=1e-5)


@given(seeds, st.integers(1, 9), st.floats(1e-3, 3.0))
def test_one_person_adds_at_most_one_radius_and_a_trace_of_one(seed, d, radius):
    rng = np.random.default_rng(seed)
    person, center = rng.uniform(-1, 1, (1, d)), rng.uniform(-1, 1, d)

    _, sums = count_and_sum(person, center=center, radius=radius)
    (moment,) = second_moment(person, center=center, radius=radius)
    _, group_sums, squares = sums_by_group(person, np.array([0]), centers=center[np.newaxis], radii=np.array([radius]))

    # In whole numbers, so that rounding cannot hide an excess.
    assert math.isqrt(sum(int(value) ** 2 for value in sums)) <= SUM_UNIT
    assert int(np.trace(moment)) <= MOMENT_UNIT**2
    assert sum(int(value) ** 2 for value in group_sums[0]) <= SUM_UNIT**2
    assert 0 <= squares[0] <= SUM_UNIT


@given(seeds, st.lists(st.integers(0, 30), max_size=5))
def test_any_cuts_of_the_rows_give_the_same_sums(seed, cuts):
    points = np.random.default_rng(seed).uniform(-1, 1, (30, 3))
    parts = np.split(points, sorted(cuts))

    def statistic(rows):
        return count_and_sum(rows, center=np.full(3, 0.2), radius=0.7)

    whole, chunked = ChunkedPoints(points, 3).sum(statistic), ChunkedPoints(parts, 3).sum(statistic)

    assert all((one == other).all() for one, other in zip(whole, chunked, strict=True))


#: Finer than any rounding: whole units of a 52nd binary place show every bit of an offset.
EVERY_BIT = 2**52


@given(seeds, st.integers(1, 9), st.sampled_from("CF"), st.sampled_from([np.float32, np.float64]), st.integers(1, 5))
def test_a_row_is_the_same_alone_and_among_others_whatever_the_order_of_memory(seed, d, order, dtype, chunk_rows):
    rng = np.random.default_rng(seed)
    points = np.asarray(rng.uniform(-1.2, 1.2, (6, d)), dtype=dtype, order=order)
    center = rng.uniform(-1, 1, d)

    def read(rows):
        chunks = [clip_offsets(each, center, 0.7, unit=EVERY_BIT) for each in ChunkedPoints(rows, d)]
        return np.concatenate(chunks)

    with patch.object(chunked, "CHUNK_ROWS", chunk_rows):
        together = read(points)
        alone = np.concatenate([read(points[row:more]) for row, more in pairwise(range(7))])

    assert (together == alone).all()


@given(seeds, st.integers(1, 5), st.sampled_from([0.0, 1e-320, 1e-12]))
def test_a_group_of_no_extent_divides_nobody_by_nothing(seed, d, radius):
    centers = np.random.default_rng(seed).uniform(-1, 1, (2, d))

    counts, sums, squares = sums_by_group(centers.copy(), np.array([0, 1]), centers=centers, radii=np.full(2, radius))

    assert (counts.tolist(), sums.any(), squares.tolist()) == ([1, 1], False, [0, 0])
    farther, _ = count_and_sum(centers + 0.1, center=centers[0], radius=radius)
    assert farther.tolist() == [2]
