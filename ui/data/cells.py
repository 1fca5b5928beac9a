"""Cells of a file as they stand there, beside what they were read as; for the person who uploaded them."""

from core.ingest.reading import ColumnReading, Reading

SEPARATOR = " · "
#: Characters of a cell that are shown.
CHARACTERS = 24


def describe(reading: Reading, name: str | None) -> dict[str, str]:
    """Return a column's name and its first cells."""
    column = find(reading, name)
    return {"name": name or "", "cells": join(column) if column else ""}


def find(reading: Reading, name: str | None) -> ColumnReading | None:
    """Return what was read of the column of the file with this name."""
    return next((column for column in reading.columns if column.name == name and not column.is_category), None)


def join(column: ColumnReading) -> str:
    """Return the first cells of a column in one line."""
    return SEPARATOR.join(shorten(cell) for cell in column.nonprivate_cells)


def shorten(cell: str) -> str:
    """Return as much of a cell as is shown."""
    return cell if len(cell) <= CHARACTERS else cell[: CHARACTERS - 1] + "…"


def find_example(reading: Reading) -> str:
    """Return a cell in use with a mark in it, and what it was read as; nothing where there is none."""
    figures = [column for column in reading.columns if column.nonprivate_sum is not None and not column.is_category]
    marked = [column.name for column in figures if any("." in cell or "," in cell for cell in column.nonprivate_cells)]
    return read_example(reading, tuple(marked[:1]), decimal=reading.decimal) if marked else ""


def read_example(reading: Reading, names: tuple[str, ...], *, decimal: str) -> str:
    """Return a cell and what it is with this decimal mark: ``1.234 → 1234``."""
    cells = [cell for name in names if (column := find(reading, name)) for cell in column.nonprivate_cells]
    # The one that tells the two marks apart best.
    cell = next((cell for cell in cells if "." in cell or "," in cell), cells[0] if cells else "1.234")
    return f"{shorten(cell)} → {read_figure(cell, decimal=decimal)}"


def read_figure(cell: str, *, decimal: str) -> str:
    """Return the figure in a cell with a dot for its decimal mark and nothing between thousands."""
    kept = [("." if letter == decimal else letter) for letter in cell if letter.isdigit() or letter in {decimal, "-"}]
    return "".join(kept)
