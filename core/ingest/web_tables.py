"""Tables of web pages: banks call them .xls, and Excel opens them. Read in one pass, however the page is nested."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from core.arrays import read_only
from core.ingest.encoding import CODECS, decode
from core.ingest.grid import Book
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.sheet import SHEET_COLUMNS_MAX, SheetFormat, check_size
from core.ingest.sheet_cells import Cell, SheetCells
from core.ingest.workbook import CellGrid

#: What a web page begins with; a page of Excel's own XML is read alike.
_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(?:!doctype|html|head|body|table|meta|\?xml|!--)", re.IGNORECASE
)
LOOKED_AT_BYTES = 1024
#: A table is more than a line or a list.
LEAST_ROWS, LEAST_COLUMNS = 2, 2
#: Tables that are kept, and tables in tables that are told apart.
TABLES_MAX, DEPTH_MAX = 100, 30
SPAN_MAX = 1_000
#: Cells of a table: each is an object of Python.
CELLS_MAX = 5_000_000
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_CHARSETS: Mapping[str, str] = MappingProxyType(
    {
        **{name: name for name in CODECS},
        "euc-kr": "cp949",
        "ks_c_5601-1987": "cp949",
        "ms949": "cp949",
        "windows-949": "cp949",
        "windows-1252": "cp1252",
        "iso-8859-1": "cp1252",
        "shift-jis": "shift_jis",
        "windows-31j": "shift_jis",
    }
)
_NAME = re.compile(r"</?(?:\w+:)?([A-Za-z]\w*)")
_SPAN = re.compile(r"""(?i)\b(?:\w+:)?(colspan|rowspan|index)\s*=\s*["']?(\d{1,9})""")
#: What Excel's XML calls them.
_ALIASES = {"row": "tr", "cell": "td"}
_CELLS = {"td", "th"}
#: Parts whose content is no text, up to their own end.
_SILENT = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "title")}
#: Where one word ends and another begins.
_BREAKS = {"br", "p", "div", "li"}


def is_web_page(content: bytes) -> bool:
    """Return whether ``content`` begins like a web page."""
    return _BEGINNING.match(content[:LOOKED_AT_BYTES].replace(b"\0", b"")) is not None


def open_web_page(content: bytes, *, file_key: str) -> Book:
    """Open the tables of a web page.

    Raises:
        LoadError: WEB_PAGE if it has none, or as ``decode``.
    """
    encoding, text = _decode(content)
    tables = [table for table in _find_tables(text) if table.is_table]
    if not tables:
        raise LoadError(LoadProblem.WEB_PAGE)
    grids = tuple(CellGrid(cells=table.freeze()) for table in tables[:TABLES_MAX])
    return Book(format=SheetFormat.EXCEL, grids=grids, file_key=file_key, encoding=encoding)


def _decode(content: bytes) -> tuple[str, str]:
    told = _CHARSET.search(content, 0, LOOKED_AT_BYTES)
    encoding = _CHARSETS.get(told[1].decode("ascii", "replace").lower()) if told else None
    try:
        decoded = decode(content, encoding=encoding)
    except LoadError:
        # Pages say what their server once was set to.
        decoded = decode(content)
    return decoded.encoding, decoded.content.decode()


