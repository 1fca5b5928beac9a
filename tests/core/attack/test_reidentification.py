"""How many people are unique in a few rounded columns."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attack.reidentification import SIZE_BINS, nonprivate_reidentification
from core.data.generate import Recipe, generate
from core.data.sources import UPLOAD
from core.data.table import Column, Table


def small(values):
    columns = tuple(Column(key=f"{j}", labels={"ko": "", "en": ""}, unit="", lower=0, upper=100) for j in range(2))
    return Table(columns=columns, values=np.asarray(values, np.float32), source=UPLOAD, content_key="small")


def test_people_are_counted_by_the_class_they_share():
    # Classes of width 10: two people in (0, 0), one in (0, 9), one in (9, 9).
    table = small([[1, 2], [9, 9], [3, 95], [100, 100]])

    both, first = nonprivate_reidentification(table, columns=[0, 1]), nonprivate_reidentification(table, columns=[0])

    assert both.class_sizes.tolist() == [2, 2, 1, 1]
    assert (both.n_unique, both.size_bins[0].share, both.k) == (2, 0.5, 1)
    assert first.class_sizes.tolist() == [3, 3, 3, 1]
    assert [size_bin.n_people for size_bin in first.size_bins] == [1, 0, 3, 0, 0]


def test_a_value_on_an_edge_belongs_above_it():
    table = small([[edge, 0] for edge in range(0, 101, 10)])

    assert nonprivate_reidentification(table, columns=[0]).class_sizes.tolist() == [1] * 9 + [2, 2]


@given(st.lists(st.integers(0, 11), min_size=1, max_size=12, unique=True), st.integers(1, 30))
def test_classes_are_those_of_pandas_and_bins_hold_everybody_once(columns, bins):
    table = generate(Recipe(n_people=200))
    found = nonprivate_reidentification(table, columns=columns, bins=bins)
    scaled = [(table.columns[j].to_scale(table.values[:, j].astype(np.float64)) + 1) / 2 for j in columns]
    cells = pd.DataFrame(np.clip((np.column_stack(scaled) * bins + 1e-9).astype(int), 0, bins - 1))
    expected = cells.groupby(list(cells.columns))[0].transform("size")

    assert found.class_sizes.tolist() == expected.tolist()
    assert sum(size_bin.n_people for size_bin in found.size_bins) == 200
    assert len(found.size_bins) == len(SIZE_BINS)
    assert found.k == expected.min()


def test_more_columns_single_out_more_people():
    table = generate(Recipe(n_people=500))
    alone = [nonprivate_reidentification(table, columns=range(n)).n_unique for n in (1, 3, 6, 12)]

    assert alone == sorted(alone)
    assert alone[-1] > 400


def test_nobody_is_nobody():
    found = nonprivate_reidentification(small(np.empty((0, 2))), columns=[0, 1])

    assert (found.k, found.n_unique, found.size_bins[0].share) == (0, 0, 0.0)


@pytest.mark.parametrize(
    ("wrong", "message"), [({"columns": []}, "columns"), ({"columns": [2]}, "columns"), ({"bins": 0}, "bins")]
)
def test_a_wrong_argument_is_named(wrong, message):
    with pytest.raises(ValueError, match=message):
        nonprivate_reidentification(small([[1, 2]]), **{"columns": [0], **wrong})
