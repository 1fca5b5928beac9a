"""Which mark is the decimal one: decided on whole columns and the file's separator, never on a single cell.

"1.813" is a thousand eight hundred in a German file and less than two in an English one. A column's own cells decide
where one of them can only be read one way; else the file's other columns, else the unit (nobody divides won), else the
separator. What none of these settles is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from core.ingest.currencies import WHOLE_UNITS, is_money

POINT, COMMA = ".", ","
#: Rows that are looked at first; a single clear cell among them settles a column.
FIRST_ROWS = 20_000
#: A cell of a figure: little else beside digits and marks.
_FIGURE = r"^[^0-9]{0,8}[0-9.,][0-9.,'’`´\s\x{00A0}\x{202F}]*[^0-9]{0,8}$"
_OTHER = r"[^0-9.,]"


def _patterns(mark: str, other: str) -> tuple[str, str]:
    """Return what shows that ``mark`` is the decimal one, and what leaves it open."""
    decimal = (
        rf"^\d*{mark}\d{{1,2}}$|^\d*{mark}\d{{4,}}$|^\d{{4,}}{mark}\d{{3}}$|^0\d*{mark}\d{{3}}$|^{mark}\d+$"
        rf"|^\d{{1,3}}({other}\d{{2,3}})*{other}\d{{3}}{mark}\d*$|^\d{{1,3}}({other}\d{{3}}){{2,}}$|^\d{{1,2}}({other}\d{{2}})+{other}\d{{3}}$"
    )
    return decimal, rf"^[1-9]\d{{0,2}}{mark}\d{{3}}$"


_POINT_DECIMAL, _POINT_OPEN = _patterns(r"\.", ",")
_COMMA_DECIMAL, _COMMA_OPEN = _patterns(",", r"\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the cells of a column show.

    Attributes:
        point: Whether a cell can only be read with a decimal point.
        comma: Whether a cell can only be read with a decimal comma.
        open_point: Whether a cell such as ``1.813`` leaves it open.
        open_comma: Whether a cell such as ``1,813`` leaves it open.
    """

    point: bool = False
    comma: bool = False
    open_point: bool = False
    open_comma: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether its own cells tell its decimal mark, and all the same one."""
        return self.point != self.comma


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialects:
    """The decimal mark of every column.

    Attributes:
        decimal: Decimal mark of the file, for columns without marks.
        of_column: Decimal mark by header, where it differs from columns without marks or not.
        ambiguous: Headers of the columns whose mark is only supposed.
    """

    decimal: str
    of_column: Mapping[str, str]
    ambiguous: tuple[str, ...]


def find_marks(cells: pa.ChunkedArray) -> Marks:
    """Look through a column of text; of other types nothing is open."""
    if not (pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)):
        return Marks()
    first = _look(cells.slice(0, FIRST_ROWS))
    if first.is_settled or len(cells) <= FIRST_ROWS:
        return first
    return _look(cells)


def _look(cells: pa.ChunkedArray) -> Marks:
    cells = cells.filter(pc.match_substring_regex(cells, "[.,]"))
    if not len(cells):
        return Marks()
    spelled = pc.unique(cells)
    spelled = spelled.filter(pc.match_substring_regex(spelled, _FIGURE))
    core = pc.replace_substring_regex(spelled, _OTHER, "")
    # "60.000,--" and "1'250.–" have a mark without digits behind.
    core = pc.replace_substring_regex(core, "[.,]$", "")

    def any_is(pattern: str) -> bool:
        return bool(pc.any(pc.match_substring_regex(core, pattern)).as_py())

    return Marks(
        point=any_is(_POINT_DECIMAL),
        comma=any_is(_COMMA_DECIMAL),
        open_point=any_is(_POINT_OPEN),
        open_comma=any_is(_COMMA_OPEN),
    )


def decide_dialects(
    marks: Mapping[str, Marks], *, units: Mapping[str, str], separator: str | None, answer: str | None = None
) -> Dialects:
    """Decide the decimal mark of every column.

    Args:
        marks: What the cells of each column of figures show, by header.
        units: Unit of each column, as far as it is known.
        separator: Character between cells; None unless text.
        answer: The user's answer, which settles what the cells do not.

    Returns:
        The decisions, and which of them are only suppositions.
    """
    commas = [header for header, mark in marks.items() if mark.comma and not mark.point]
    points = [header for header, mark in marks.items() if mark.point and not mark.comma]
    file = _decide_file(len(points), len(commas))
    of_column: dict[str, str] = {}
    ambiguous: list[str] = []
    for header, mark in marks.items():
        decimal, certain = _decide(mark, unit=units.get(header, ""), separator=separator, file=file)
        if not certain and answer is None:
            ambiguous.append(header)
        of_column[header] = answer if answer and not mark.is_settled else decimal
    supposed = {of_column[header] for header, mark in marks.items() if mark != Marks()}
    decimal = answer or file or (COMMA if COMMA in supposed else POINT)
    silent = {header: decimal for header, mark in marks.items() if mark == Marks()}
    return Dialects(decimal=decimal, of_column=of_column | silent, ambiguous=tuple(ambiguous))


def _decide_file(n_points: int, n_commas: int) -> str | None:
    """Return the mark of the columns that are settled; None if there are none, or as many of each."""
    if n_points == n_commas:
        return None
    return POINT if n_points > n_commas else COMMA


def _decide(mark: Marks, *, unit: str, separator: str | None, file: str | None) -> tuple[str, bool]:
    """Return a column's decimal mark, and whether that is certain."""
    supposed = file or (COMMA if separator not in (",", None) else POINT)
    if mark.point and mark.comma:
        return supposed, False
    if mark.point or mark.comma:
        return (POINT if mark.point else COMMA), True
    if mark.open_point and mark.open_comma:
        return supposed, False
    if mark.open_point:
        return _decide_open(unit, file=file, grouped=COMMA, supposed=_suppose_of_point(unit, separator))
    if mark.open_comma:
        certain = separator in (",", None)
        return _decide_open(unit, file=file, grouped=POINT, supposed=(POINT, certain))
    return supposed, True


def _decide_open(unit: str, *, file: str | None, grouped: str, supposed: tuple[str, bool]) -> tuple[str, bool]:
    """Decide a column of groups of three digits: as ``grouped`` in units that nobody divides, else as the file."""
    if unit in WHOLE_UNITS:
        return grouped, True
    return (file, True) if file else supposed


def _suppose_of_point(unit: str, separator: str | None) -> tuple[str, bool]:
    """Suppose what "1.813" is: beside commas a point is a decimal one, unless it stands in money; else thousands."""
    if separator in (",", None):
        return (COMMA, False) if is_money(unit) else (POINT, True)
    return COMMA, False
