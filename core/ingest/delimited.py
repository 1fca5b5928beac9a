"""Delimited text: CSV with commas, semicolons, tabs or pipes, and the physical line of every row."""

import csv
import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import csv as arrow_csv

from core.arrays import BoolArray, IntArray, read_only
from core.ingest.encoding import decode
from core.ingest.grid import HEAD_ROWS, Body, Book, GridHead
from core.ingest.problems import EXAMPLES_MAX, LoadError, LoadProblem, Rejection, RejectionReason, shorten
from core.ingest.sheet import SheetFormat, check_size

SEPARATORS = (",", ";", "\t", "|")
_PREFERRED = (";", "\t", "|", ",")
#: What Excel reads as the separator of the lines below.
_SEPARATOR_HINT = re.compile(rb"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
#: Part of the first lines that a table must make up.
MOSTLY = 0.8
#: Text looked at to find the separator.
SNIFFED_BYTES = 1 << 16
SNIFFED_RECORDS = 50
#: Longest record that is read.
BLOCK_BYTES = 1 << 24
NEWLINE, QUOTE, RETURN = b'\n"\r'


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Where the records of a text stand, blank ones left out.

    Attributes:
        starts: Byte offset of each record, of shape ``(n_records,)``.
        ends: Byte offset behind it.
        lines: Physical line on which it begins, from 1.
    """

    starts: IntArray
    ends: IntArray
    lines: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class RaggedRows:
    """Records with more or fewer cells than the header.

    Attributes:
        indices: Their indices among the records, from 0 for the first below the header.
        texts: The first few, shortened.
    """

    indices: list[int]
    texts: list[str]

    def reject(self, lines: IntArray) -> tuple[Rejection, ...]:
        """Return the first few as rejections, given the line of every record below the header."""
        return tuple(
            Rejection(line=int(lines[index]), reason=RejectionReason.RAGGED, column=None, value=text)
            for index, text in zip(self.indices, self.texts, strict=False)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TextGrid:
    """Delimited text without a header; a ``Grid``.

    Attributes:
        text: The text in UTF-8, lines ending in a line feed.
        records: Where its records stand.
        separator: Character between cells.
    """

    text: bytes = field(repr=False)
    records: Records = field(repr=False)
    separator: str
    name: str = ""

    @property
    def n_rows(self) -> int:
        """Number of records."""
        return int(self.records.starts.size)

    @property
    def head(self) -> GridHead:
        """The first records."""
        last = min(self.records.starts.size, HEAD_ROWS)
        parsed = [
            parse_record(self.text[start:end], separator=self.separator)
            for start, end in zip(self.records.starts[:last], self.records.ends[:last], strict=True)
        ]
        return GridHead(rows=tuple(parsed), lines=tuple(self.records.lines[:last].tolist()))

    def body(self, *, below: int, n_columns: int) -> Body:
        """Return the records below record ``below``; those of another width are left out and named.

        Raises:
            LoadError: If they are too many, or broken.
        """
        check_size(rows=self.records.starts.size - below - 1, columns=n_columns)
        start = int(self.records.ends[below])
        if below + 1 == self.records.starts.size:
            raise LoadError(LoadProblem.HEADER_ONLY)
        cells, ragged = _parse_cells(pa.py_buffer(self.text)[start:], n_columns=n_columns, separator=self.separator)
        lines = _lines_below(self.text, self.records, below=below, n_rows=cells.num_rows + len(ragged.indices))
        if not cells.num_rows:
            raise LoadError(
                LoadProblem.NOBODY_LEFT, rows=len(ragged.indices), reason=RejectionReason.RAGGED, line=int(lines[0])
            )
        return Body(
            cells=cells,
            lines=read_only(np.delete(lines, ragged.indices)),
            ragged=ragged.reject(lines),
            n_ragged=len(ragged.indices),
        )


def open_text(content: bytes, *, file_key: str, encoding: str | None = None) -> Book:
    """Open delimited text, in ``encoding`` if the user says so.

    Raises:
        LoadError: If the bytes are not text, or hold nothing.
    """
    decoded = decode(content, encoding=encoding)
    text = decoded.content if b"\n" in decoded.content else decoded.content.replace(b"\r", b"\n")
    records = _find_all_records(text)
    first = text[records.starts[0] : records.ends[0]]
    hint = _SEPARATOR_HINT.fullmatch(first)
    if hint:
        records = Records(starts=records.starts[1:], ends=records.ends[1:], lines=records.lines[1:])
        if not records.starts.size:
            raise LoadError(LoadProblem.EMPTY_FILE)
    start = int(records.starts[0])
    separator = hint[1].decode() if hint else guess_separator(text[start : start + SNIFFED_BYTES])
    return Book(
        format=SheetFormat.CSV,
        grids=(TextGrid(text=text, records=records, separator=separator),),
        file_key=file_key,
        encoding=decoded.encoding,
        encodings=decoded.candidates,
        separator=separator,
    )


def _find_all_records(text: bytes) -> Records:
    """Find the records of a file that has any and does not fill the memory."""
    # Lines are cheaper to count than to find: a file of nothing but line breaks must not fill the memory.
    check_size(rows=text.count(b"\n") - 1, columns=1)
    records = _find_records(text, quoted=text.count(b'"') % 2 == 0)
    if not records.starts.size:
        raise LoadError(LoadProblem.EMPTY_FILE)
    return records


def _find_records(text: bytes, *, quoted: bool) -> Records:
    """Find the records: lines, or with ``quoted`` those that end outside quotation marks."""
    data = np.frombuffer(text, dtype=np.uint8)
    newlines = _find_line_ends(data)
    last_of_record = np.flatnonzero(~_are_within_quotes(data, newlines)) if quoted else np.arange(newlines.size)
    ends = newlines[last_of_record]
    starts = np.concatenate([[0], ends[:-1] + 1])[: ends.size]
    lines = np.concatenate([[1], last_of_record[:-1] + 2])[: ends.size]
    blank = (ends == starts) | ((ends == starts + 1) & (data[np.minimum(starts, data.size - 1)] == RETURN))
    return Records(starts=starts[~blank], ends=ends[~blank], lines=lines[~blank])


def _find_line_ends(data: IntArray) -> IntArray:
    newlines = _find_bytes(data, NEWLINE)
    return np.append(newlines, data.size) if data.size and data[-1] != NEWLINE else newlines


def _find_bytes(data: IntArray, byte: int) -> IntArray:
    """Return where ``byte`` stands; piece by piece, since the marks of a whole file are as large as the file."""
    pieces = range(0, data.size, BLOCK_BYTES)
    found = [np.flatnonzero(data[start : start + BLOCK_BYTES] == byte) + start for start in pieces]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _are_within_quotes(data: IntArray, indices: IntArray) -> BoolArray:
    """Mark which ``indices`` follow an odd number of quotation marks."""
    within: BoolArray = np.searchsorted(_find_bytes(data, QUOTE), indices) % 2 == 1
    return within


def _lines_below(text: bytes, records: Records, *, below: int, n_rows: int) -> IntArray:
    """Return the line of each row that the parser found, whole or ragged."""
    if records.lines.size == n_rows + below + 1:
        return records.lines[below + 1 :]
    if text.count(b'"') % 2:
        raise LoadError(LoadProblem.UNCLOSED_QUOTE, line=_first_open_line(text))
    # Quotation marks that mean nothing, such as 5" in two indices: every line is a row after all.
    plain = _find_records(text, quoted=False)
    start = int(np.searchsorted(plain.starts, records.ends[below]))
    if plain.lines.size - start == n_rows:
        return plain.lines[start:]
    return np.arange(n_rows) + int(records.lines[below]) + 1


def _first_open_line(text: bytes) -> int:
    """Return the first line that ends within quotation marks."""
    data = np.frombuffer(text, dtype=np.uint8)
    return int(np.argmax(_are_within_quotes(data, _find_line_ends(data)))) + 1


def guess_separator(sample: bytes) -> str:
    """Return the separator that splits most of the first lines alike, whatever stands above the table."""
    lines = [line for line in sample.decode(errors="ignore").splitlines() if line.strip()][: SNIFFED_RECORDS + 1]
    evenness = {separator: _find_evenness(lines, separator) for separator in SEPARATORS}
    best = max(evenness.values())
    # A comma that splits as evenly may be a decimal mark; where nothing splits, there is one column.
    return next((separator for separator in _PREFERRED if best[1] and evenness[separator] == best), ",")


def _find_evenness(lines: list[str], separator: str) -> tuple[float, int]:
    """Return the part of the lines that have the commonest width, in tenths, and that width; nothing if it is 1."""
    widths = Counter(width for width in _record_widths(lines, separator) if width > 1)
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    share = count / max(len(lines), 1)
    # Titles and summaries above a short table are lines of other widths too.
    return (1.0 if share > MOSTLY else round(share, 1)), width


def _record_widths(lines: list[str], separator: str) -> list[int]:
    try:
        return [len(record) for record in csv.reader(lines, delimiter=separator) if record]
    except csv.Error:
        return []


def parse_record(record: bytes, *, separator: str) -> tuple[str, ...]:
    """Split one record into cells.

    Raises:
        LoadError: BROKEN_CSV.
    """
    try:
        # A cell may hold line breaks in quotation marks.
        lines = record.decode().splitlines(keepends=True)
        return tuple(cell.strip("\r\n") for cell in next(csv.reader(lines, delimiter=separator)))
    except (csv.Error, StopIteration):
        raise LoadError(LoadProblem.BROKEN_CSV) from None


def _parse_cells(body: pa.Buffer, *, n_columns: int, separator: str) -> tuple[pa.Table, RaggedRows]:
    ragged = RaggedRows(indices=[], texts=[])
    names = [str(index) for index in range(n_columns)]

    def skip_row(row: arrow_csv.InvalidRow) -> str:
        ragged.indices.append(row.number - 1)
        if len(ragged.texts) < EXAMPLES_MAX:
            ragged.texts.append(shorten(row.text))
        return "skip"

    try:
        cells = arrow_csv.read_csv(
            pa.BufferReader(body),
            # One thread, because only then does Arrow number the ragged rows.
            read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=BLOCK_BYTES),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator, newlines_in_values=True, invalid_row_handler=skip_row
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowException:
        raise LoadError(LoadProblem.BROKEN_CSV) from None
    return cells, ragged
