import gzip
import io
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest import LoadError, LoadProblem, RejectionReason, SheetFormat, read_sheet
from core.ingest import delimited as delimited_module
from core.ingest import read as read_module
from core.ingest import sheet as sheet_module
from core.ingest import workbook as workbook_module

SEPARATORS = [",", ";", "\t"]
ENCODINGS = ["utf-8", "utf-8-sig", "cp949"]


def problem_of(content, name="file.csv"):
    with pytest.raises(LoadError) as caught:
        read_sheet(content, name=name)
    return caught.value.problem, dict(caught.value.blanks)


def cells_of(sheet):
    return [list(row.values()) for row in sheet.head(sheet.n_rows)]


def excel(frame, **options):
    file = io.BytesIO()
    frame.to_excel(file, index=False, **options)
    return file.getvalue()


def parquet(frame):
    file = io.BytesIO()
    frame.to_parquet(file, index=False)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_separator_and_line_end_reads_alike(encoding, separator, newline):
    rows = [["이름", "식비", "교통"], ["가람", "1", "2"], ["나래", "3", "4"]]
    sheet = read_sheet(newline.join(separator.join(row) for row in rows).encode(encoding), name="표.csv")

    assert sheet.format is SheetFormat.CSV
    assert sheet.header == ("이름", "식비", "교통")
    assert cells_of(sheet) == rows[1:]
    assert sheet.encoding == encoding
    assert sheet.separator == separator
    assert sheet.lines.tolist() == [2, 3]


def test_ascii_text_is_utf_8():
    assert read_sheet(b"id,food\na,1\n", name="a.csv").encoding == "utf-8"


def test_an_open_file_is_read_from_its_beginning():
    file = io.BytesIO(b"id,food\na,1\n")
    file.read()

    assert cells_of(read_sheet(file, name="a.csv")) == [["a", "1"]]


def test_lines_are_physical_past_blank_lines_and_cells_of_several_lines():
    sheet = read_sheet(b'id,food\n\na,1\n\n"b\nb",2\nc,3\n', name="a.csv")

    assert cells_of(sheet) == [["a", "1"], ["b\nb", "2"], ["c", "3"]]
    assert sheet.lines.tolist() == [3, 5, 7]


def test_a_header_may_have_several_lines_too():
    sheet = read_sheet(b'"the\nid",food\na,1\n', name="a.csv")

    assert sheet.header == ("the id", "food")
    assert sheet.lines.tolist() == [3]


def test_torn_rows_are_left_out_and_named():
    sheet = read_sheet(b"id,food\na,1\nb\nc,3,4\nd,5\n", name="a.csv")

    assert cells_of(sheet) == [["a", "1"], ["d", "5"]]
    assert sheet.lines.tolist() == [2, 5]
    assert [(row.line, row.reason, row.value) for row in sheet.ragged] == [
        (3, RejectionReason.RAGGED, "b"),
        (4, RejectionReason.RAGGED, "c,3,4"),
    ]


def test_torn_rows_are_named_across_blocks(monkeypatch):
    monkeypatch.setattr(delimited_module, "BLOCK_BYTES", 64)
    rows = [f"p{place},{place}" for place in range(100)]
    rows[50] = "ragged"
    sheet = read_sheet(("id,food\n" + "\n".join(rows)).encode(), name="a.csv")

    assert [row.line for row in sheet.ragged] == [52]
    assert sheet.lines[49:52].tolist() == [51, 53, 54]


@pytest.mark.parametrize("content", [b'id,food\n5" a,1\nb,2\n', b'id,food\n5" a,1\n6" b,2\nc,3\n'])
def test_inch_marks_inside_cells_are_only_characters(content):
    sheet = read_sheet(content, name="a.csv")

    assert sheet.lines.tolist() == list(range(2, sheet.n_rows + 2))
    assert sheet.ragged == ()


def test_an_unclosed_quotation_is_refused_where_it_begins():
    assert problem_of(b'id,food\na,1\n"b,2\nc,3\n') == (LoadProblem.UNCLOSED_QUOTE, {"line": 3})


