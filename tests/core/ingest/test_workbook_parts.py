"""Parts of a workbook: unpacked within bounds, without false counts and gaps."""

import io
import zipfile

import pandas as pd
import pytest

from core.ingest import LoadError, LoadProblem, read_sheet
from core.ingest import workbook_parts as parts_module
from core.ingest.workbook_parts import repack
from tests.core.ingest.files import cells_of, excel, problem_of

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def _workbook(**replaced):
    """A workbook of two people, with some of its parts replaced or added."""
    file = io.BytesIO()
    parts = zipfile.ZipFile(io.BytesIO(excel(pd.DataFrame({"id": ["a", "b"], "food": [5, 6]}))))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in dict.fromkeys([*parts.namelist(), *replaced]):
            part = parts.read(name).decode() if name in parts.namelist() else ""
            changed.writestr(name, replaced.get(name, lambda part: part)(part))
    return file.getvalue()


def _with_cell(place, row):
    """A workbook with one more cell far away."""
    cell = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'
    return _workbook(**{SHEET: lambda part: part.replace("</sheetData>", cell)})


@pytest.mark.parametrize(("place", "row"), [("XFD1048576", 1048576), ("Z1048576", 1048576), ("XFD9", 9)])
def test_a_cell_far_away_costs_nothing_and_keeps_its_row_number(place, row):
    sheet = read_sheet(_with_cell(place, row), name="a.xlsx")

    assert cells_of(sheet)[:2] == [["a", 5.0, None], ["b", 6.0, None]][: sheet.n_rows] or row == 9
    assert sheet.lines.tolist() == [2, 3, row]


def test_gaps_are_closed_and_the_rows_remembered(monkeypatch):
    monkeypatch.setattr(parts_module, "DENSE_CELLS", 10)
    parts = repack(_with_cell("AB50", 50))

    assert parts.rows == {0: [1, 2, 3, 50]}
    assert b'r="C4"' in zipfile.ZipFile(io.BytesIO(parts.content)).read(SHEET)


@pytest.mark.parametrize("count", ["99999999999", "18446744073709551615", "-1"])
def test_a_false_count_of_strings_allots_nothing(count):
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{count}"/>'

    assert cells_of(read_sheet(_workbook(**{STRINGS: lambda _: strings}), name="a.xlsx")) == [["a", 5.0], ["b", 6.0]]


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(parts_module, "UNPACKED_BYTES_MAX", 100)

    assert problem_of(_workbook(), "a.xlsx")[0] is LoadProblem.UNPACKS_TOO_LARGE


def test_pictures_and_macros_are_not_unpacked():
    added = {"xl/media/image1.png": lambda _: "picture", "xl/vbaProject.bin": lambda _: "macro"}
    names = zipfile.ZipFile(io.BytesIO(repack(_workbook(**added)).content)).namelist()

    assert SHEET in names
    assert not {*added} & {*names}


def test_a_part_that_lies_about_its_size_is_broken():
    content = bytearray(_workbook())
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(SHEET.encode()))
    content[at + 24 : at + 28] = (1).to_bytes(4, "little")

    with pytest.raises(LoadError) as caught:
        repack(bytes(content))
    assert caught.value.problem is LoadProblem.BROKEN_EXCEL


@pytest.mark.parametrize(("letters", "number"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"XFD", 16384)])
def test_columns_have_numbers(letters, number):
    assert parts_module._column(letters) == number
    assert parts_module._name_column(number) == letters


def test_a_part_that_wants_a_password_says_so():
    content = bytearray(_workbook())
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(SHEET.encode()))
    content[at + 8] |= 1

    with pytest.raises(LoadError) as caught:
        repack(bytes(content))
    assert caught.value.problem is LoadProblem.PROTECTED_EXCEL


def test_a_part_whose_extras_break_off_is_broken():
    content = bytearray(_workbook())
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(SHEET.encode()))
    # One byte of what follows is said to be extra, where two tell what it is.
    content[at + 30 : at + 32] = (1).to_bytes(2, "little")

    with pytest.raises(LoadError) as caught:
        repack(bytes(content))
    assert caught.value.problem is LoadProblem.BROKEN_EXCEL
