"""Participants in the database: who has joined the present generation of a room, by the hash of a token."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, insert, select, update

from core.survey.limits import JOINS_PER_MINUTE_MAX, PARTICIPANTS_MAX
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import Room
from store.rooms import change_room, check_open, generation_key, read_room
from store.schema import microseconds, participants

_MINUTE = timedelta(minutes=1)
_generation = (participants.c.room == bindparam("room"), participants.c.generation == bindparam("generation"))

_SELECT = select(participants.c.id, participants.c.finished).where(
    *_generation, participants.c.token_hash == bindparam("token_hash")
)
#: Nobody joined in the future: who seems to, joined before the server's clock was set back.
_COUNT_SINCE = select(func.count()).where(
    *_generation, participants.c.joined > bindparam("since"), participants.c.joined <= bindparam("now")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who has joined.

    Attributes:
        id: Number of the row.
        has_finished: Whether the last question was sent.
    """

    id: int
    has_finished: bool


def find_participant(connection: Connection, room: Room, token_hash: str) -> Participant | None:
    """Find who has joined this generation of the room with this token."""
    row = connection.execute(_SELECT, {**generation_key(room), "token_hash": token_hash}).one_or_none()
    return None if row is None else Participant(id=row.id, has_finished=row.finished is not None)


def find_joined_room(connection: Connection, code: str, token_hash: str) -> Room | None:
    """Read the room if somebody has joined it with this token."""
    room = read_room(connection, code)
    return room if find_participant(connection, room, token_hash) else None


def join(connection: Connection, code: str, token_hash: str, *, at: datetime) -> Room:
    """Count a participant in, once."""
    room = read_room(connection, code, lock=True)
    if find_participant(connection, room, token_hash):
        return room
    add_participant(connection, room, token_hash, at)
    return change_room(connection, code)


def add_participant(connection: Connection, room: Room, token_hash: str, at: datetime) -> Participant:
    """Add somebody new to an open room that has space.

    Raises:
        SurveyError: If the room is closed or full, or many join within a minute (CLOSED_ROOM, FULL_ROOM, TOO_FAST).
    """
    check_open(room)
    if room.joined >= PARTICIPANTS_MAX:
        raise SurveyError(SurveyProblem.FULL_ROOM, f"{room.joined} have joined")
    minute = {**generation_key(room), "since": microseconds(at - _MINUTE), "now": microseconds(at)}
    if connection.execute(_COUNT_SINCE, minute).scalar_one() >= JOINS_PER_MINUTE_MAX:
        raise SurveyError(SurveyProblem.TOO_FAST, "many join within a minute")
    values = {**generation_key(room), "token_hash": token_hash, "joined": microseconds(at)}
    added = connection.execute(insert(participants).values(**values).returning(participants.c.id))
    return Participant(id=int(added.scalar_one()), has_finished=False)


def count_joins(connection: Connection, room: Room, since: datetime) -> int:
    """Return how many have joined this generation of the room since then."""
    joined = select(func.count()).where(*_generation, participants.c.joined > bindparam("since"))
    return int(connection.execute(joined, {**generation_key(room), "since": microseconds(since)}).scalar_one())


def mark_finished(connection: Connection, participant: Participant, at: datetime) -> None:
    """Note that a participant has sent the last question."""
    this = participants.c.id == participant.id
    connection.execute(update(participants).where(this).values(finished=microseconds(at)))
