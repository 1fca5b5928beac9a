"""Cells as they stand in a workbook's sheet or a web page's table, before anyone has said which row is the header."""

from dataclasses import dataclass, field

from core.arrays import IntArray

#: A cell: text, a figure, or nothing. Dates and times are text as ISO 8601 writes them.
Cell = str | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCells:
    """The cells of one sheet; rows without any are left out.

    Attributes:
        name: Name of the sheet; empty where tables have none.
        rows: The rows, each of ``n_columns`` cells; blank ones are None.
        lines: Row number of each in the file, from 1, of shape ``(n_rows,)``.
        n_columns: Columns.
        hidden: Whether the file hides the sheet.
    """

    name: str
    rows: list[list[Cell]] = field(repr=False)
    lines: IntArray = field(repr=False)
    n_columns: int
    hidden: bool = False
