"""What is read from the tables, one SELECT a question."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection

from core.survey import export
from core.survey.answers import Answer
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import Room
from core.survey.tally import Tally
from core.survey.texts import FreeText, TextState
from store.schema import moment
from store.statements import MINE, PARTICIPANT, ROOM, ROOM_LOCK, ROWS, TALLIES, TEXTS

#: As much of a token's hash as the export shows: enough to tell participants apart.
PSEUDONYM_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who has joined.

    Attributes:
        id: Number of the row.
        has_finished: Whether the last question was sent.
    """

    id: int
    has_finished: bool


def read_room(connection: Connection, code: str, *, lock: bool = False) -> Room:
    """Read a room; with ``lock``, nobody else changes it before this transaction ends.

    Raises:
        SurveyError: If there is none (UNKNOWN_ROOM).
    """
    room = find_room(connection, code, lock=lock)
    if room is None:
        raise SurveyError(SurveyProblem.UNKNOWN_ROOM, code)
    return room


def find_room(connection: Connection, code: str, *, lock: bool = False) -> Room | None:
    """Read a room as ``read_room`` does, or None."""
    # A writing transaction of SQLite has the whole file.
    if lock and connection.dialect.name == "postgresql":
        connection.execute(ROOM_LOCK, {"room": code})
    found = connection.execute(ROOM, {"room": code}).mappings().one_or_none()
    if found is None:
        return None
    stage = MappingProxyType(json.loads(found["stage"]))
    return Room(**{**found, "stage": stage, "created": moment(found["created"])})


def of_room(room: Room) -> dict[str, object]:
    """Name the present generation of a room to a statement."""
    return {"room": room.code, "generation": room.generation}


def find_participant(connection: Connection, room: Room, token_hash: str) -> Participant | None:
    """Find who has joined this generation of the room with this token."""
    found = connection.execute(PARTICIPANT, {**of_room(room), "token_hash": token_hash}).one_or_none()
    return None if found is None else Participant(id=found.id, has_finished=found.finished is not None)


def read_answers(connection: Connection, participant: int) -> Mapping[str, Answer]:
    """Return a participant's answers that count, by question."""
    found = connection.execute(MINE, {"participant": participant}).mappings()
    return MappingProxyType({row["question"]: _answer(dict(row)) for row in found})


def read_tallies(connection: Connection, room: Room) -> Mapping[str, Tally]:
    """Count the answers that count, by question; one that neither chooses nor says anything was taken back."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for question, choices, people in connection.execute(TALLIES, of_room(room)):
        found.setdefault(question, []).append((_read_choices(choices), people))
    return MappingProxyType({question: Tally.of(found[question]) for question in sorted(found)})


def read_texts(connection: Connection, room: Room) -> tuple[FreeText, ...]:
    """Return the free texts that count, oldest first."""
    return tuple(
        FreeText(id=row.id, question=row.question, text=row.text, state=TextState(row.state), at=moment(row.given))
        for row in connection.execute(TEXTS, of_room(room))
    )


def read_rows(connection: Connection, code: str) -> tuple[export.Row, ...]:
    """Return every answer of a room, of all its generations, oldest first."""
    return tuple(_row(dict(found)) for found in connection.execute(ROWS, {"room": code}).mappings())


def write_choices(choices: tuple[str, ...]) -> str:
    """Write choices as they are kept."""
    return json.dumps(choices, separators=(",", ":"))


def _read_choices(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _answer(row: Mapping[str, object]) -> Answer:
    return Answer(
        question=str(row["question"]),
        choices=_read_choices(str(row["choices"])),
        text=str(row["text"]),
        submission=str(row["submission"]),
        at=moment(int(str(row["given"]))),
    )


def _row(row: Mapping[str, object]) -> export.Row:
    answer = _answer(row)
    return export.Row(
        room=str(row["room"]),
        generation=int(str(row["generation"])),
        survey=int(str(row["survey"])),
        participant=f"p{str(row['token_hash'])[:PSEUDONYM_LENGTH]}",
        answer=answer,
        counts=row["place"] == 1,
        state=TextState(str(row["state"])) if answer.text else None,
    )
