"""Parquet files, read batch by batch: a file of kilobytes can stand for gigabytes, and its own figures may be false."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from core.arrays import read_only
from core.ingest.grid import HEAD_ROWS, Body, Book, GridHead
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.sheet import SheetFormat, check_size

#: What the cells may fill in memory: this, and as much again as the file for each of its bytes.
CELL_BYTES_MAX, BYTES_A_BYTE = 300 << 20, 2
BATCH_ROWS = 1 << 16
#: Whole numbers beyond are not exact as floats; they are more likely ids than amounts.
EXACT_MAX = 1 << 53
_MIDNIGHT = r"(?: 00:00:00)?(?:\.0+)?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParquetCells:
    """The flat columns of a Parquet file.

    Attributes:
        names: Their names.
        cells: The rows: text, whole numbers, doubles and booleans only; columns are named by number.
        unread: Names of the columns that hold lists, bytes and the like.
    """

    names: tuple[str, ...]
    cells: pa.Table = field(repr=False)
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParquetGrid:
    """Columns that have names and types; a ``Grid`` whose first row is its header.

    Attributes:
        found: The columns.
    """

    found: ParquetCells
    name: str = ""

    @property
    def n_rows(self) -> int:
        """Number of rows, the header counted."""
        return int(self.found.cells.num_rows) + 1

    @property
    def head(self) -> GridHead:
        """The header and the first rows."""
        first = [column.slice(0, HEAD_ROWS - 1).to_pylist() for column in self.found.cells.columns]
        rows = [tuple("" if cell is None else str(cell) for cell in row) for row in zip(*first, strict=True)]
        return GridHead(rows=(self.found.names, *rows), lines=tuple(range(len(rows) + 1)))

    def body(self, *, below: int, n_columns: int) -> Body:
        """Return the rows below the header; ``below`` is 0, for a file that names its columns has no other header."""
        if below or n_columns != len(self.found.names):
            raise ValueError(f"below must be 0 and n_columns {len(self.found.names)}, not {below} and {n_columns}")
        return Body(cells=self.found.cells, lines=read_only(np.arange(1, self.found.cells.num_rows + 1)))


def open_parquet(content: bytes, *, file_key: str) -> Book:
    """Open a Parquet file; columns of anything but text, figures and dates are left out.

    Raises:
        LoadError: If the file is broken, has no rows, or would fill the memory.
    """
    grid = ParquetGrid(found=read_parquet_cells(content))
    return Book(format=SheetFormat.PARQUET, grids=(grid,), file_key=file_key, unread=grid.found.unread)


def read_parquet_cells(content: bytes) -> ParquetCells:
    """Read the flat columns of a Parquet file; nested ones are not touched.

    Raises:
        LoadError: EMPTY_FILE, HEADER_ONLY, BROKEN_PARQUET, UNPACKS_TOO_LARGE, TOO_MANY_ROWS or TOO_MANY_CELLS.
    """
    bytes_max = CELL_BYTES_MAX + BYTES_A_BYTE * len(content)
    try:
        file = _open(content)
        schema = file.schema_arrow
        flat = [index for index, kind in enumerate(schema.types) if _is_supported(kind)]
        unread = tuple(name for index, name in enumerate(schema.names) if index not in set(flat))
        if not flat:
            raise LoadError(LoadProblem.EMPTY_FILE)
        if not file.metadata.num_rows:
            raise LoadError(LoadProblem.HEADER_ONLY)
        cells = pa.Table.from_batches(_read_batches(file, flat, bytes_max=bytes_max)).combine_chunks()
        table = pa.table([_settle_integers(column) for column in cells.columns], names=cells.column_names)
    except (pa.ArrowMemoryError, MemoryError):
        raise MemoryError from None
    except (pa.ArrowException, OSError, ValueError, OverflowError, KeyError, NotImplementedError, TypeError):
        raise LoadError(LoadProblem.BROKEN_PARQUET) from None
    return ParquetCells(names=tuple(schema.names[index] for index in flat), cells=table, unread=unread)


def _open(content: bytes) -> pq.ParquetFile:
    """Open a file whose repeated text stays what it is in the file: one copy, and a number a row."""
    buffer = pa.py_buffer(content)
    told = pq.read_metadata(pa.BufferReader(buffer))
    # Before each column's type is looked up: of a hundred thousand that alone takes a minute.
    check_size(rows=told.num_rows, columns=told.num_columns)
    schema = told.schema.to_arrow_schema()
    texts = [name for name, kind in zip(schema.names, schema.types, strict=True) if _is_text(kind)]
    return pq.ParquetFile(pa.BufferReader(buffer), metadata=told, read_dictionary=texts)


def _read_batches(file: pq.ParquetFile, flat: list[int], *, bytes_max: int) -> Iterator[pa.RecordBatch]:
    """Yield the rows in plain types, as long as they fit; numbered columns, since names may repeat."""
    schema = file.schema_arrow
    wanted = [schema.names[index] for index in flat]
    numbers = [str(number) for number in range(len(flat))]
    n_bytes = n_rows = 0
    for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=wanted, use_threads=False):
        columns = [column for column in batch.columns if _is_supported(column.type)]
        for column in columns:
            if _is_text(column.type) or pa.types.is_dictionary(column.type):
                # Readers take a file's word that its text is text, and its numbers within the dictionary.
                column.validate(full=True)
        if len(columns) != len(flat):
            raise LoadError(LoadProblem.BROKEN_PARQUET)
        n_bytes += sum(map(_count_bytes, columns))
        n_rows += batch.num_rows
        check_size(rows=n_rows, columns=len(flat))
        if n_bytes > bytes_max:
            raise LoadError(LoadProblem.UNPACKS_TOO_LARGE, megabytes=bytes_max >> 20)
        yield pa.RecordBatch.from_arrays([_to_plain(column) for column in columns], names=numbers)


def _count_bytes(column: pa.Array) -> int:
    """Count what a column fills once each row has its own copy of its text."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    lengths = pc.binary_length(column.dictionary.cast(pa.large_binary())) if _is_text(column.type) else None
    if lengths is None:
        return 8 * len(column)
    total = pc.sum(pc.cast(lengths.take(column.indices), pa.int64())).as_py() or 0
    return int(total) + 4 * len(column)


