"""Sheets of a workbook as cells, and readers that stumble."""

import io

import openpyxl
import pandas as pd
import pytest

from core.ingest import LoadError, LoadProblem
from core.ingest import workbook_sheets as sheets_module
from core.ingest.workbook_sheets import WorkbookSheets
from tests.core.ingest.files import excel


class Panic(BaseException):
    """What a panic of Rust is in Python."""


def test_every_sheet_is_there_with_its_cells_lines_and_whether_it_is_hidden():
    written, file = openpyxl.Workbook(), io.BytesIO()
    written.active.append(["", "b2"])
    written.active["B4"] = 2.5
    other = written.create_sheet("숨김")
    other.sheet_state = "hidden"
    other["C3"] = True
    written.save(file)

    book = WorkbookSheets(file.getvalue())
    first, second = book.read(0), book.read(1)

    assert book.names == ("Sheet", "숨김")
    assert (first.rows[-1][-1], first.lines.tolist(), first.hidden) == (2.5, [1, 4], False)
    assert (second.rows, second.lines.tolist(), second.n_columns, second.hidden) == ([[True]], [3], 1, True)


@pytest.mark.parametrize("fault", [Panic("slice index"), ValueError("odd"), OverflowError("date")])
def test_a_panic_of_the_reader_is_a_broken_file(monkeypatch, fault):
    def stumble(_file):
        raise fault

    monkeypatch.setattr(sheets_module.CalamineWorkbook, "from_filelike", stumble, raising=False)

    with pytest.raises(LoadError) as caught:
        WorkbookSheets(excel(pd.DataFrame({"a": [1]})))
    assert caught.value.problem is LoadProblem.BROKEN_EXCEL
