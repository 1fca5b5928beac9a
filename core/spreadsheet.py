"""Rows as CSV that spreadsheets open without taking anybody's text for a formula: the one place that writes it."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from numbers import Number

#: Spreadsheets take a cell that begins with one of these for a formula. Compared after NFKC: it folds wide, small and
#: raised signs.
_FORMULA_SIGNS = "=+-@\N{MINUS SIGN}"
#: General categories that a reader does not see and that some program strips: separators, controls, and marks.
_UNSEEN_CATEGORIES = "ZCM"
#: Letters and symbols that are blank all the same.
_BLANK_SIGNS = "\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}⠀"
#: A cell that begins with one of these is cut into several by some program.
_BREAKS = ("\t", "\r", "\n")


def write_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """Write ``rows`` as CSV in UTF-8 with a byte order mark, which Excel needs to read Korean.

    Numbers stay numbers; every other cell is text that no spreadsheet takes for a formula.
    """
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_cell(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def neutralise(text: str) -> str:
    """Return ``text`` with an apostrophe before it if it begins as a formula, behind whatever a reader does not see."""
    return f"'{text}" if _begins_as_formula(text) else text


def _cell(cell: object) -> object:
    if cell is None:
        return ""
    return cell if isinstance(cell, Number) else neutralise(str(cell))


def _begins_as_formula(text: str) -> bool:
    if text.startswith(_BREAKS):
        return True
    first = next((sign for sign in text if not _is_unseen(sign)), "")
    return unicodedata.normalize("NFKC", first)[:1] in tuple(_FORMULA_SIGNS)


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in _UNSEEN_CATEGORIES or sign in _BLANK_SIGNS
