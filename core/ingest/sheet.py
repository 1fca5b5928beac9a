"""What a file says, before anyone has decided what it means: a header, cells, and the line of each row."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from core.arrays import IntArray
from core.ingest.problems import LoadError, LoadProblem, Rejection
from core.limits import UPLOAD_ROWS_MAX

#: Columns a file may have; far more than may be used, few enough to show.
SHEET_COLUMNS_MAX = 20_000
#: Cells held in memory at once: at 8 bytes each and some text, 2 GB.
SHEET_CELLS_MAX = 200_000_000
HEADER_CHARACTERS = 80


class SheetFormat(StrEnum):
    """What kind of file it was."""

    CSV = "csv"
    EXCEL = "excel"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """The cells of an uploaded file.

    Attributes:
        name: File name.
        format: Kind of file.
        header: Names of the columns; unique, trimmed, in Unicode's composed form.
        cells: The rows, one column a header; text from CSV, typed from Excel and Parquet.
        lines: Physical line of each row, from 1, of shape ``(n_rows,)``; in Parquet, the row.
        file_key: Equal for equal bytes; names the ledger of the file whatever is made of it.
        encoding: Text encoding; None unless CSV.
        separator: Character between cells; None unless CSV.
        ragged: Rows that have more or fewer cells than the header, the first ones.
        n_ragged: Number of such rows.
        sheet: Name of the sheet; empty unless a workbook's.
        header_line: Physical line of the header; None if the file names its columns otherwise.
        spelled: Headers of columns whose cells are as ``text`` returns them already.
    """

    name: str
    format: SheetFormat
    header: tuple[str, ...]
    cells: pa.Table = field(repr=False)
    lines: IntArray = field(repr=False)
    file_key: str
    encoding: str | None = None
    separator: str | None = None
    ragged: tuple[Rejection, ...] = ()
    n_ragged: int = 0
    sheet: str = ""
    header_line: int | None = 1
    spelled: tuple[str, ...] = ()

    @property
    def n_rows(self) -> int:
        """Number of whole rows."""
        return int(self.cells.num_rows)

    def column(self, header: str) -> pa.ChunkedArray:
        """Return the cells under ``header``.

        Raises:
            ValueError: If there is no such column.
        """
        if header not in self.header:
            raise ValueError(f"header must be one of the sheet's, not {header!r}")
        return self.cells.column(self.header.index(header))

    def text(self, header: str) -> pa.ChunkedArray:
        """Return the cells under ``header`` as trimmed text in composed form, dictionary-encoded; blanks are null."""
        encoded = self.column(header)
        if header in self.spelled and encoded.num_chunks == 1:
            return encoded.chunk(0)
        if pa.types.is_dictionary(encoded.type) and encoded.num_chunks == 1:
            return _clean_dictionary(encoded.chunk(0))
        if pa.types.is_floating(encoded.type):
            encoded = _to_whole(encoded)
        if pa.types.is_dictionary(encoded.type):
            encoded = encoded.cast(encoded.type.value_type)
        if pa.types.is_null(encoded.type):
            encoded = encoded.cast(pa.string())
        return _clean_dictionary(pc.dictionary_encode(encoded).combine_chunks())

    def with_text(self, header: str, text: pa.DictionaryArray) -> "RawSheet":
        """Return the sheet with ``text(header)`` under ``header``: found once, however often it is read."""
        index = self.header.index(header)
        cells = self.cells.set_column(index, self.cells.column_names[index], text)
        return replace(self, cells=cells, spelled=(*self.spelled, header))

    def head(self, count: int) -> list[dict[str, object]]:
        """Return the first ``count`` rows as they stand in the file, for a preview to the person who uploaded it."""
        named = self.cells.slice(0, count).rename_columns(list(self.header))
        rows: list[dict[str, object]] = named.to_pylist()
        return rows


def _clean_dictionary(encoded: pa.DictionaryArray) -> pa.DictionaryArray:
    """Return the cells with trimmed spellings in composed form; those that differed by that only become one."""
    spellings = pc.utf8_trim_whitespace(pc.utf8_normalize(encoded.dictionary.cast(pa.string()), form="NFC"))
    spellings = pc.if_else(pc.equal(spellings, ""), None, spellings)
    merged = pc.dictionary_encode(spellings, null_encoding="mask")
    return pa.DictionaryArray.from_arrays(merged.indices.take(encoded.indices), merged.dictionary)


def _to_whole(numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return floats as integers if all are whole: Excel and pandas write ids as 17.0."""
    try:
        return pc.cast(numbers, pa.int64())
    except pa.ArrowInvalid:
        return numbers


def clean_header(names: list[str]) -> tuple[str, ...]:
    """Return column names trimmed, composed and made unique: "식비", "식비 (2)"; nameless ones become "#3"."""
    composed = pc.utf8_normalize(pa.array(names, pa.string()), form="NFC").to_pylist()
    taken: set[str] = set()
    clean: list[str] = []
    repeats: dict[str, int] = {}
    for number, name in enumerate(composed, start=1):
        base = " ".join((name or "").split())[:HEADER_CHARACTERS] or f"#{number}"
        unique = base
        while unique in taken:
            repeats[base] = repeats.get(base, 1) + 1
            unique = f"{base} ({repeats[base]})"
        taken.add(unique)
        clean.append(unique)
    return tuple(clean)


def check_size(*, rows: int, columns: int) -> None:
    """Refuse a sheet that would not fit in memory.

    Raises:
        LoadError: TOO_MANY_ROWS, TOO_MANY_COLUMNS or TOO_MANY_CELLS.
    """
    if columns > SHEET_COLUMNS_MAX:
        raise LoadError(LoadProblem.TOO_MANY_COLUMNS, columns=columns, limit=SHEET_COLUMNS_MAX)
    if rows > UPLOAD_ROWS_MAX:
        raise LoadError(LoadProblem.TOO_MANY_ROWS, rows=rows, limit=UPLOAD_ROWS_MAX)
    if rows * columns > SHEET_CELLS_MAX:
        raise LoadError(LoadProblem.TOO_MANY_CELLS, cells=rows * columns, limit=SHEET_CELLS_MAX)
