"""Which sheet is the table, and sheets of one shape put together."""

import io

import pandas as pd

from core.ingest.read import open_book
from core.ingest.tables import find_tables, join_sheets


def workbook(**sheets):
    file = io.BytesIO()
    with pd.ExcelWriter(file) as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False)
    return file.getvalue()


NOTES = pd.DataFrame({"이 파일은": ["안내입니다", "아래를 보세요"]})
MONTH = pd.DataFrame({"고객": ["a", "b", "c"], "분류": ["외식"] * 3, "금액": [1, 2, 3]})


def test_the_table_comes_before_the_notes_and_others_are_named():
    found = find_tables(open_book(workbook(notes=NOTES, data=MONTH), name="a.xlsx"))

    assert [table.grid.name for table in found] == ["data", "notes"]
    assert found[0].read("a.xlsx").sheet == "data"


def test_a_chosen_sheet_comes_first():
    book = open_book(workbook(notes=NOTES, data=MONTH), name="a.xlsx")

    assert find_tables(book, sheet="notes")[0].grid.name == "notes"


def test_sheets_of_one_shape_are_one_table():
    mixed = MONTH.assign(금액=["4", "5원", "6"])
    found = find_tables(open_book(workbook(jan=MONTH, feb=mixed), name="a.xlsx"))
    joined = join_sheets([table.read("a.xlsx") for table in sorted(found, key=lambda table: table.grid.name)])

    assert joined.n_rows == 6
    assert joined.column("금액").to_pylist() == ["4", "5원", "6", "1", "2", "3"]
    assert joined.lines.tolist() == [2, 3, 4, 2, 3, 4]
    assert joined.sheet == "feb, jan"
