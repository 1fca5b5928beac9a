"""Values on their way to and from the process that reads foreign files: JSON and Arrow, never code.

The side that receives builds nothing but the kinds it knows by name, however broken the side that sends.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, BinaryIO, Protocol

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from core.arrays import read_only
from core.data.catalogue import Catalogue, Product, ProductKind
from core.data.table import Column, Holdings, Source, Table, Transform
from core.ingest.answers import Answers
from core.ingest.catalogue_problems import CatalogueProblem, CatalogueUpload, RowError, RowProblem
from core.ingest.load import Loaded
from core.ingest.mapping import Feature, Layout, LongMapping, WideMapping
from core.ingest.problems import LoadProblem, Rejection, RejectionReason, Rejections
from core.ingest.reading import ColumnReading, HeadRow, LeftOut, Question, Reading, Upload, Verdict
from core.ingest.sheet import RawSheet, SheetFormat

#: Rows that are sent at a time: what is on its way is held twice.
BATCH_ROWS = 1 << 17
#: Bytes of the number that says how long the JSON is.
_LENGTH_BYTES = 8
_KIND, _VALUE = "kind", "value"
_RECORDS: Mapping[str, type] = {
    kind.__name__: kind
    for kind in (
        Answers,
        Catalogue,
        CatalogueUpload,
        Column,
        ColumnReading,
        Feature,
        HeadRow,
        Holdings,
        LeftOut,
        Loaded,
        LongMapping,
        Product,
        Question,
        RawSheet,
        Reading,
        Rejection,
        Rejections,
        RowError,
        Source,
        Table,
        Upload,
        WideMapping,
    )
}
_CODES: Mapping[str, type[StrEnum]] = {
    kind.__name__: kind
    for kind in (
        CatalogueProblem,
        Layout,
        LoadProblem,
        ProductKind,
        RejectionReason,
        RowProblem,
        SheetFormat,
        Transform,
        Verdict,
    )
}


class WireError(ValueError):
    """What arrived is not what ``send`` writes."""


class ByteSource(Protocol):
    """What bytes arrive from."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes; none at the end."""


def send(value: object, sink: BinaryIO) -> None:
    """Write ``value`` to ``sink``: known records of plain values, arrays and tables.

    Raises:
        TypeError: If something in it is of no known kind.
    """
    tables: list[pa.Table] = []
    encoded = _encode(value, tables)
    header = json.dumps([len(tables), encoded]).encode()
    sink.write(len(header).to_bytes(_LENGTH_BYTES, "little") + header)
    for table in tables:
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=BATCH_ROWS)


def receive(source: ByteSource, *, bytes_max: int) -> object:
    """Read one value from ``source``.

    Raises:
        WireError: If it is broken, of no known kind, or longer than ``bytes_max``.
    """
    bounded = _BoundedSource(source, bytes_max=bytes_max)
    try:
        length = int.from_bytes(bounded.read_all(_LENGTH_BYTES), "little")
        n_tables, encoded = json.loads(bounded.read_all(length))
        tables = [_read_table(bounded) for _ in range(n_tables)]
        return _decode(encoded, tables)
    except WireError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, OSError, pa.ArrowException) as error:
        raise WireError(f"not a value: {type(error).__name__}") from error


class _BoundedSource:
    """A source that gives no more than a number of bytes, and refuses before it allots what was asked for."""

    def __init__(self, source: ByteSource, *, bytes_max: int) -> None:
        self._source = source
        self._left = bytes_max
        self.closed = False

    def read(self, size: int) -> bytes:
        """Return ``size`` bytes, or those that are left before the end."""
        if not 0 <= size <= self._left:
            raise WireError(f"more than {self._left} bytes are left to come")
        content = self._source.read(size)
        self._left -= len(content)
        return content

    def read_all(self, size: int) -> bytes:
        """Return ``size`` bytes."""
        content = self.read(size)
        if len(content) < size:
            raise WireError("the end came too early")
        return content

    def close(self) -> None:
        """Do nothing: more may be read."""


def _read_table(source: _BoundedSource) -> pa.Table:
    with pa.ipc.open_stream(pa.PythonFile(source, mode="r")) as reader:
        table = reader.read_all()
    table.validate(full=True)
    return table


def _encode(value: object, tables: list[pa.Table]) -> object:
    """Return ``value`` as JSON can hold it; tables are gathered in ``tables`` and named by number."""
    if isinstance(value, np.generic):
        return value.item()
    if value is None or (isinstance(value, bool | int | float | str) and not isinstance(value, StrEnum)):
        return value
    if isinstance(value, list):
        return [_encode(item, tables) for item in value]
    kind, content = _name_kind(value, tables)
    return {_KIND: kind, _VALUE: content}


def _name_kind(value: object, tables: list[pa.Table]) -> tuple[str, object]:
    match value:
        case StrEnum():
            return type(value).__name__, str(value)
        case tuple():
            return "tuple", [_encode(item, tables) for item in value]
        case Mapping():
            return "mapping", [[_encode(key, tables), _encode(item, tables)] for key, item in value.items()]
        case pa.Table():
            tables.append(value)
            return "table", len(tables) - 1
        case np.ndarray():
            # Texts of one array are padded to the longest; Arrow's are not.
            tables.append(pa.table({"array": value.ravel()}))
            return "array", [len(tables) - 1, value.dtype.kind, value.dtype.itemsize, list(value.shape)]
    if not is_dataclass(value) or type(value).__name__ not in _RECORDS:
        raise TypeError(f"cannot send a {type(value).__name__}")
    return type(value).__name__, {field.name: _encode(getattr(value, field.name), tables) for field in fields(value)}


def _decode(encoded: object, tables: Sequence[pa.Table]) -> object:
    if isinstance(encoded, list):
        return [_decode(item, tables) for item in encoded]
    if not isinstance(encoded, dict):
        return encoded
    return _build(encoded[_KIND], encoded[_VALUE], tables)


def _build(kind: str, value: Any, tables: Sequence[pa.Table]) -> object:  # noqa: ANN401 - as JSON gives it
    built: object
    if kind in _CODES:
        built = _CODES[kind](value)
    elif kind in _RECORDS:
        built = _RECORDS[kind](**{name: _decode(item, tables) for name, item in value.items()})
    elif kind == "tuple":
        built = tuple(_decode(item, tables) for item in value)
    elif kind == "mapping":
        built = {_decode(key, tables): _decode(item, tables) for key, item in value}
    elif kind == "table":
        built = tables[value]
    elif kind == "array":
        built = _build_array(tables[value[0]].column(0), *value[1:])
    else:
        raise WireError(f"no kind is called {kind!r}")
    return built


def _build_array(column: pa.ChunkedArray, kind: str, itemsize: int, shape: list[int]) -> np.ndarray:
    if kind not in "biufU":
        raise WireError(f"no array holds {kind!r}")
    plain = column.to_numpy()
    return read_only(plain.astype("U" if kind == "U" else f"{kind}{itemsize}", copy=False).reshape(shape))
