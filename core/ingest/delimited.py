"""Delimited text: CSV with commas, semicolons or tabs, in UTF-8 or CP949, and the physical line of every row."""

import csv
from dataclasses import dataclass

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import csv as arrow_csv

from core.arrays import BoolArray, IntArray, read_only
from core.ingest.encoding import decode
from core.ingest.problems import EXAMPLES_MAX, LoadError, LoadProblem, Rejection, RejectionReason, shorten
from core.ingest.sheet import RawSheet, SheetFormat, check_header, check_size, clean_header

SEPARATORS = (",", ";", "\t")
#: Text looked at to find the separator.
SNIFFED_BYTES = 1 << 16
SNIFFED_RECORDS = 50
#: Longest record that is read.
BLOCK_BYTES = 1 << 24
NEWLINE, QUOTE, RETURN = b'\n"\r'


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Where the records of a text stand, blank ones left out; the first is the header.

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


def read_delimited(content: bytes, *, name: str, file_key: str) -> RawSheet:
    """Read delimited text; rows with too many or too few cells are left out and named.

    Raises:
        LoadError: If the bytes are not text, or no rows stand below a header.
    """
    decoded = decode(content)
    text = decoded.content if b"\n" in decoded.content else decoded.content.replace(b"\r", b"\n")
    records = _find_all_records(text)
    separator = _guess_separator(text[records.starts[0] : records.starts[0] + SNIFFED_BYTES])
    names = _parse_header(text[records.starts[0] : records.ends[0]], separator=separator)
    check_size(rows=records.starts.size - 1, columns=len(names))
    check_header(names, n_rows=records.starts.size - 1)
    cells, ragged = _parse_cells(pa.py_buffer(text)[int(records.ends[0]) :], n_columns=len(names), separator=separator)
    lines = _lines_below_header(text, records, n_rows=cells.num_rows + len(ragged.indices))
    if not cells.num_rows:
        raise LoadError(
            LoadProblem.NOBODY_LEFT, rows=len(ragged.indices), reason=RejectionReason.RAGGED, line=int(lines[0])
        )
    return RawSheet(
        name=name,
        format=SheetFormat.CSV,
        header=clean_header(names),
        cells=cells,
        lines=read_only(np.delete(lines, ragged.indices)),
        file_key=file_key,
        encoding=decoded.encoding,
        separator=separator,
        ragged=ragged.reject(lines),
        n_ragged=len(ragged.indices),
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
    newlines = np.flatnonzero(data == NEWLINE)
    return np.append(newlines, data.size) if data.size and data[-1] != NEWLINE else newlines


def _are_within_quotes(data: IntArray, indices: IntArray) -> BoolArray:
    """Mark which ``indices`` follow an odd number of quotation marks."""
    within: BoolArray = np.searchsorted(np.flatnonzero(data == QUOTE), indices) % 2 == 1
    return within


def _lines_below_header(text: bytes, records: Records, *, n_rows: int) -> IntArray:
    """Return the line of each row that the parser found, whole or ragged."""
    if records.lines.size == n_rows + 1:
        return records.lines[1:]
    if text.count(b'"') % 2:
        raise LoadError(LoadProblem.UNCLOSED_QUOTE, line=_first_open_line(text))
    # Quotation marks that mean nothing, such as 5" in two indices: every line is a row after all.
    plain = _find_records(text, quoted=False)
    if plain.lines.size == n_rows + 1:
        return plain.lines[1:]
    return np.arange(2, n_rows + 2)


def _first_open_line(text: bytes) -> int:
    """Return the first line that ends within quotation marks."""
    data = np.frombuffer(text, dtype=np.uint8)
    return int(np.argmax(_are_within_quotes(data, _find_line_ends(data)))) + 1


def _guess_separator(sample: bytes) -> str:
    """Return the separator that splits most of the first lines like the header."""
    lines = sample.decode(errors="ignore").splitlines()[: SNIFFED_RECORDS + 1]

    def evenness(separator: str) -> tuple[int, int]:
        widths = _record_widths(lines, separator)
        return (sum(width == widths[0] for width in widths) if widths[0] > 1 else 0, widths[0])

    return max(SEPARATORS, key=evenness)


def _record_widths(lines: list[str], separator: str) -> list[int]:
    try:
        return [len(record) for record in csv.reader(lines, delimiter=separator) if record] or [0]
    except csv.Error:
        return [0]


def _parse_header(record: bytes, *, separator: str) -> list[str]:
    try:
        # A header may hold line breaks in quotation marks.
        return next(csv.reader(record.decode().splitlines(keepends=True), delimiter=separator))
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
