"""Parquet files: flat columns in plain types, within bounds whatever the file says of itself."""

import datetime as dt
import io
from contextlib import suppress
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.ingest import LoadError, LoadProblem, SheetFormat, load, propose_wide, read_sheet
from core.ingest import parquet as parquet_module
from core.ingest.parquet import read_parquet_cells
from tests.core.ingest.files import cells_of, parquet, problem_of


def _write(columns, **options):
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, **options)
    return file.getvalue()


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


def test_columns_that_hold_lists_or_bytes_are_named_and_never_read():
    found = read_parquet_cells(_write({"id": ["a", "b"], "list": [[1], [2]], "bytes": [b"1", b"2"], "food": [1, 2]}))

    assert (found.names, found.unread) == (("id", "food"), ("list", "bytes"))


ODD = {
    "far dates": pa.array([2**31 - 1, 0, -(2**31)], pa.date32()),
    "far times": pa.array([2**62, 0, -(2**63)], pa.timestamp("us")),
    "times of no zone on earth": pa.array([2**40, 0, 1], pa.timestamp("s", "Nowhere/City")),
    "times of the day": pa.array([2**39, 0, 1], pa.time64("us")),
    "whole numbers beyond floats": pa.array([2**64 - 1, 2**63, 0], pa.uint64()),
    "negative ones": pa.array([-(2**63), 0, 1], pa.int64()),
    "decimals": pa.array([Decimal(10) ** 37, Decimal(1), None], pa.decimal128(38, 0)),
    "half floats": pa.array([np.float16(1), np.float16(np.inf), None], pa.float16()),
    "nothing": pa.nulls(3),
    "marks": pa.array([True, None, False]),
    "repeated text": pa.array(["a", "a", None]).dictionary_encode(),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("person", [True, False])
def test_an_odd_type_is_read_or_refused_row_by_row_and_never_a_crash(odd, person):
    first, second = ("id", "food") if person else ("food", "id")
    sheet = read_sheet(_write({first: ODD[odd], second: pa.array([1, 2, 3])}), name="a.parquet")

    assert len(sheet.head(3)) == 3
    with suppress(LoadError):
        loaded = load(sheet, propose_wide(sheet))
        assert loaded.rejections.total + loaded.table.values.shape[0] == 3


def test_dates_and_large_numbers_read_as_they_are_written():
    cells = {
        "day": pa.array([dt.date(2026, 5, 28)]),
        "time": pa.array([dt.datetime(2026, 5, 28, 9, 30, tzinfo=dt.UTC)]),
        "midnight": pa.array([0], pa.timestamp("ns", "Asia/Seoul")),
        "number": pa.array([2**53 + 1], pa.uint64()),
        "amount": pa.array([Decimal("1.50")]),
    }

    assert cells_of(read_sheet(_write(cells), name="a.parquet")) == [
        ["2026-05-28", "2026-05-28 09:30:00", "1970-01-01 09:00:00", "9007199254740993", 1.5]
    ]


def test_kilobytes_of_repeated_text_that_stand_for_gigabytes_are_refused(monkeypatch):
    content = _write({"id": np.arange(20_000), "note": pa.array(["x" * 1000] * 20_000)})
    monkeypatch.setattr(parquet_module, "CELL_BYTES_MAX", 10 << 20)

    assert len(content) < 200_000
    assert problem_of(content, "a.parquet")[0] is LoadProblem.UNPACKS_TOO_LARGE


def test_columns_of_one_name_all_stay():
    table = pa.table([[1, 2], ["a", "b"]], names=["x", "x"])
    file = io.BytesIO()
    pq.write_table(table, file)

    assert cells_of(read_sheet(file.getvalue(), name="a.parquet")) == [[1, "a"], [2, "b"]]
