"""A sheet: unique headers, cells as text, and sizes that are refused."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from core.ingest import LoadProblem, read_sheet
from core.ingest import sheet as sheet_module
from core.ingest.sheet import clean_header
from tests.core.ingest.files import parquet, problem_of


def test_repeated_and_missing_headers_are_made_unique():
    sheet = read_sheet("식비,식비,, 교통 \n1,2,3,x\n".encode(), name="a.csv")

    assert sheet.header == ("식비", "식비 (2)", "#3", "교통")


def test_headers_from_a_mac_are_composed():
    decomposed = "식비"

    assert read_sheet(f"{decomposed},b\nx,1\n".encode(), name="a.csv").header == ("식비", "b")


def test_too_many_columns_and_cells_are_refused(monkeypatch):
    assert problem_of((",".join("abc" for _ in range(20_001)) + "\n1\n").encode())[0] is LoadProblem.TOO_MANY_COLUMNS
    monkeypatch.setattr(sheet_module, "SHEET_CELLS_MAX", 3)
    assert problem_of(b"id,food\na,1\nb,2\n") == (LoadProblem.TOO_MANY_CELLS, {"cells": 4, "limit": 3})


def test_too_many_rows_are_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr(sheet_module, "UPLOAD_ROWS_MAX", 2)

    assert problem_of(b"id,food\na,1\nb,2\nc,3\n") == (LoadProblem.TOO_MANY_ROWS, {"rows": 3, "limit": 2})
    assert problem_of(b"id,food" + b"\n" * 9)[0] is LoadProblem.TOO_MANY_ROWS


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


def test_rows_of_a_preview_are_the_first_ones():
    sheet = read_sheet(b"id,food\na,1\nb,2\n", name="a.csv")

    assert sheet.head(1) == [{"id": "a", "food": "1"}]
    assert isinstance(sheet.cells, pa.Table)
    assert sheet.lines.dtype == np.int64


def test_a_name_that_a_repetition_would_take_is_passed_over():
    assert clean_header(["a", "a (2)", "a"]) == ("a", "a (2)", "a (3)")


def test_text_that_was_found_once_is_what_would_be_found_again():
    sheet = read_sheet(b"who,food\n Kim ,1\nLee,2\nKim,3\n,4\n", name="a.csv")
    again = sheet.with_text("who", sheet.text("who"))

    assert again.text("who").to_pylist() == sheet.text("who").to_pylist() == ["Kim", "Lee", "Kim", None]
    assert again.text("food").to_pylist() == sheet.text("food").to_pylist()
