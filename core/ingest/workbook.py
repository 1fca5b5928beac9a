"""Excel files and Parquet files: cells that have types already."""

import io
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from core.arrays import read_only
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.sheet import RawSheet, SheetFormat, check_header, check_size, clean_header

#: What a compressed workbook may unpack to; more is a trap.
UNPACKED_BYTES_MAX = 1 << 30
#: Name of the part that only password-protected workbooks have, as they store it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_excel(content: bytes, *, name: str, file_key: str) -> RawSheet:
    """Read the first sheet of a workbook; its first row that is not blank is the header.

    Raises:
        LoadError: If the workbook is broken or protected, or no rows stand below a header.
    """
    frame = _first_sheet(content)
    filled = np.flatnonzero((frame.notna() & (frame != "")).any(axis=1).to_numpy())
    if not filled.size:
        raise LoadError(LoadProblem.EMPTY_FILE)
    names = ["" if pd.isna(cell) else str(cell) for cell in frame.iloc[filled[0]]]
    check_size(rows=filled.size - 1, columns=len(names))
    check_header(names, n_rows=filled.size - 1)
    body = frame.iloc[filled[1:]]
    columns = [_to_arrow(body.iloc[:, index]) for index in range(len(names))]
    return RawSheet(
        name=name,
        format=SheetFormat.EXCEL,
        header=clean_header(names),
        cells=pa.table(columns, names=[str(index) for index in range(len(names))]),
        lines=read_only(filled[1:] + 1),
        file_key=file_key,
    )


def _first_sheet(content: bytes) -> pd.DataFrame:
    if _ENCRYPTED in content:
        raise LoadError(LoadProblem.PROTECTED_EXCEL)
    try:
        _check_unpacked(content)
        return pd.read_excel(
            io.BytesIO(content), engine="calamine", header=None, dtype=object, keep_default_na=False, na_filter=False
        )
    except LoadError:
        raise
    except Exception:  # noqa: BLE001 - whatever the reader stumbles over, the file is broken
        raise LoadError(LoadProblem.BROKEN_EXCEL) from None


def _check_unpacked(content: bytes) -> None:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
    if unpacked > UNPACKED_BYTES_MAX:
        raise LoadError(LoadProblem.TOO_MANY_BYTES, megabytes=UNPACKED_BYTES_MAX >> 20)


def _to_arrow(cells: pd.Series) -> pa.ChunkedArray:
    """Return a column as doubles if all its cells are numbers, as text otherwise."""
    values = cells.to_numpy()
    try:
        return pa.chunked_array([pa.array(values, pa.float64(), from_pandas=True)])
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.chunked_array([pa.array([_to_text(value) for value in values], pa.string())])


def _to_text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def read_parquet(content: bytes, *, name: str, file_key: str) -> RawSheet:
    """Read a Parquet file; columns of anything but text, figures and dates are left out.

    Raises:
        LoadError: If the file is broken or has no rows.
    """
    names, cells = _read_flat(content)
    if not cells.num_columns:
        raise LoadError(LoadProblem.EMPTY_FILE)
    if not cells.num_rows:
        raise LoadError(LoadProblem.HEADER_ONLY)
    return RawSheet(
        name=name,
        format=SheetFormat.PARQUET,
        header=clean_header(names),
        cells=cells.rename_columns([str(index) for index in range(cells.num_columns)]),
        lines=read_only(np.arange(1, cells.num_rows + 1)),
        file_key=file_key,
    )


def _read_flat(content: bytes) -> tuple[list[str], pa.Table]:
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        schema = file.schema_arrow
        check_size(rows=file.metadata.num_rows, columns=len(schema.names))
        flat = [index for index, kind in enumerate(schema.types) if _is_supported(kind)]
        cells = file.read(use_threads=False).select(flat)
        # Readers take a file's word that its text is text.
        cells.validate(full=True)
    except (pa.ArrowException, OSError, ValueError):
        raise LoadError(LoadProblem.BROKEN_PARQUET) from None
    return [schema.names[index] for index in flat], cells


def _is_supported(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_integer,
        pa.types.is_floating,
        pa.types.is_decimal,
        pa.types.is_boolean,
        pa.types.is_date,
        pa.types.is_timestamp,
        pa.types.is_null,
    )
    return any(test(kind) for test in tests)
