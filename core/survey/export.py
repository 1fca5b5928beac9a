"""The room's answers as a file for spreadsheets."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from core.survey.answers import Answer
from core.survey.texts import TextState

#: Spreadsheets take a cell that begins with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One answer with where it belongs.

    Attributes:
        room: Code of the room.
        generation: Of the room when it was given.
        survey: Version of the questions.
        participant: Pseudonym: the beginning of the token's hash, which opens nothing.
        answer: The answer.
        counts: Whether it is its participant's latest to its question.
        state: What the presenter decided about its text; None without a text.
    """

    room: str
    generation: int
    survey: int
    participant: str
    answer: Answer
    counts: bool
    state: TextState | None


def to_csv(rows: Iterable[Row]) -> bytes:
    """Write ``rows`` as CSV in UTF-8 with a byte order mark, which Excel needs to read Korean.

    Times are cut to the minute: a second could be matched with who was seen tapping. Cells that a spreadsheet would
    take for a formula begin with an apostrophe.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(
        ("room", "generation", "survey", "participant", "given_utc", "question", "choices", "text", "state", "counts")
    )
    for row in rows:
        writer.writerow(neutralise(str(cell)) for cell in _cells(row))
    return written.getvalue().encode("utf-8-sig")


def neutralise(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet takes it for a formula; blanks before one do not hide it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA_STARTS) else cell


def _cells(row: Row) -> tuple[object, ...]:
    answer = row.answer
    return (
        *(row.room, row.generation, row.survey, row.participant, _minute(answer.at)),
        *(answer.question, " ".join(answer.choices), answer.text, row.state or "", int(row.counts)),
    )


def _minute(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
