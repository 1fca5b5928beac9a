"""What is read from the tables, one SELECT a question."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import ColumnElement, Connection, Subquery, and_, func, select

from core.survey import export
from core.survey.answers import Answer
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import Room
from core.survey.tally import Tally
from core.survey.texts import FreeText, TextState
from store.schema import answers, judgements, moment, participants, rooms

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
    if lock:
        # SQLite ignores it: there, a writing transaction has the whole file.
        connection.execute(select(rooms.c.code).where(rooms.c.code == code).with_for_update())
    people = and_(participants.c.room == rooms.c.code, participants.c.generation == rooms.c.generation)
    joined = select(func.count()).select_from(participants).where(people).scalar_subquery()
    finished = select(func.count(participants.c.finished)).where(people).scalar_subquery()
    wanted = select(rooms, joined.label("joined"), finished.label("finished")).where(rooms.c.code == code)
    found = connection.execute(wanted).mappings().one_or_none()
    if found is None:
        return None
    stage = MappingProxyType(json.loads(found["stage"]))
    return Room(**{**found, "stage": stage, "created": moment(found["created"])})


def of_room(room: Room) -> ColumnElement[bool]:
    """Choose the answers of a room's present generation."""
    return and_(answers.c.room == room.code, answers.c.generation == room.generation)


def find_participant(connection: Connection, room: Room, token_hash: str) -> Participant | None:
    """Find who has joined this generation of the room with this token."""
    theirs = (participants.c.room == room.code, participants.c.generation == room.generation)
    wanted = select(participants).where(*theirs, participants.c.token_hash == token_hash)
    found = connection.execute(wanted).one_or_none()
    return None if found is None else Participant(id=found.id, has_finished=found.finished is not None)


def read_answers(connection: Connection, participant: int) -> Mapping[str, Answer]:
    """Return a participant's answers that count, by question."""
    placed = _placed(answers.c.participant == participant)
    found = connection.execute(select(placed).where(placed.c.place == 1)).mappings()
    return MappingProxyType({row["question"]: _answer(dict(row)) for row in found})


def read_tallies(connection: Connection, room: Room) -> Mapping[str, Tally]:
    """Count the answers that count, by question; one that neither chooses nor says anything was taken back."""
    placed = _placed(of_room(room))
    says = (placed.c.choices != write_choices(())) | (placed.c.text != "")
    wanted = (
        select(placed.c.question, placed.c.choices, func.count().label("people"))
        .where(placed.c.place == 1, says)
        .group_by(placed.c.question, placed.c.choices)
    )
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for question, choices, people in connection.execute(wanted):
        found.setdefault(question, []).append((_read_choices(choices), people))
    return MappingProxyType({question: Tally.of(found[question]) for question in sorted(found)})


def read_texts(connection: Connection, room: Room) -> tuple[FreeText, ...]:
    """Return the free texts that count, oldest first."""
    placed = _placed(of_room(room))
    wanted = (
        select(placed, _state.label("state"))
        .outerjoin(judgements, judgements.c.answer == placed.c.id)
        .where(placed.c.place == 1, placed.c.text != "")
        .order_by(placed.c.given, placed.c.id)
    )
    return tuple(
        FreeText(id=row.id, question=row.question, text=row.text, state=TextState(row.state), at=moment(row.given))
        for row in connection.execute(wanted)
    )


def read_rows(connection: Connection, code: str) -> tuple[export.Row, ...]:
    """Return every answer of a room, of all its generations, oldest first."""
    placed = _placed(answers.c.room == code)
    wanted = (
        select(placed, participants.c.token_hash, _state.label("state"))
        .join(participants, participants.c.id == placed.c.participant)
        .outerjoin(judgements, judgements.c.answer == placed.c.id)
        .order_by(placed.c.generation, placed.c.given, placed.c.id)
    )
    return tuple(_row(dict(found)) for found in connection.execute(wanted).mappings())


def write_choices(choices: tuple[str, ...]) -> str:
    """Write choices as they are kept."""
    return json.dumps(choices, separators=(",", ":"))


#: What the presenter decided about a text, in a SELECT that joins the judgements.
_state = func.coalesce(judgements.c.state, TextState.WAITING.value)


def _placed(chosen: ColumnElement[bool]) -> Subquery:
    """Number a participant's answers to a question from the latest, which has ``place`` 1 and alone counts."""
    order = (answers.c.given.desc(), answers.c.submission.desc())
    place = func.row_number().over(partition_by=(answers.c.participant, answers.c.question), order_by=order)
    return select(answers, place.label("place")).where(chosen).subquery()


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
