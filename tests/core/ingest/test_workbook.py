"""Excel and Parquet files: typed cells, and what is refused."""

import pandas as pd

from core.ingest import LoadProblem, SheetFormat, read_sheet
from core.ingest import workbook as workbook_module
from tests.core.ingest.files import cells_of, excel, parquet, problem_of


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
