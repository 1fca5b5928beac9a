import pytest

from core.data import prototype_2020
from core.data.categories import public_categories
from core.ingest import (
    Layout,
    guess_layout,
    load,
    long_template,
    nonprivate_histograms,
    propose_long,
    propose_wide,
    read_sheet,
    wide_template,
)
from core.ingest.preview import Histogram


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_wide_template_loads_as_five_people_with_products(language):
    sheet = read_sheet(wide_template(language), name="template.csv")
    result = load(sheet, propose_wide(sheet))

    assert guess_layout(sheet) is Layout.WIDE
    assert sheet.encoding == "utf-8-sig"
    assert result.rejections.total == 0
    assert result.table.n_people == 5
    assert result.table.columns == tuple(group.column for group in public_categories())
    assert result.table.holdings.matrix().any()
    assert result.nonprivate_unknown_products == 0


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_long_template_loads_as_the_same_five_people(language):
    wide = read_sheet(wide_template(language), name="template.csv")
    sheet = read_sheet(long_template(language), name="template.csv")
    result, whole = load(sheet, propose_long(sheet)), load(wide, propose_wide(wide))
    bought = result.table.values > 0

    assert guess_layout(sheet) is Layout.LONG
    assert result.rejections.total == 0
    assert result.table.person_ids.tolist() == whole.table.person_ids.tolist()
    assert result.table.values[bought] == pytest.approx(whole.table.values[bought])


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