def _to_plain(column: pa.Array) -> pa.Array:
    """Return a column as text, whole numbers, doubles or booleans: every value has one, however odd its type."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _to_plain(column.cast(kind.value_type))
    if pa.types.is_boolean(kind) or pa.types.is_uint64(kind):
        return column
    if pa.types.is_integer(kind):
        return column.cast(pa.int64())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return column.cast(pa.float64())
    if pa.types.is_timestamp(kind):
        # Without their zone: what Arrow does not know it would refuse.
        naive = pc.cast(_to_local(column), pa.timestamp(kind.unit))
        return pc.replace_substring_regex(naive.cast(pa.string()), _MIDNIGHT, "")
    return column.cast(pa.string())


def _to_local(column: pa.Array) -> pa.Array:
    """Return times as the clock showed them in their zone, or in UTC where nobody knows the zone."""
    if column.type.tz is None:
        return column
    try:
        return pc.local_timestamp(column)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return column


def _settle_integers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return whole numbers as such, or as text if some are too large to stay exact."""
    if not pa.types.is_integer(column.type):
        return column
    extremes = pc.min_max(column).as_py()
    least, most = extremes["min"] or 0, extremes["max"] or 0
    return column.cast(pa.string() if max(-least, most) > EXACT_MAX else pa.int64())


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return any(test(kind) for test in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view))


def _is_supported(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (
        _is_text,
        pa.types.is_integer,
        pa.types.is_floating,
        pa.types.is_decimal,
        pa.types.is_boolean,
        pa.types.is_date,
        pa.types.is_time,
        pa.types.is_timestamp,
        pa.types.is_null,
    )
    return any(test(kind) for test in tests)