def test_repeated_and_missing_headers_are_made_unique():
    sheet = read_sheet("식비,식비,, 교통 \n1,2,3,x\n".encode(), name="a.csv")

    assert sheet.header == ("식비", "식비 (2)", "#3", "교통")


def test_headers_from_a_mac_are_composed():
    decomposed = "식비"

    assert read_sheet(f"{decomposed},b\nx,1\n".encode(), name="a.csv").header == ("식비", "b")


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


@pytest.mark.parametrize(("one", "other"), [("utf-8", "cp949"), ("cp949", "utf-8")])
def test_mixed_encodings_name_the_first_foreign_line(one, other):
    content = "이름,식비\n가나다,1\n".encode(one) + "라마바사,2\n".encode(other)

    assert problem_of(content) == (LoadProblem.MIXED_ENCODINGS, {"line": 3})


def test_an_undecodable_line_is_named():
    assert problem_of(b"id,food\na,1\n\xff\xff,2\n") == (LoadProblem.UNDECODABLE, {"line": 3})


def test_encodings_are_told_apart_across_chunks(monkeypatch):
    monkeypatch.setattr("core.ingest.encoding.CHUNK_BYTES", 5)
    rows = [["이름", "식비"], ["가나다라마바사아자차카타파하", "1"]]
    for encoding in ENCODINGS:
        sheet = read_sheet("\n".join(",".join(row) for row in rows).encode(encoding), name="a.csv")
        assert (sheet.encoding, cells_of(sheet)) == (encoding, rows[1:])


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(read_module, "UPLOAD_MEGABYTES", 1)
    content = b"id,food\n" + b"a,1\n" * (1 << 18)

    assert problem_of(content) == (LoadProblem.TOO_MANY_BYTES, {"megabytes": 1})
    assert problem_of(io.BytesIO(content))[0] is LoadProblem.TOO_MANY_BYTES


def test_too_many_rows_are_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr(sheet_module, "UPLOAD_ROWS_MAX", 2)

    assert problem_of(b"id,food\na,1\nb,2\nc,3\n") == (LoadProblem.TOO_MANY_ROWS, {"rows": 3, "limit": 2})
    assert problem_of(b"id,food" + b"\n" * 9)[0] is LoadProblem.TOO_MANY_ROWS


def test_too_many_columns_and_cells_are_refused(monkeypatch):
    assert problem_of((",".join("abc" for _ in range(20_001)) + "\n1\n").encode())[0] is LoadProblem.TOO_MANY_COLUMNS
    monkeypatch.setattr(sheet_module, "SHEET_CELLS_MAX", 3)
    assert problem_of(b"id,food\na,1\nb,2\n") == (LoadProblem.TOO_MANY_CELLS, {"cells": 4, "limit": 3})


def test_an_excel_file_reads_as_numbers_and_text_with_its_lines():
    frame = pd.DataFrame({"이름": ["가람", "나래"], "식비": [1.5, 2], "메모": ["3만원", 4], "빈칸": [1, None]})
    sheet = read_sheet(excel(frame, startrow=2), name="표.csv")

    assert sheet.format is SheetFormat.EXCEL
    assert sheet.header == ("이름", "식비", "메모", "빈칸")
    assert cells_of(sheet) == [["가람", 1.5, "3만원", "1"], ["나래", 2.0, "4", ""]]
    assert sheet.lines.tolist() == [4, 5]


def test_an_excel_file_without_rows_or_cells_is_refused():
    assert problem_of(excel(pd.DataFrame({"a": [], "b": []})), "a.xlsx")[0] is LoadProblem.HEADER_ONLY
    assert problem_of(excel(pd.DataFrame()), "a.xlsx")[0] is LoadProblem.EMPTY_FILE


def test_an_excel_file_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_module, "UNPACKED_BYTES_MAX", 100)

    assert problem_of(excel(pd.DataFrame({"a": [1]})), "a.xlsx")[0] is LoadProblem.TOO_MANY_BYTES