@dataclass(slots=True)
class _Table:
    """A table whose end has not come yet."""

    rows: list[list[Cell]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    n_columns: int = 0
    n_cells: int = 0
    #: Of the row that is open: its cells, and the words of the last one; None outside of rows and cells.
    row: list[Cell] | None = None
    words: list[str] | None = None
    span: int = 1
    #: How many more rows a cell above reaches down, by column.
    reaching: dict[int, int] = field(default_factory=dict)
    line: int = 0

    @property
    def is_table(self) -> bool:
        """Whether it is more than a frame around other things."""
        return len(self.rows) >= LEAST_ROWS and self.n_columns >= LEAST_COLUMNS

    def begin_row(self) -> None:
        self.end_row()
        self.row, self.line = [], self.line + 1

    def begin_cell(self, tag: str) -> None:
        self.end_cell()
        if self.row is None:
            self.begin_row()
        assert self.row is not None  # noqa: S101 - a row has begun
        spans = {name.lower(): int(figure) for name, figure in _SPAN.findall(tag)}
        self._skip_reached(self.row)
        # Excel's XML leaves blank cells out and says where the next one stands.
        while len(self.row) < min(spans.get("index", 0) - 1, SHEET_COLUMNS_MAX):
            self.row.append(None)
        self.words, self.span = [], max(1, min(spans.get("colspan", 1), SPAN_MAX))
        if (down := min(spans.get("rowspan", 1), SPAN_MAX)) > 1:
            self.reaching |= dict.fromkeys(range(len(self.row), len(self.row) + self.span), down)

    def end_cell(self) -> None:
        if self.row is None or self.words is None:
            return
        text = " ".join(html.unescape("".join(self.words)).split())
        self.row.append(text or None)
        self.row.extend([None] * (self.span - 1))
        self.words = None
        self.n_cells += self.span
        check_size(rows=self.line, columns=len(self.row))
        if self.n_cells > CELLS_MAX:
            raise LoadError(LoadProblem.TOO_MANY_CELLS, cells=self.n_cells, limit=CELLS_MAX)

    def end_row(self) -> None:
        self.end_cell()
        if self.row is None:
            return
        self._skip_reached(self.row)
        self.reaching = {column: left - 1 for column, left in self.reaching.items() if left > 1}
        if any(cell is not None for cell in self.row):
            self.rows.append(self.row)
            self.lines.append(self.line)
            self.n_columns = max(self.n_columns, len(self.row))
        self.row = None

    def freeze(self) -> SheetCells:
        lines = read_only(np.asarray(self.lines, dtype=np.int64))
        return SheetCells(name="", rows=self.rows, lines=lines, n_columns=self.n_columns)

    def _skip_reached(self, row: list[Cell]) -> None:
        while self.reaching.get(len(row), 0):
            row.append(None)


def _find_tables(text: str) -> list[_Table]:
    """Return the tables in the order in which they begin; a table within another is one of its own."""
    found: list[_Table] = []
    open_tables: list[_Table] = []
    for name, closes, tag, words in _walk(text):
        if words and open_tables and open_tables[-1].words is not None:
            open_tables[-1].words.append(words)
        if name == "table":
            if not closes and len(open_tables) < DEPTH_MAX:
                open_tables.append(_Table())
                found.append(open_tables[-1])
            elif closes and open_tables:
                open_tables.pop().end_row()
        elif open_tables:
            _enter(open_tables[-1], name, closes=closes, tag=tag)
    for table in open_tables:
        table.end_row()
    return found


def _enter(table: _Table, name: str, *, closes: bool, tag: str) -> None:
    if name == "tr":
        table.end_row() if closes else table.begin_row()
    elif name in _CELLS:
        table.end_cell() if closes else table.begin_cell(tag)
    elif name in _BREAKS and table.words is not None:
        table.words.append(" ")


def _walk(text: str) -> Iterator[tuple[str, bool, str, str]]:
    """Yield each tag: its name, whether it closes, all of it, and the text before it. Each character is passed once."""
    position = 0
    while (start := text.find("<", position)) >= 0:
        words = text[position:start]
        if text.startswith("<!--", start):
            name, end = "", text.find("-->", start)
            end = end + 2 if end >= 0 else -1
        else:
            end = text.find(">", start)
            named = _NAME.match(text, start)
            name = named[1].lower() if named else ""
        if end < 0:
            return
        tag = text[start : end + 1]
        yield _ALIASES.get(name, name), tag.startswith("</"), tag, words
        position = end + 1
        if name in _SILENT and not tag.startswith("</") and not tag.endswith("/>"):
            silent_end = _SILENT[name].search(text, position)
            if silent_end is None:
                return
            position = silent_end.start()
