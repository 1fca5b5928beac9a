import pytest

from core.data.categories import public_categories
from core.ingest import (
    Layout,
    guess_layout,
    load,
    long_template,
    propose_long,
    propose_wide,
    read_sheet,
    wide_template,
)


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