def test_a_parquet_file_keeps_text_and_figures_and_leaves_out_the_rest():
    frame = pd.DataFrame({"id": ["a", "b"], "식비": [1, 2], "list": [[1], [2]], "raw": [b"\xff", b"\xfe"]})
    sheet = read_sheet(parquet(frame), name="a.parquet")

    assert sheet.format is SheetFormat.PARQUET
    assert sheet.header == ("id", "식비")
    assert sheet.lines.tolist() == [1, 2]


def test_a_parquet_file_without_rows_or_cut_short_is_refused():
    content = parquet(pd.DataFrame({"a": [1, 2]}))

    assert problem_of(parquet(pd.DataFrame({"a": []})), "a.parquet")[0] is LoadProblem.HEADER_ONLY
    assert problem_of(content[:-20], "a.parquet")[0] is LoadProblem.BROKEN_PARQUET
    assert problem_of(content[:60] + b"\x00" * 30 + content[90:], "a.parquet")[0] is LoadProblem.BROKEN_PARQUET


def test_a_parquet_file_whose_text_is_no_text_is_broken():
    content = parquet(pd.DataFrame({"a": ["plain", "words"]}))

    assert problem_of(content.replace(b"plain", b"pl\xff\xffn"), "a.parquet")[0] is LoadProblem.BROKEN_PARQUET


def test_text_with_the_suffix_of_excel_is_read_as_text():
    assert read_sheet(b"id,food\na,1\n", name="a.xls").format is SheetFormat.CSV


def test_equal_bytes_have_equal_file_keys():
    one, other = (read_sheet(content, name="a.csv").file_key for content in (b"id,food\na,1\n", b"id,food\na,2\n"))

    assert one != other
    assert one == read_sheet(b"id,food\na,1\n", name="b.csv").file_key


def test_a_header_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="one of the sheet's, not 'rent'"):
        read_sheet(b"id,food\na,1\n", name="a.csv").column("rent")


def test_text_is_trimmed_composed_and_merged():
    sheet = read_sheet("id,b\n 가 ,1\n가,2\n ,3\n".encode(), name="a.csv")
    text = sheet.text("id")

    assert text.dictionary.to_pylist() == ["가"]
    assert text.to_pylist() == ["가", "가", None]


def test_ids_that_excel_or_pandas_turned_into_floats_are_whole_again():
    sheet = read_sheet(parquet(pd.DataFrame({"id": [17.0, 18.0], "b": [1, 2]})), name="a.parquet")

    assert sheet.text("id").to_pylist() == ["17", "18"]


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.parquet"]))
def test_any_bytes_give_a_sheet_or_a_load_error(content, name):
    try:
        sheet = read_sheet(content, name=name)
    except LoadError:
        return
    assert sheet.cells.num_rows == sheet.lines.size


cells = st.text(
    st.characters(codec="cp949", exclude_characters="\0\r\n\x1a", exclude_categories=["Cc", "Cs"]), max_size=8
)


@given(
    st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6),
    st.sampled_from(SEPARATORS),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["\n", "\r\n"]),
)
def test_quoted_cells_come_back_as_they_were_written(rows, separator, encoding, newline):
    frame = pd.DataFrame(rows, columns=["가", "나", "다"])
    text = frame.to_csv(index=False, sep=separator, quoting=1, lineterminator=newline)
    sheet = read_sheet(text.encode(encoding), name="a.csv")

    assert sheet.separator == separator
    assert cells_of(sheet) == [list(row) for row in rows]
    assert sheet.lines.tolist() == list(range(2, len(rows) + 2))


def test_rows_of_a_preview_are_the_first_ones():
    sheet = read_sheet(b"id,food\na,1\nb,2\n", name="a.csv")

    assert sheet.head(1) == [{"id": "a", "food": "1"}]
    assert isinstance(sheet.cells, pa.Table)
    assert sheet.lines.dtype == np.int64
