"""What stands in a file before a header is chosen: sheets of cells, each with its first rows as text.

A reader of a kind of file makes grids; which row is the header and what the cells mean is decided above. A grid never
leaves the process that reads the file: what crosses to another is a ``RawSheet``.
"""

from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa  # type: ignore[import-untyped]

from core.arrays import IntArray
from core.ingest.problems import Rejection
from core.ingest.sheet import SheetFormat

#: First rows that are looked at for a header.
HEAD_ROWS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class GridHead:
    """The first rows of a grid, blank ones left out.

    Attributes:
        rows: Cells as text, trimmed at neither end; rows may differ in width.
        lines: Line of each row in the file, from 1.
    """

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The rows below a header.

    Attributes:
        cells: One column a header, named "0", "1", …; text where the file knows no types.
        lines: Line of each row, of shape ``(n_rows,)``.
        ragged: Rows of another width, the first ones.
        n_ragged: Number of such rows.
    """

    cells: pa.Table = field(repr=False)
    lines: IntArray = field(repr=False)
    ragged: tuple[Rejection, ...] = ()
    n_ragged: int = 0


class Grid(Protocol):
    """A sheet without a header: ``TextGrid`` (delimited text), ``CellGrid`` (workbooks, HTML tables)."""

    @property
    def name(self) -> str:
        """Name of the sheet; empty for text."""

    @property
    def n_rows(self) -> int:
        """Number of rows, blank ones left out."""

    @property
    def head(self) -> GridHead:
        """The first rows."""

    def body(self, *, below: int, n_columns: int) -> Body:
        """Return the rows below the head's row ``below``, as a table of ``n_columns``.

        Raises:
            LoadError: If that is too large, or broken.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A file that was opened.

    Attributes:
        format: Kind of file.
        grids: Its sheets that hold anything, in order; at least one.
        file_key: Equal for equal bytes.
        encoding: Text encoding; None unless text.
        encodings: Encodings between which only the user can tell; empty where there is no doubt.
        separator: Character between cells; None unless text.
        unread: Names of columns that hold lists, bytes and the like.
    """

    format: SheetFormat
    grids: tuple[Grid, ...]
    file_key: str
    encoding: str | None = None
    encodings: tuple[str, ...] = ()
    separator: str | None = None
    unread: tuple[str, ...] = ()
