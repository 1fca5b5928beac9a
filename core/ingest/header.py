"""Which row of a sheet is its header: found by names, width and the kinds of the cells below."""

import re
from collections import Counter
from dataclasses import dataclass

from core.ingest.cell_kinds import NAME_CHARACTERS, CellKind, cell_kind
from core.ingest.grid import GridHead
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.words import is_column_name

#: Rows below a header that are looked at.
ROWS_BELOW = 20
#: Part of a column's cells that make it one of figures or dates.
MOSTLY = 0.6
#: Weights of what speaks for a header; set on files of banks, shops and statistics offices, see tests.
COVERED, WORDED, CONTRASTED, KNOWN = 3.0, 2.0, 2.0, 0.7
KNOWN_MOST, KNOWN_AMONG = 4, 40
#: Columns that are looked at; a header is as clear in some as in all.
COLUMNS_LOOKED_AT = 120
REPEATED, LATER, BELOW_NAMES = 2.0, 0.03, 2.5
ROWS_FOR_EVIDENCE = 3
_PERIOD = re.compile(r"(19|20)\d{2}(\s?년|[-./]\d{1,2}|\s?년\s?\d{1,2}\s?월|[-./]?[qQ][1-4])?|\d{1,2}\s?월")
#: A unit in a row of its own: "(원)", "[EUR]", "만원".
_UNIT = re.compile(r"[(\[].{1,12}[)\]]|원|천원|만원|백만원|%|€|eur|\$|usd|£|gbp|chf", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header of a sheet.

    Attributes:
        names: Names of the columns, as they stand there.
        line: Line of its first row in the file.
        last: Index of its last row among the first rows of the sheet.
        score: What speaks for it; for comparing sheets.
    """

    names: tuple[str, ...]
    line: int
    last: int
    score: float


def find_header(head: GridHead, *, line: int | None = None) -> Header:
    """Find the header among the first rows of a sheet.

    Args:
        head: The first rows.
        line: Line of the header if the user chose one.

    Raises:
        LoadError: EMPTY_FILE, HEADER_ONLY, or NO_HEADER if rows of figures have no names above them.
    """
    looked = _Head(head)
    if not any(looked.filled):
        raise LoadError(LoadProblem.EMPTY_FILE)
    if line is not None:
        if line not in head.lines or not looked.filled[head.lines.index(line)]:
            raise LoadError(LoadProblem.NO_HEADER)
        index = head.lines.index(line)
        return looked.make_header(index, score=looked.score(index))
    if not any(looked.filled[:-1]):
        raise LoadError(LoadProblem.HEADER_ONLY)
    scores = {index: looked.score(index) for index, row in enumerate(looked.filled[:-1]) if row}
    best = max(scores, key=lambda index: (scores[index], -index))
    if looked.is_row_of_data(best):
        raise LoadError(LoadProblem.NO_HEADER)
    return looked.make_header(best, score=scores[best])


class _Head:
    """The first rows with the kind of each cell, found once."""

    def __init__(self, head: GridHead) -> None:
        self.lines = head.lines
        self.rows = [tuple(" ".join(cell.split()) for cell in row) for row in head.rows]
        looked_at = [row[:COLUMNS_LOOKED_AT] for row in self.rows]
        self.filled = [[cell for cell in row if cell] for row in looked_at]
        self.kinds = [[cell_kind(cell) for cell in row] for row in looked_at]
        self.name_kinds = [
            [_name_kind(cell, kind) for cell, kind in zip(*pair, strict=True)]
            for pair in zip(looked_at, self.kinds, strict=True)
        ]

    def make_header(self, index: int, *, score: float) -> Header:
        first, last = index, index
        names = self.filled[index]
        if self._has_second_row(index):
            last = index + 1
        elif index and len(set(names)) < len(names) and len(self.filled[index - 1]) > 1:
            # Names that repeat stand below the names of groups.
            first = index - 1
        merged = _merge(self.rows[first], self.rows[last]) if first < last else list(self.rows[last])
        fitted = _fit(merged, self._width_below(last), self.rows[last + 1 : last + 1 + ROWS_BELOW])
        return Header(names=tuple(fitted), line=self.lines[first], last=last, score=score)

    def score(self, index: int) -> float:
        filled, width = self.filled[index], min(self._width_below(index), COLUMNS_LOOKED_AT)
        worded = self.name_kinds[index].count(CellKind.TEXT) / len(filled)
        covered = min(len(filled) / max(width, 1), 1.0)
        known = min(sum(is_column_name(cell) for cell in filled[:KNOWN_AMONG]), KNOWN_MOST)
        return (
            COVERED * covered
            + WORDED * worded
            + CONTRASTED * min(self._count_contrasts(index) / max(width, 1) * 2, 1.0) * self._find_evidence(index)
            + KNOWN * known
            - BELOW_NAMES * self._stands_below_names(index)
            - REPEATED * (1 - len(set(filled)) / len(filled))
            - LATER * index
        )

    def is_row_of_data(self, index: int) -> bool:
        """Tell whether a row has figures where its column has, and no name above any."""
        typed = (CellKind.NUMBER, CellKind.DATE)
        pairs = zip(self.name_kinds[index], self._columns_below(index), strict=False)
        alike = [kind for kind, below in pairs if kind in typed and _are_typed(below)]
        return bool(alike) and not self._count_contrasts(index)

    def _count_contrasts(self, index: int) -> int:
        """Count the names that stand above figures or dates."""
        pairs = zip(self.name_kinds[index], self._columns_below(index), strict=False)
        return sum(kind is CellKind.TEXT and _are_typed(below) for kind, below in pairs)

    def _find_evidence(self, index: int) -> float:
        """Return how much the rows below tell: a single odd cell makes no header of the row above it."""
        return min((len(self.rows) - index - 1) / ROWS_FOR_EVIDENCE, 1.0)

    def _stands_below_names(self, index: int) -> bool:
        """Tell whether the row above is as full and holds nothing but names."""
        above = self.name_kinds[index - 1] if index else []
        n_names = above.count(CellKind.TEXT)
        return n_names > 0 and n_names == len(self.filled[index - 1]) >= len(self.filled[index])

    def _has_second_row(self, index: int) -> bool:
        """Tell whether the row below belongs to the header: units, or names below merged cells."""
        if index + 2 >= len(self.rows) or not self.filled[index + 1]:
            return False
        if any(kind not in (CellKind.TEXT, CellKind.BLANK) for kind in self.name_kinds[index + 1]):
            return False
        if all(_UNIT.fullmatch(cell) for cell in self.filled[index + 1]):
            return True
        if self._names_index(index + 1):
            return True
        columns, top = self._columns_below(index + 1), self.rows[index]
        filled = [column for column, cell in enumerate(self.rows[index + 1][:COLUMNS_LOOKED_AT]) if cell]
        above_figures = any(column < len(columns) and _are_typed(columns[column]) for column in filled)
        return above_figures and any(column >= len(top) or not top[column] for column in filled)

    def _names_index(self, index: int) -> bool:
        """Tell whether a row names only the first column: pandas writes a pivot's index below its columns."""
        row = self.rows[index]
        return len(self.filled[index]) == 1 and len(row) > 1 and bool(row[0]) and is_column_name(row[0])

    def _width_below(self, index: int) -> int:
        """Return the commonest width of the rows below, blank cells at their ends counted."""
        widths = Counter(len(row) for row in self.rows[index + 1 : index + 1 + ROWS_BELOW])
        return max(widths, key=lambda width: (widths[width], width)) if widths else len(self.rows[index])

    def _columns_below(self, index: int) -> list[list[CellKind]]:
        """Return the kinds of the filled cells below a row, column by column."""
        below = self.kinds[index + 1 : index + 1 + ROWS_BELOW]
        width = max((len(row) for row in below), default=0)
        return [
            [row[column] for row in below if column < len(row) and row[column] is not CellKind.BLANK]
            for column in range(width)
        ]


def _name_kind(cell: str, kind: CellKind) -> CellKind:
    """Return what a cell looks like as a name: years and months may be names, sentences are none."""
    if _PERIOD.fullmatch(cell):
        return CellKind.TEXT
    return CellKind.NUMBER if kind is CellKind.TEXT and len(cell) > NAME_CHARACTERS else kind


def _are_typed(kinds: list[CellKind]) -> bool:
    typed = sum(kind in {CellKind.NUMBER, CellKind.DATE} for kind in kinds)
    return bool(kinds) and typed >= MOSTLY * len(kinds)


def _merge(top: tuple[str, ...], sub: tuple[str, ...]) -> list[str]:
    """Put the names of two rows together; a name of the upper row spans the blanks to its right."""
    names: list[str] = []
    group = ""
    for column in range(max(len(top), len(sub))):
        above = top[column] if column < len(top) else ""
        below = sub[column] if column < len(sub) else ""
        group = above or (group if below else "")
        names.append(f"{group} {below}".strip() if below else above)
    return names


def _fit(names: list[str], width: int, below: list[tuple[str, ...]]) -> list[str]:
    """Give the header as many names as the rows have cells."""
    if len(names) > width:
        # Only blank names may go: behind others stand cells that some row has.
        last = max((column for column, name in enumerate(names) if name), default=0)
        return names[: max(width, last + 1)]
    if len(names) == width - 1 and _numbers_rows([row[0] for row in below if len(row) == width]):
        return ["", *names]
    return names + [""] * (width - len(names))


def _numbers_rows(cells: list[str]) -> bool:
    """Tell whether a column without a name counts the rows."""
    figures = [cell.strip('"') for cell in cells]
    if not figures or not all(figure.isascii() and figure.isdigit() for figure in figures):
        return False
    return [int(figure) - int(figures[0]) for figure in figures] == list(range(len(figures)))
