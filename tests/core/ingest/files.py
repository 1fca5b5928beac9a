"""Uploaded files, made in memory, and what reading them gives."""

import io

import pytest

from core.ingest import LoadError, read_sheet

SEPARATORS = [",", ";", "\t"]
ENCODINGS = ["utf-8", "utf-8-sig", "cp949"]


def problem_of(content, name="file.csv"):
    """Return why ``content`` is refused, with its figures."""
    with pytest.raises(LoadError) as caught:
        read_sheet(content, name=name)
    return caught.value.problem, dict(caught.value.blanks)


def cells_of(sheet):
    """Return all rows of a sheet."""
    return [list(row.values()) for row in sheet.head(sheet.n_rows)]


def excel(frame, **options):
    """Write a workbook."""
    file = io.BytesIO()
    frame.to_excel(file, index=False, **options)
    return file.getvalue()


def parquet(frame):
    """Write a Parquet file."""
    file = io.BytesIO()
    frame.to_parquet(file, index=False)
    return file.getvalue()
