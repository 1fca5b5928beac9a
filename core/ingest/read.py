"""Read the bytes of an upload into a sheet, whatever its name says it is."""

import hashlib
from pathlib import PurePath
from typing import BinaryIO

from core.ingest.delimited import open_text
from core.ingest.encoding import is_text
from core.ingest.grid import Book
from core.ingest.parquet import open_parquet
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.sheet import RawSheet
from core.ingest.tables import find_tables
from core.ingest.web_tables import is_web_page, open_web_page
from core.ingest.workbook import open_excel
from core.limits import UPLOAD_MEGABYTES

ZIP, OLE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
#: A part that every .xlsx has.
_WORKBOOK_PART = b"xl/workbook"


def open_book(file: bytes | BinaryIO, *, name: str, encoding: str | None = None) -> Book:
    """Open an uploaded file: CSV, Excel, Parquet or a web page's tables, recognised by its content.

    Args:
        file: The bytes, or an open binary file, read from its beginning.
        name: Its name; decides only which kind a broken file was meant to be.
        encoding: How its text is written; None: find out.

    Returns:
        Its sheets, without headers.

    Raises:
        LoadError: If there is nothing in it that could be a table.
    """
    content = _read_bounded(file)
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\r\n\t \0"):
        raise LoadError(LoadProblem.EMPTY_FILE)
    file_key = hashlib.blake2b(content, digest_size=16).hexdigest()
    if content.startswith(PARQUET) and not is_text(content):
        return open_parquet(content, file_key=file_key)
    if content.startswith(OLE) or (content.startswith(ZIP) and _WORKBOOK_PART in content):
        return open_excel(content, file_key=file_key)
    _refuse_other_kinds(content, suffix=PurePath(name).suffix.lower())
    if is_web_page(content):
        return open_web_page(content, file_key=file_key)
    return open_text(content, file_key=file_key, encoding=encoding)


def read_sheet(file: bytes | BinaryIO, *, name: str) -> RawSheet:
    """Read an uploaded file: the sheet and the header that speak most for themselves.

    Args:
        file: The bytes, or an open binary file, read from its beginning.
        name: Its name.

    Returns:
        The sheet.

    Raises:
        LoadError: If there is no table in it.
    """
    book = open_book(file, name=name)
    return find_tables(book)[0].read(name)


def _read_bounded(file: bytes | BinaryIO) -> bytes:
    limit = UPLOAD_MEGABYTES << 20
    if isinstance(file, bytes):
        content = file
    else:
        file.seek(0)
        content = file.read(limit + 1)
    if len(content) > limit:
        raise LoadError(LoadProblem.TOO_MANY_BYTES, megabytes=UPLOAD_MEGABYTES)
    return content


def _refuse_other_kinds(content: bytes, *, suffix: str) -> None:
    """Refuse what is not delimited text, under the name of what it was meant to be."""
    if is_text(content):
        return
    if suffix in {".xlsx", ".xls", ".xlsm"}:
        raise LoadError(LoadProblem.BROKEN_EXCEL)
    if suffix in {".parquet", ".pq"}:
        raise LoadError(LoadProblem.BROKEN_PARQUET)
    raise LoadError(LoadProblem.ARCHIVE if content.startswith(ZIP) else LoadProblem.BINARY)
