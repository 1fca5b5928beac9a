"""A filter that gathers the rejected rows of a sheet, column by column."""

from collections import Counter

import numpy as np

from core.arrays import BoolArray, IntArray
from core.ingest.amounts import FAULTS, REASONS
from core.ingest.problems import EXAMPLES_MAX, LoadError, LoadProblem, Rejection, RejectionReason, Rejections, shorten
from core.ingest.sheet import RawSheet


class RowFilter:
    """Rejects rows of a sheet, column by column; each row keeps its first fault only."""

    def __init__(self, sheet: RawSheet) -> None:
        self._sheet = sheet
        self._faults = np.zeros(sheet.n_rows, dtype=np.int8)
        self._columns = np.full(sheet.n_rows, -1, dtype=np.int32)

    @property
    def kept(self) -> BoolArray:
        """The rows without fault so far, of shape ``(n_rows,)``."""
        kept: BoolArray = self._faults == 0
        return kept

    def reject_faults(self, faults: IntArray, *, header: str) -> None:
        """Reject the rows whose number in ``faults`` is not 0."""
        new = self.kept & (faults != 0)
        self._faults[new] = faults[new]
        self._columns[new] = self._sheet.header.index(header)

    def reject(self, rows: BoolArray, reason: RejectionReason, *, header: str) -> None:
        """Reject ``rows`` for ``reason``."""
        self.reject_faults(np.where(rows, FAULTS[reason], 0), header=header)

    def rejections(self) -> Rejections:
        """Return the rejected rows, with the sheet's ragged ones."""
        n_rejected = np.bincount(self._faults, minlength=len(REASONS))
        counts = Counter({reason: int(n_rejected[fault]) for reason, fault in FAULTS.items() if n_rejected[fault]})
        if self._sheet.n_ragged:
            counts[RejectionReason.RAGGED] += self._sheet.n_ragged
        first = np.flatnonzero(self._faults)[:EXAMPLES_MAX]
        examples = sorted([*self._sheet.ragged, *map(self._example, first)], key=lambda rejection: rejection.line)
        return Rejections(counts=dict(counts), examples=tuple(examples[:EXAMPLES_MAX]))

    def _example(self, row: int) -> Rejection:
        header = self._sheet.header[self._columns[row]]
        reason = REASONS[self._faults[row]]
        if reason is None:
            raise ValueError(f"row must be rejected, not {row}")
        value = shorten(self._sheet.column(header)[int(row)].as_py())
        return Rejection(line=int(self._sheet.lines[row]), reason=reason, column=header, value=value)


def check_people(rejections: Rejections, *, n_people: int, n_rows: int, least: int) -> None:
    """Refuse a table of too few people.

    Raises:
        LoadError: NOBODY_LEFT or TOO_FEW_PEOPLE.
    """
    if not n_people and rejections.total:
        reason = max(rejections.counts, key=lambda each: rejections.counts[each])
        line = next((each.line for each in rejections.examples if each.reason is reason), rejections.examples[0].line)
        raise LoadError(LoadProblem.NOBODY_LEFT, rows=n_rows, reason=reason, line=line)
    if n_people < least:
        raise LoadError(LoadProblem.TOO_FEW_PEOPLE, people=n_people, least=least)
