"""Excel files: sheets of cells that have types already."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa  # type: ignore[import-untyped]

from core.ingest.grid import HEAD_ROWS, Body, Book, GridHead
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.sheet import SheetFormat, check_size
from core.ingest.sheet_cells import Cell, SheetCells
from core.ingest.workbook_sheets import WorkbookSheets


@dataclass(frozen=True, slots=True, kw_only=True)
class CellGrid:
    """The cells of a workbook's sheet or of a web page's table; a ``Grid``.

    Attributes:
        cells: The cells.
    """

    cells: SheetCells = field(repr=False)

    @property
    def name(self) -> str:
        """Name of the sheet."""
        return self.cells.name

    @property
    def n_rows(self) -> int:
        """Number of rows that are not blank."""
        return len(self.cells.rows)

    @property
    def head(self) -> GridHead:
        """The first rows."""
        rows = tuple(
            tuple("" if cell is None else write_cell(cell) for cell in row) for row in self.cells.rows[:HEAD_ROWS]
        )
        return GridHead(rows=rows, lines=tuple(self.cells.lines[:HEAD_ROWS].tolist()))

    def body(self, *, below: int, n_columns: int) -> Body:
        """Return the rows below row ``below``; missing cells are blank.

        Raises:
            LoadError: If there are none, or too many.
        """
        rows = self.cells.rows[below + 1 :]
        check_size(rows=len(rows), columns=n_columns)
        if not rows:
            raise LoadError(LoadProblem.HEADER_ONLY)
        columns = [to_arrow([row[index] if index < len(row) else None for row in rows]) for index in range(n_columns)]
        cells = pa.table(columns, names=[str(index) for index in range(n_columns)])
        return Body(cells=cells, lines=self.cells.lines[below + 1 :])


def open_excel(content: bytes, *, file_key: str) -> Book:
    """Open a workbook: every sheet that holds anything, hidden ones only where no other does.

    Raises:
        LoadError: If the workbook is broken, protected or empty.
    """
    sheets = WorkbookSheets(content)
    read = [sheets.read(number) for number in range(len(sheets.names))]
    filled = [cells for cells in read if cells.rows]
    shown = [cells for cells in filled if not cells.hidden] or filled
    if not shown:
        raise LoadError(LoadProblem.EMPTY_FILE)
    grids = tuple(CellGrid(cells=cells) for cells in shown)
    return Book(format=SheetFormat.EXCEL, grids=grids, file_key=file_key)


def to_arrow(cells: Sequence[Cell]) -> pa.ChunkedArray:
    """Return a column as doubles if all its cells are numbers, as text otherwise."""
    if not any(isinstance(cell, str | bool) for cell in cells):
        return pa.chunked_array([pa.array(cells, pa.float64())])
    return pa.chunked_array([pa.array([None if cell is None else write_cell(cell) for cell in cells], pa.string())])


def write_cell(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a decimal point, as they are seen in Excel."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
