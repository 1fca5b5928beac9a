"""What the cells of each column look like, whole columns at a time: figures, dates, words, how often they repeat.

All of this is read from the data. It proposes which column is what to the person who uploaded them, and decides no
bound and nothing that is released by itself.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from core.ingest.cell_kinds import CellKind, cell_kind
from core.ingest.columns import PERCENT
from core.ingest.currencies import currency_pattern, find_currency
from core.ingest.dialect import Marks, find_marks
from core.ingest.sheet import RawSheet

#: Rows and different cells that are looked at to tell what a column holds.
ROWS_LOOKED_AT, CELLS_LOOKED_AT = 20_000, 300
#: Part of the filled cells that must look alike.
MOSTLY = 0.8
#: Cells shown as they stand.
CELLS_SHOWN = 3
_COMPACT_DATE = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\.0)?")
_COMPACT_MONTH = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])(\.0)?")
_YEAR = re.compile(r"(19|20)\d{2}(\.0)?")
_CURRENCY = re.compile(
    rf"^[\s(\-+−]*({currency_pattern()})[\s\d.,\-−]|\d\s*({currency_pattern()})[\s)\-]*$", re.IGNORECASE
)

_MINUS = re.compile(r"^\s*[^\d\s]{0,4}\s*[-−–△▲(]|[-−]\s*[^\d\s]{0,4}$")
_JAPANESE = ("shift_jis", "cp932", "shift-jis", "euc_jp", "iso2022_jp")


class Shape(StrEnum):
    """What most cells of a column are."""

    EMPTY = "empty"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One column of a sheet.

    Attributes:
        header: Its name.
        sheet: The sheet.
        shape: What most of its cells are.
        sample: Different filled cells among the first rows, as text.
        marks: What its cells show of decimal marks.
        currency: Unit that its cells carry, if most do.
    """

    header: str
    sheet: RawSheet = field(repr=False)
    shape: Shape
    sample: tuple[str, ...] = field(repr=False)
    marks: Marks
    currency: str

    @cached_property
    def texts(self) -> pa.DictionaryArray:
        """The cells as text, each spelling once."""
        return self.sheet.text(self.header)

    @cached_property
    def n_filled(self) -> int:
        """Number of cells that are not blank."""
        column = self.sheet.column(self.header)
        if not pa.types.is_string(column.type):
            return len(column) - int(column.null_count)
        # Not by their spellings, which take ten times as long to find.
        filled = pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0)
        return int(pc.sum(filled).as_py() or 0)

    @cached_property
    def n_distinct(self) -> int:
        """Number of different spellings."""
        return len(self.texts.dictionary)

    @property
    def repeats(self) -> float:
        """Part of the filled cells that stand for another one, too: 0 where every cell is different."""
        return 1.0 - self.n_distinct / max(self.n_filled, 1)

    @property
    def is_constant(self) -> bool:
        """Whether it says the same of everybody."""
        return len(self.sample) <= 1 and self.n_distinct <= 1 and self.n_filled == self.sheet.n_rows

    @cached_property
    def is_whole(self) -> bool:
        """Whether its sample holds whole figures only; a word among them is the name of a total."""
        figures = [cell for cell in self.sample if re.search(r"\d", cell)]
        return self.shape is Shape.NUMBER and all(re.fullmatch(r"\d+(\.0+)?", cell) for cell in figures)

    @property
    def is_countable(self) -> bool:
        """Whether it holds figures, with or without a minus, and no fractions of any."""
        return self.shape is Shape.NUMBER and all(re.fullmatch(r"-?[\d,.]+", cell) for cell in self.sample)

    @cached_property
    def is_flag(self) -> bool:
        """Whether it holds nothing but zeros and ones."""
        flags = self.shape is Shape.NUMBER and set(self.sample) <= _FLAGS
        return flags and self.n_distinct <= len(_FLAGS)

    @cached_property
    def are_years(self) -> bool:
        """Whether all of its sample could be years."""
        return bool(self.sample) and all(_YEAR.fullmatch(cell) for cell in self.sample)

    @cached_property
    def negative_share(self) -> float:
        """Part of its sample that is below 0."""
        figures = [cell for cell in self.sample if re.search(r"[1-9]", cell)]
        return sum(_MINUS.search(cell) is not None for cell in figures) / max(len(figures), 1)

    @cached_property
    def counts_rows(self) -> bool:
        """Whether it counts up by one from row to row."""
        if not self.is_whole or self.sheet.n_rows < ROWS_TO_COUNT:
            return False
        column = self.sheet.column(self.header)
        # A counter counts from the beginning: of most columns the first rows tell that they are none.
        return _counts_up(column.slice(0, ROWS_LOOKED_AT)) and _counts_up(column)

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The first filled cells, as they stand in the file."""
        first = self.sheet.column(self.header).slice(0, ROWS_LOOKED_AT).drop_null()
        shown = [str(cell) for cell in first.slice(0, CELLS_LOOKED_AT).to_pylist() if str(cell).strip()]
        return tuple(shown[:CELLS_SHOWN])


def _counts_up(column: pa.ChunkedArray) -> bool:
    """Return whether figures go up by one from cell to cell, nearly always."""
    text = pc.replace_substring_regex(pc.utf8_trim_whitespace(column.cast(pa.string())), r"\.0+$", "")
    counted = pc.if_else(pc.match_substring_regex(text, r"^\d{1,15}$"), text, None)
    steps = np.diff(pc.cast(counted, pa.float64()).to_numpy())
    return bool(np.mean(steps == 1) >= COUNTING)


_FLAGS = frozenset({"0", "1", "0.0", "1.0"})
ROWS_TO_COUNT = 3
#: Part of the rows in which a counter counts on: totals and gaps do not.
COUNTING = 0.95


def profile_sheet(sheet: RawSheet) -> tuple[Profile, ...]:
    """Look at every column of a sheet."""
    return tuple(_profile_column(sheet, header) for header in sheet.header)


def _profile_column(sheet: RawSheet, header: str) -> Profile:
    cells = sheet.column(header)
    sample = _take_sample(cells)
    if not sample and len(cells) > ROWS_LOOKED_AT:
        sample = _take_sample(cells.drop_null(), rows=len(cells))
    shape = _find_shape(cells.type, sample)
    return Profile(
        header=header,
        sheet=sheet,
        shape=shape,
        sample=sample,
        marks=find_marks(cells) if shape is Shape.NUMBER else Marks(),
        currency=_find_cell_currency(sample, sheet.encoding) if shape is Shape.NUMBER else "",
    )


def _take_sample(cells: pa.ChunkedArray, *, rows: int = ROWS_LOOKED_AT) -> tuple[str, ...]:
    unique = pc.unique(cells.slice(0, rows)).drop_null()
    filled = (_to_text(cell) for cell in unique.slice(0, 4 * CELLS_LOOKED_AT).to_pylist())
    return tuple(cell for cell in filled if cell)[:CELLS_LOOKED_AT]


def _to_text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole and isinstance(cell, float) else str(cell).strip()


def _find_shape(kind: pa.DataType, sample: tuple[str, ...]) -> Shape:
    if not sample:
        return Shape.EMPTY
    if len(sample) > 1 and any(
        all(form.fullmatch(cell) for cell in sample) for form in (_COMPACT_DATE, _COMPACT_MONTH)
    ):
        return Shape.DATE
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return Shape.NUMBER
    kinds = [cell_kind(cell) for cell in sample if cell not in _PLACEHOLDERS]
    if not kinds:
        return Shape.EMPTY
    for wanted, shape in ((CellKind.NUMBER, Shape.NUMBER), (CellKind.DATE, Shape.DATE)):
        if kinds.count(wanted) >= MOSTLY * len(kinds):
            return shape
    return Shape.TEXT


#: What stands where there is no figure.
_PLACEHOLDERS = frozenset({"-", "–", "—", ".", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "없음"})


def _find_cell_currency(sample: tuple[str, ...], encoding: str | None) -> str:
    """Return the currency that most cells carry, or percent; those of zero often carry none."""
    if sum(cell.endswith("%") for cell in sample) * 2 > len(sample):
        return PERCENT
    found = [match for cell in sample if (match := _CURRENCY.search(cell))]
    if len(found) * 2 < len(sample):
        return ""
    signs = [match[1] or match[2] for match in found]
    # In Japanese encodings a yen is where others have a backslash.
    backslash = "¥" if encoding in _JAPANESE else "원"
    units = [backslash if sign == "\\" else find_currency(sign) for sign in signs]
    return max(set(units), key=lambda unit: (units.count(unit), unit))
