import pytest

from core.data.categories import public_categories
from core.ingest import (
    load,
    long_template,
    propose_long,
    propose_wide,
    read_sheet,
    read_upload,
    wide_template,
)


def _read(content):
    reading = read_upload(content, name="template.csv").reading
    return reading.verdict, reading.layout, reading.nonprivate_people


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_wide_template_loads_as_five_people_with_products(language):
    sheet = read_sheet(wide_template(language), name="template.csv")
    result = load(sheet, propose_wide(sheet))

    assert _read(wide_template(language)) == ("read", "wide", 5)
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

    assert _read(long_template(language)) == ("read", "long", 5)
    assert result.rejections.total == 0
    assert result.table.person_ids.tolist() == whole.table.person_ids.tolist()
    assert result.table.values[bought] == pytest.approx(whole.table.values[bought])
