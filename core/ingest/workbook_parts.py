"""The parts of an .xlsx, unpacked within bounds before Excel's reader sees them.

The reader trusts what a workbook says of itself and allots memory for it: for a count of strings, for every cell
between the first and the last. It gets the parts packed anew, without false counts and without gaps.
"""

import bisect
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from core.ingest.problems import LoadError, LoadProblem

#: What a compressed workbook may unpack to; more is a trap.
UNPACKED_BYTES_MAX = 1 << 29
PARTS_MAX = 10_000
#: Parts that hold no cells: pictures, macros, pivots.
_WITHOUT_CELLS = re.compile(
    r"(?i)^/?(?:docProps|customXml|xl/(?:media|drawings|embeddings|charts|theme|printerSettings|pivot\w*"
    r"|externalLinks|activeX|ctrlProps|diagrams|vbaProject|calcChain|comments|persons|threadedComments)\b)"
)
#: Where the root element says how many there are.
_COUNT_AT = 4096
_COUNT = re.compile(rb"""\s(?:uniqueCount|count)\s*=\s*(?:"[^"]*"|'[^']*')""")
_COUNTED = re.compile(r"(?i)(?:sharedStrings|styles)[^/]*\.xml$")
_SHEET_PART = re.compile(r"(?i)\.xml$")
#: A cell beyond column Z, the last row, and any cell: with these one sees cheaply whether a sheet has gaps.
_WIDE_CELL = re.compile(rb'r="([A-Z]{2,3})\d')
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
_PLACE = re.compile(rb"""(<(?:\w+:)?(?:c|row)\b[^<>]*?\sr=["'])([A-Z]{0,3})(\d{1,7})(["'])""")
_ROW = re.compile(rb"""row\s(?:[^<>]*?\s)?r=["'](\d{1,7})["']""")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^<>]*>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^<>]*)>")
_LETTERS = 26
#: A sheet of fewer cells than this, filled or not, is no burden; one with more has gaps if few of them are filled.
DENSE_CELLS, GAPS = 1_000_000, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A workbook packed anew.

    Attributes:
        content: The .xlsx without what could mislead its reader.
        rows: By number of the sheet from 0, the rows that its gaps were taken from: true row numbers, in order.
    """

    content: bytes
    rows: dict[int, list[int]]


def repack(content: bytes) -> Parts:
    """Unpack ``content`` within bounds and pack what holds cells anew, uncompressed.

    Raises:
        LoadError: UNPACKS_TOO_LARGE, PROTECTED_EXCEL or BROKEN_EXCEL.
    """
    packed = io.BytesIO()
    rows_of: dict[str, list[int]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(packed, "w") as clean:
            for info in _list_parts(parts):
                part, rows = _clean(info.filename, parts.read(info))
                clean.writestr(zipfile.ZipInfo(info.filename), part)
                if rows:
                    rows_of[info.filename] = rows
            rows_by_sheet = _number_sheets(clean, rows_of) if rows_of else {}
    except (LoadError, MemoryError):
        raise
    except Exception as fault:  # noqa: BLE001 - whatever zipfile stumbles over, the file is broken
        # What it says of a part that wants a password; a way to pack that it does not know is another RuntimeError.
        wants_password = type(fault) is RuntimeError
        problem = LoadProblem.PROTECTED_EXCEL if wants_password else LoadProblem.BROKEN_EXCEL
        raise LoadError(problem) from None
    return Parts(content=packed.getvalue(), rows=rows_by_sheet)


def _list_parts(parts: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the parts to unpack; a part that is longer than it says is broken, as its reader finds."""
    infos = parts.infolist()
    if len(infos) > PARTS_MAX:
        raise LoadError(LoadProblem.BROKEN_EXCEL)
    # Of parts with one name the last counts, for every reader alike.
    kept = {info.filename: info for info in infos if not _WITHOUT_CELLS.match(info.filename) and not info.is_dir()}
    if sum(info.file_size for info in kept.values()) > UNPACKED_BYTES_MAX:
        raise LoadError(LoadProblem.UNPACKS_TOO_LARGE, megabytes=UNPACKED_BYTES_MAX >> 20)
    return list(kept.values())


def _clean(name: str, part: bytes) -> tuple[bytes, list[int]]:
    if _COUNTED.search(name):
        return _COUNT.sub(b"", part[:_COUNT_AT]) + part[_COUNT_AT:], []
    if _SHEET_PART.search(name) and _has_gaps(part):
        return _close_gaps(part)
    return part, []


def _has_gaps(sheet: bytes) -> bool:
    """Return whether a sheet's reader would allot far more cells than it has."""
    # Plain counting: of a whole sheet's cells a pattern would take a second. What has no gaps needs no better answer.
    n_cells = sheet.count(b"<c ") + sheet.count(b":c ")
    last_row = max((int(row) for row in _ROW.findall(sheet, sheet.rfind(b"row "))), default=0)
    last_column = max((_column(letters) for letters in set(_WIDE_CELL.findall(sheet))), default=_LETTERS)
    return last_row * last_column > max(DENSE_CELLS, GAPS * n_cells)


def _close_gaps(sheet: bytes) -> tuple[bytes, list[int]]:
    """Return a sheet with its rows and columns moved together, and the rows' true numbers."""
    cells = _CELL.findall(sheet)
    rows = sorted({int(row) for _, row in cells})
    columns = sorted({_column(letters) for letters, _ in cells})
    letters_of = {column: _name_column(place) for place, column in enumerate(columns, start=1)}

    def move(match: re.Match[bytes]) -> bytes:
        row = bisect.bisect_left(rows, int(match[3])) + 1
        letters = letters_of.get(_column(match[2]), match[2]) if match[2] else b""
        return match[1] + letters + str(row).encode() + match[4]

    return _PLACE.sub(move, _DIMENSION.sub(b"", sheet)), rows


def _column(letters: bytes) -> int:
    """Return the number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _name_column(number: int) -> bytes:
    letters = b""
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        letters = bytes([ord("A") + letter]) + letters
    return letters


def _number_sheets(parts: zipfile.ZipFile, rows_of: dict[str, list[int]]) -> dict[int, list[int]]:
    """Find which sheet each part is; one that cannot be found keeps the numbers it got."""
    try:
        book, relations = parts.read("xl/workbook.xml"), parts.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return {}
    targets = {
        _attribute(tag, rb"Id"): _attribute(tag, rb"Target").decode(errors="replace")
        for tag in _RELATION.findall(relations)
    }
    sheets = [targets.get(_attribute(tag, rb"\w+:id"), "") for tag in _SHEET.findall(book)]
    paths = [str(PurePosixPath("xl") / target).lstrip("/") for target in sheets]
    return {number: rows_of[path] for number, path in enumerate(paths) if path in rows_of}


def _attribute(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)""", tag)
    return found[1] if found else b""
