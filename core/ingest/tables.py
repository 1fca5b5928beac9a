"""The sheets of a file, each with its header, the likeliest table first."""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from core.arrays import read_only
from core.ingest.grid import Book, Grid
from core.ingest.header import Header, find_header
from core.ingest.problems import LoadError
from core.ingest.sheet import RawSheet, SheetFormat, check_size, clean_header

#: What counts for a sheet beside its header: each tenfold of its rows.
PER_TENFOLD = 1.5
_UNIT_NOTE = re.compile(r"단위\s*[:：]?\s*(백만\s?원|천\s?원|만\s?원|원)")
#: Fewer columns than this are a list or a note.
COLUMNS_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """A sheet with its header.

    Attributes:
        book: The file.
        grid: The sheet.
        header: Its header.
        n_rows: Rows below it, as far as that is known without reading them.
    """

    book: Book
    grid: Grid
    header: Header
    n_rows: int

    @property
    def score(self) -> float:
        """What speaks for it among the file's sheets."""
        wide = len([name for name in self.header.names if name]) >= COLUMNS_LEAST
        return self.header.score + PER_TENFOLD * float(np.log10(max(self.n_rows, 1))) if wide else 0.0

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, made unique."""
        return clean_header(list(self.header.names))

    @property
    def noted_unit(self) -> str:
        """Unit of money that a line above the header gives for all figures, as "(단위: 천원)"; empty if none does."""
        head = self.grid.head
        above = [row for row, line in zip(head.rows, head.lines, strict=True) if line < self.header.line]
        found = [match for row in above for cell in row if (match := _UNIT_NOTE.search(cell)) is not None]
        return found[0][1].replace(" ", "") if found else ""

    def read(self, name: str) -> RawSheet:
        """Read the cells.

        Raises:
            LoadError: If they are too many, or none is whole.
        """
        n_columns = len(self.header.names)
        check_size(rows=self.n_rows, columns=n_columns)
        body = self.grid.body(below=self.header.last, n_columns=n_columns)
        return RawSheet(
            name=name,
            format=self.book.format,
            header=self.names,
            cells=body.cells,
            lines=body.lines,
            file_key=self.book.file_key,
            encoding=self.book.encoding,
            separator=self.book.separator,
            ragged=body.ragged,
            n_ragged=body.n_ragged,
            sheet=self.grid.name,
            header_line=None if self.book.format is SheetFormat.PARQUET else self.header.line,
        )


def find_tables(book: Book, *, sheet: str | None = None, header_line: int | None = None) -> list[FoundTable]:
    """Find the header of every sheet; the likeliest table first.

    Args:
        book: The file.
        sheet: Name of the sheet that the user chose; it comes first then.
        header_line: Line of the header in the first sheet if the user chose one.

    Raises:
        LoadError: If no sheet has a header.
    """
    found: list[FoundTable] = []
    problems: list[LoadError] = []
    for grid in book.grids:
        try:
            found.append(_find_table(book, grid))
        except LoadError as problem:
            problems.append(problem)
    if not found and header_line is None:
        raise problems[0]
    found.sort(key=lambda table: (table.grid.name != sheet, -table.score))
    if header_line is not None:
        grid = found[0].grid if found else book.grids[0]
        found[:1] = [_find_table(book, grid, line=header_line)]
    return found


def _find_table(book: Book, grid: Grid, *, line: int | None = None) -> FoundTable:
    if book.format is SheetFormat.PARQUET:
        names = grid.head.rows[0]
        return FoundTable(
            book=book, grid=grid, header=Header(names=names, line=0, last=0, score=0.0), n_rows=grid.n_rows - 1
        )
    header = find_header(grid.head, line=line)
    return FoundTable(book=book, grid=grid, header=header, n_rows=grid.n_rows - header.last - 1)


def join_sheets(sheets: list[RawSheet]) -> RawSheet:
    """Put sheets of one shape below each other; lines are those of their own sheets.

    Raises:
        LoadError: If together they are too large.
    """
    first = sheets[0]
    check_size(rows=sum(sheet.n_rows for sheet in sheets), columns=len(first.header))
    columns = [_join_columns([sheet.cells.column(index) for sheet in sheets]) for index in range(len(first.header))]
    return RawSheet(
        name=first.name,
        format=first.format,
        header=first.header,
        cells=pa.table(columns, names=[str(index) for index in range(len(columns))]),
        lines=read_only(np.concatenate([sheet.lines for sheet in sheets])),
        file_key=first.file_key,
        encoding=first.encoding,
        separator=first.separator,
        ragged=tuple(row for sheet in sheets for row in sheet.ragged),
        n_ragged=sum(sheet.n_ragged for sheet in sheets),
        sheet=", ".join(sheet.sheet for sheet in sheets),
        header_line=first.header_line,
    )


def _join_columns(columns: list[pa.ChunkedArray]) -> pa.ChunkedArray:
    kinds = {column.type for column in columns}
    if len(kinds) > 1:
        columns = [_to_text(column) for column in columns]
    return pa.chunked_array([chunk for column in columns for chunk in column.chunks], type=columns[0].type)


def _to_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_floating(column.type):
        return column.cast(pa.string())
    texts = [
        "" if value is None else str(int(value)) if float(value).is_integer() else repr(value)
        for value in column.to_pylist()
    ]
    return pa.chunked_array([pa.array(texts, pa.string())])
