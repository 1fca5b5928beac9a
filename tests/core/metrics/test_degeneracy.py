"""Results that say nothing are named: people alike, clipped, or in fewer places than groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import Column, Table
from core.data.sources import UPLOAD
from core.metrics.degeneracy import DegeneracyKind, nonprivate_degeneracy


def people(values, *, upper=10.0):
    """Make a table of ``values`` with bounds from 0 to ``upper`` in each column."""
    values = np.asarray(values, dtype=np.float32)
    columns = tuple(
        Column(key=f"c{j}", labels={"en": f"c{j}"}, unit="", lower=0.0, upper=upper) for j in range(values.shape[1])
    )
    return Table(columns=columns, values=values, source=UPLOAD, content_key="people")


def judge(table, *, n_clusters=3):
    """Return why the people of ``table`` cannot be told apart."""
    return nonprivate_degeneracy(table, table.points(), n_clusters=n_clusters)


def test_people_who_differ_are_no_degenerate_case():
    assert judge(people([[n % 10, n % 7] for n in range(60)])) is None


def test_people_who_are_all_alike_are_named():
    found = judge(people([[3, 4]] * 50))

    assert (found.kind, found.n_places) == (DegeneracyKind.ALIKE, 1)


def test_columns_clipped_for_most_people_are_named_when_no_other_tells_them_apart():
    found = judge(people([[100 + n, 4] for n in range(50)]))

    assert found.kind is DegeneracyKind.CLIPPED
    assert [column.key for column in found.clipped] == ["c0"]


def test_one_column_that_tells_people_apart_is_enough():
    assert judge(people([[100 + n, n % 10] for n in range(50)])) is None


def test_half_the_people_outside_are_not_yet_most_of_them():
    assert judge(people([[100 if n % 2 else n % 10] for n in range(50)])) is None


def test_fewer_places_than_groups_are_counted():
    found = judge(people([[n % 2, 1] for n in range(50)]))

    assert (found.kind, found.n_places) == (DegeneracyKind.FEW, 2)


@pytest.mark.parametrize("n_people", [2_500, 6_000])
def test_unlike_people_behind_the_first_ones_are_found(n_people):
    values = np.full((n_people, 1), 5.0)
    values[-3:, 0] = [1, 2, 3]

    assert judge(people(values)) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40), st.integers(2, 8))
def test_places_are_counted_as_a_set_counts_them(rows, n_clusters):
    found = judge(people(rows), n_clusters=n_clusters)

    assert (found is not None) == (len(set(rows)) < n_clusters)
    if found is not None:
        assert found.n_places == len(set(rows))
