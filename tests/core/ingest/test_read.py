import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest import LoadError, LoadProblem, SheetFormat, read_sheet
from core.ingest import read as read_module
from tests.core.ingest.files import cells_of, problem_of


def test_an_open_file_is_read_from_its_beginning():
    file = io.BytesIO(b"id,food\na,1\n")
    file.read()

    assert cells_of(read_sheet(file, name="a.csv")) == [["a", "1"]]


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"", "a.csv", LoadProblem.EMPTY_FILE),
        (b"\xef\xbb\xbf", "a.csv", LoadProblem.EMPTY_FILE),
        (b"\n\n \r\n", "a.csv", LoadProblem.EMPTY_FILE),
        (b"id,food\n", "a.csv", LoadProblem.HEADER_ONLY),
        (b"id,food", "a.csv", LoadProblem.HEADER_ONLY),
        (b"1,2\n3,4\n", "a.csv", LoadProblem.NO_HEADER),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.csv", LoadProblem.BINARY),
        (gzip.compress(b"id,food\na,1\n", mtime=0), "a.csv.gz", LoadProblem.BINARY),
        (b"PK\x03\x04 not a workbook", "a.xlsx", LoadProblem.BROKEN_EXCEL),
        (b"\xd0\xcf\x11\xe0 not a workbook", "a.xls", LoadProblem.BROKEN_EXCEL),
        (b"PAR1 \x00 broken", "a.parquet", LoadProblem.BROKEN_PARQUET),
        (b"\x00\x01\x02", "a.parquet", LoadProblem.BROKEN_PARQUET),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", LoadProblem.WEB_PAGE),
        (b"id,food\na,1\n\xff\xff,2\n", "a.csv", LoadProblem.UNDECODABLE),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", LoadProblem.PROTECTED_EXCEL),
    ],
)
def test_what_is_no_table_is_refused_by_its_problem(content, name, problem):
    assert problem_of(content, name)[0] is problem


def test_a_zip_renamed_csv_is_called_an_archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("data.csv", "id,food\na,1\n")

    assert problem_of(file.getvalue(), "data.csv")[0] is LoadProblem.ARCHIVE


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(read_module, "UPLOAD_MEGABYTES", 1)
    content = b"id,food\n" + b"a,1\n" * (1 << 18)

    assert problem_of(content) == (LoadProblem.TOO_MANY_BYTES, {"megabytes": 1})
    assert problem_of(io.BytesIO(content))[0] is LoadProblem.TOO_MANY_BYTES


def test_text_with_the_suffix_of_excel_is_read_as_text():
    assert read_sheet(b"id,food\na,1\n", name="a.xls").format is SheetFormat.CSV


def test_equal_bytes_have_equal_file_keys():
    one, other = (read_sheet(content, name="a.csv").file_key for content in (b"id,food\na,1\n", b"id,food\na,2\n"))

    assert one != other
    assert one == read_sheet(b"id,food\na,1\n", name="b.csv").file_key


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.parquet"]))
def test_any_bytes_give_a_sheet_or_a_load_error(content, name):
    try:
        sheet = read_sheet(content, name=name)
    except LoadError:
        return
    assert sheet.cells.num_rows == sheet.lines.size
