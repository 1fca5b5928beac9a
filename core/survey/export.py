"""The room's answers as a file for spreadsheets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from core.spreadsheet import write_csv
from core.survey.answers import Answer
from core.survey.texts import TextState

_HEADER = ("room", "generation", "survey", "participant", "given_utc", "question", "choices", "text", "state", "counts")


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
    """Write ``rows`` as CSV, below a header.

    Times are cut to the minute: a second could be matched with who was seen tapping.
    """
    return write_csv([_HEADER, *map(_cells, rows)])


def _cells(row: Row) -> tuple[object, ...]:
    answer = row.answer
    return (
        *(row.room, row.generation, row.survey, row.participant, _minute(answer.at)),
        *(answer.question, " ".join(answer.choices), answer.text, row.state or "", int(row.counts)),
    )


def _minute(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
