"""Histograms for who owns the data: edges after the transform, and everybody counted once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import UPLOAD, Column, Table, prototype_2020
from core.ingest import load, propose_wide, read_sheet
from core.ingest.preview import Histogram, nonprivate_histograms


def test_histograms_count_everyone_once():
    table = prototype_2020()
    histograms = nonprivate_histograms(table, bins=10)

    assert [histogram.column for histogram in histograms] == list(table.columns)
    for histogram in histograms:
        assert histogram.nonprivate_counts.sum() == table.n_people
        assert histogram.edges == pytest.approx([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])


def test_a_histogram_tells_those_outside_the_bounds_apart():
    sheet = read_sheet("식비(만원),나이\n400,-1\n20,50\n30,101\n".encode(), name="a.csv")
    mapping = propose_wide(sheet)
    food, _ = nonprivate_histograms(load(sheet, mapping).table, bins=4)

    assert isinstance(food, Histogram)
    # The row with age -1 is left out; log1p spaces the edges evenly between 0 and 300.
    assert food.edges == pytest.approx([0, 3.16528, 16.3492, 71.2646, 300], rel=1e-4)
    assert food.nonprivate_counts.tolist() == [0, 0, 2, 0]


def test_a_histogram_needs_a_bin():
    with pytest.raises(ValueError, match="bins must be at least 1, not 0"):
        nonprivate_histograms(prototype_2020(), bins=0)


@given(st.lists(st.floats(-50, 150, width=32), min_size=1, max_size=30), st.integers(1, 12))
def test_inside_below_and_above_add_up_to_everybody(amounts, bins):
    column = Column(key="x", labels={"ko": "x", "en": "x"}, unit="", lower=0, upper=100)
    values = np.asarray(amounts, dtype=np.float32)[:, np.newaxis]
    (histogram,) = nonprivate_histograms(
        Table(columns=(column,), values=values, source=UPLOAD, content_key="k"), bins=bins
    )

    assert histogram.nonprivate_counts.min() >= 0
    assert histogram.nonprivate_counts.sum() == ((values >= 0) & (values <= 100)).sum()
    assert (histogram.nonprivate_below, histogram.nonprivate_above) == ((values < 0).sum(), (values > 100).sum())
