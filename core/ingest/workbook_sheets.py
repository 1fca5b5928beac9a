"""Sheets of an Excel file, old or new, as cells: whatever its reader stumbles over is a broken file."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from core.arrays import read_only
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.sheet_cells import Cell, SheetCells
from core.ingest.workbook_parts import repack

#: Sheets that are looked at; more are no table of people.
SHEETS_MAX = 100
#: Whole numbers up to here are exact as floats.
EXACT_MAX = 1 << 53
#: Name of the part that only password-protected workbooks have, as they store it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_Found = TypeVar("_Found")


class WorkbookSheets:
    """The sheets of a workbook, each read when it is asked for.

    Args:
        content: The bytes of the file.

    Raises:
        LoadError: PROTECTED_EXCEL, BROKEN_EXCEL, UNPACKS_TOO_LARGE, or EMPTY_FILE if it has no sheet of cells.
    """

    def __init__(self, content: bytes) -> None:
        if _ENCRYPTED in content:
            raise LoadError(LoadProblem.PROTECTED_EXCEL)
        self._rows: dict[int, list[int]] = {}
        if zipfile.is_zipfile(io.BytesIO(content)):
            parts = repack(content)
            content, self._rows = parts.content, parts.rows
        self._book = _guard(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
        self._sheets = [
            (index, sheet)
            for index, sheet in enumerate(self._book.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        ][:SHEETS_MAX]
        if not self._sheets:
            raise LoadError(LoadProblem.EMPTY_FILE)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the sheets of cells, in the workbook's order."""
        return tuple(sheet.name for _, sheet in self._sheets)

    def read(self, number: int) -> SheetCells:
        """Read the sheet at place ``number`` among ``names``.

        Raises:
            LoadError: BROKEN_EXCEL.
        """
        index, metadata = self._sheets[number]
        sheet = _guard(lambda: self._book.get_sheet_by_index(index))
        rows, places = _guard(lambda: _read_rows(sheet.iter_rows()))
        true_rows = self._rows.get(index)
        lines = places + 1
        if true_rows is not None:
            lines = np.asarray(true_rows, dtype=np.int64)[lines - 1]
        return SheetCells(
            name=metadata.name,
            rows=rows,
            lines=read_only(lines),
            n_columns=max(map(len, rows), default=0),
            hidden=metadata.visible != SheetVisibleEnum.Visible,
        )


def _guard(read: Callable[[], _Found]) -> _Found:
    """Return what ``read`` reads; a fault of the reader, or a panic of its Rust, is a broken file."""
    try:
        return read()
    except PasswordError:
        raise LoadError(LoadProblem.PROTECTED_EXCEL) from None
    except (KeyboardInterrupt, SystemExit, MemoryError, LoadError):
        raise
    except BaseException:  # noqa: BLE001 - a panic is no Exception
        raise LoadError(LoadProblem.BROKEN_EXCEL) from None


def _read_rows(rows: Iterable[Sequence[object]]) -> tuple[list[list[Cell]], np.ndarray]:
    """Return the rows that hold anything, and their places."""
    kept: list[list[Cell]] = []
    places: list[int] = []
    for place, row in enumerate(rows):
        cells = [_read_cell(cell) for cell in row]
        if any(cell is not None for cell in cells):
            kept.append(cells)
            places.append(place)
    return kept, np.asarray(places, dtype=np.int64)


def _read_cell(cell: object) -> Cell:
    if isinstance(cell, float):
        return cell
    if isinstance(cell, str):
        return cell or None
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, int):
        return float(cell) if abs(cell) <= EXACT_MAX else str(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ").removesuffix(" 00:00:00")
    return str(cell)
