"""Excel files: cells that have types already."""

from collections.abc import Sequence

import pyarrow as pa  # type: ignore[import-untyped]

from core.arrays import read_only
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.sheet import RawSheet, SheetFormat, check_header, check_size, clean_header
from core.ingest.sheet_cells import Cell
from core.ingest.workbook_sheets import WorkbookSheets


def read_excel(content: bytes, *, name: str, file_key: str) -> RawSheet:
    """Read the first sheet of a workbook; its first row that is not blank is the header.

    Raises:
        LoadError: If the workbook is broken or protected, or no rows stand below a header.
    """
    grid = WorkbookSheets(content).read(0)
    if not grid.rows:
        raise LoadError(LoadProblem.EMPTY_FILE)
    names = ["" if cell is None else write_cell(cell) for cell in grid.rows[0]]
    check_size(rows=len(grid.rows) - 1, columns=len(names))
    check_header(names, n_rows=len(grid.rows) - 1)
    columns = [to_arrow([row[index] for row in grid.rows[1:]]) for index in range(len(names))]
    return RawSheet(
        name=name,
        format=SheetFormat.EXCEL,
        header=clean_header(names),
        cells=pa.table(columns, names=[str(index) for index in range(len(names))]),
        lines=read_only(grid.lines[1:]),
        file_key=file_key,
    )


def to_arrow(cells: Sequence[Cell]) -> pa.ChunkedArray:
    """Return a column as doubles if all its cells are numbers, as text otherwise."""
    if not any(isinstance(cell, str) for cell in cells):
        return pa.chunked_array([pa.array(cells, pa.float64())])
    return pa.chunked_array([pa.array([None if cell is None else write_cell(cell) for cell in cells], pa.string())])


def write_cell(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a decimal point, as they are seen in Excel."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
