"""Whether a minus is spending or takes some back: decided where almost all amounts have one sign, else asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.arrays import BoolArray, FloatArray
from core.ingest.amounts import parse_amounts
from core.ingest.answers import Answers
from core.ingest.kinds import Kinds
from core.ingest.layout import Roles
from core.ingest.profile import Profile
from core.ingest.reading import Question
from core.ingest.sheet import RawSheet
from core.ingest.total_rows import find_totals

POSITIVE, NEGATIVE = "positive_is_spending", "negative_is_spending"
#: Part of the amounts of one sign that leaves no doubt which is spending, and what the others may come to.
CLEAR, REFUNDED = 0.9, 0.1
#: With fewer minuses than this they are refunds.
FEW = 0.2

#: Rows that signs are read from.
ROWS_MAX = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Which sign spending has.

    Attributes:
        negative_is_spending: Whether it is the minus.
        not_spending: Spellings in the column of kinds whose rows are left out.
        questions: What the user is asked.
    """

    negative_is_spending: bool
    not_spending: tuple[str, ...]
    questions: tuple[Question, ...]


def find_sign(
    sheet: RawSheet, roles: Roles, amount: Profile, *, decimal: str, unit: str, answers: Answers, income: Sequence[str]
) -> Sign:
    """Find the sign of spending among the rows that are none of income.

    Args:
        sheet: The sheet.
        roles: Which column is what.
        amount: The column of amounts.
        decimal: Its decimal mark.
        unit: Its unit.
        answers: What the user said.
        income: Categories that are no spending.
    """
    kinds = roles.kinds if answers.get("kinds") != "all" else None
    sheet = _thin(sheet)
    values = parse_amounts(sheet.column(amount.header), unit=unit, decimal=decimal).values
    counted = np.isfinite(values)
    for header in (roles.person, roles.category):
        if header is not None:
            counted &= ~find_totals(sheet, header)
    if kinds is not None:
        counted &= ~_are(sheet, kinds.header, kinds.not_spending)
    if roles.category is not None and income:
        counted &= ~_are(sheet, roles.category, income)
    negative, doubted = _decide(values[counted])
    given = answers.get("sign")
    negative = given == NEGATIVE if given else negative
    question = Question(
        key="sign",
        reason="sign",
        proposed=NEGATIVE if negative else POSITIVE,
        choices=(POSITIVE, NEGATIVE),
        columns=(amount.header,),
    )
    kept, unsure = _read_cancelled(sheet, kinds, values, negative=negative)
    return Sign(
        negative_is_spending=negative,
        not_spending=tuple(kind for kind in (kinds.not_spending if kinds else ()) if kind not in kept),
        questions=(*((question,) if doubted else ()), *unsure),
    )


def _thin(sheet: RawSheet) -> RawSheet:
    """Return every n-th row of a long sheet: what almost all amounts have in common, some thousands of them have."""
    step = -(-sheet.n_rows // ROWS_MAX)
    if step <= 1:
        return sheet
    rows = np.arange(0, sheet.n_rows, step)
    return replace(sheet, cells=sheet.cells.take(rows), lines=sheet.lines[rows])


def _decide(values: FloatArray) -> tuple[bool, bool]:
    """Return whether spending is negative, and whether that is doubtful."""
    below, above = values[values < 0], values[values > 0]
    if not below.size:
        return False, False
    share = below.size / (below.size + above.size)
    out, back = float(-below.sum()), float(above.sum())
    if share >= CLEAR:
        return True, back > REFUNDED * out
    if share <= FEW:
        return False, out > back / 2
    return share > 1 / 2, True


def _read_cancelled(
    sheet: RawSheet, kinds: Kinds | None, values: FloatArray, *, negative: bool
) -> tuple[tuple[str, ...], list[Question]]:
    """Keep the rows that take something back by their sign; ask about those that do not, and about unknown kinds."""
    if kinds is None:
        return (), []
    choices = ("spending", "all")
    question = Question(key="kinds", reason="kinds", proposed="spending", choices=choices, columns=(kinds.header,))
    if not kinds.cancelled:
        return (), [question] if kinds.unknown else []
    cancelled = values[_are(sheet, kinds.header, kinds.cancelled)]
    cancelled = cancelled[np.isfinite(cancelled) & (cancelled != 0)]
    if cancelled.size and bool(((cancelled > 0) == negative).all()):
        return kinds.cancelled, [question] if kinds.unknown else []
    return (), [question] if cancelled.size or kinds.unknown else []


def _are(sheet: RawSheet, header: str, spellings: Sequence[str]) -> BoolArray:
    """Mark the rows whose cell under ``header`` is one of ``spellings``."""
    texts = sheet.text(header)
    among = np.asarray([*(text in spellings for text in texts.dictionary.to_pylist()), False], dtype=np.bool_)
    found: BoolArray = among[texts.indices.fill_null(-1).to_numpy()]
    return found
