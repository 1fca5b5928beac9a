"""Delimited text: separators, line ends, quotation marks, and rows of other lengths."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest import LoadProblem, RejectionReason, SheetFormat, read_sheet
from core.ingest import delimited as delimited_module
from core.ingest.delimited import open_text
from tests.core.ingest.files import ENCODINGS, SEPARATORS, cells_of, problem_of

cells = st.text(
    st.characters(codec="cp949", exclude_characters="\0\r\n\x1a", exclude_categories=["Cc", "Cs"]), max_size=8
)


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


def test_lines_are_physical_past_blank_lines_and_cells_of_several_lines():
    sheet = read_sheet(b'id,food\n\na,1\n\n"b\nb",2\nc,3\n', name="a.csv")

    assert cells_of(sheet) == [["a", "1"], ["b\nb", "2"], ["c", "3"]]
    assert sheet.lines.tolist() == [3, 5, 7]


def test_a_header_may_have_several_lines_too():
    sheet = read_sheet(b'"the\nid",food\na,1\n', name="a.csv")

    assert sheet.header == ("the id", "food")
    assert sheet.lines.tolist() == [3]


def test_ragged_rows_are_left_out_and_named():
    sheet = read_sheet(b"id,food\na,1\nb\nc,3,4\nd,5\n", name="a.csv")

    assert cells_of(sheet) == [["a", "1"], ["d", "5"]]
    assert sheet.lines.tolist() == [2, 5]
    assert [(row.line, row.reason, row.value) for row in sheet.ragged] == [
        (3, RejectionReason.RAGGED, "b"),
        (4, RejectionReason.RAGGED, "c,3,4"),
    ]


def test_ragged_rows_are_named_across_blocks(monkeypatch):
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


@given(
    st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6),
    st.sampled_from(SEPARATORS),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["\n", "\r\n"]),
)
def test_quoted_cells_come_back_as_they_were_written(rows, separator, encoding, newline):
    frame = pd.DataFrame(rows, columns=["가", "나", "다"])
    text = frame.to_csv(index=False, sep=separator, quoting=1, lineterminator=newline)
    book = open_text(text.encode(encoding), file_key="")
    body = book.grids[0].body(below=0, n_columns=3)

    assert book.separator == separator
    assert [list(row.values()) for row in body.cells.to_pylist()] == [list(row) for row in rows]
    assert body.lines.tolist() == list(range(2, len(rows) + 2))
