"""Rooms in the database: opened, read and changed inside the caller's transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

from core.privacy.noise import secure_rng
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import WEB_ROOM, Room, draw_code
from store import schema
from store.migrations import lock_writers
from store.schema import microseconds, moment

# Statements are composed once: composing one costs as much as running it.
_people = and_(
    schema.participants.c.room == schema.rooms.c.code, schema.participants.c.generation == schema.rooms.c.generation
)
_joined = select(func.count()).select_from(schema.participants).where(_people).scalar_subquery()
_finished = select(func.count(schema.participants.c.finished)).where(_people).scalar_subquery()
_this_room = schema.rooms.c.code == bindparam("room")

_SELECT = select(schema.rooms, _joined.label("joined"), _finished.label("finished")).where(_this_room)
_LOCK = select(schema.rooms.c.code).where(_this_room).with_for_update()
_UPDATE = update(schema.rooms).where(_this_room).values(changed=schema.rooms.c.changed + 1)


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
        connection.execute(_LOCK, {"room": code})
    row = connection.execute(_SELECT, {"room": code}).mappings().one_or_none()
    if row is None:
        return None
    stage = MappingProxyType(json.loads(row["stage"]))
    return Room(**{**row, "stage": stage, "created": moment(row["created"])})


def generation_key(room: Room) -> dict[str, object]:
    """Return the parameters by which a statement finds the present generation of a room."""
    return {"room": room.code, "generation": room.generation}


def open_room(connection: Connection, *, survey: int, scene: int, at: datetime) -> Room:
    """Open a room with a code that no other has."""
    lock_writers(connection)
    taken = set(connection.execute(select(schema.rooms.c.code)).scalars())
    rng = secure_rng()
    code = draw_code(rng)
    while code in taken:
        code = draw_code(rng)
    return _insert(connection, code, survey=survey, scene=scene, at=at)


def open_web_room(connection: Connection, *, survey: int, scene: int, at: datetime) -> Room:
    """Open the room without a presenter, or start it anew if its questions are older."""
    lock_writers(connection)
    room = find_room(connection, WEB_ROOM, lock=True)
    if room is None:
        return _insert(connection, WEB_ROOM, survey=survey, scene=scene, at=at)
    return room if room.survey >= survey else start_generation(connection, WEB_ROOM, survey=survey)


def change_room(connection: Connection, code: str, **values: object) -> Room:
    """Set columns of a room and return it after that."""
    read_room(connection, code, lock=True)
    count_change(connection, code, **values)
    return read_room(connection, code)


def start_generation(connection: Connection, code: str, **values: object) -> Room:
    """Start a room anew."""
    room = read_room(connection, code, lock=True)
    return change_room(connection, code, generation=room.generation + 1, **values)


def count_change(connection: Connection, code: str, **values: object) -> None:
    """Set columns of a room and raise its ``changed``, by which everybody sees that something is new."""
    connection.execute(_UPDATE.values(**values) if values else _UPDATE, {"room": code})


def check_open(room: Room) -> None:
    """Refuse whatever is new in a closed room.

    Raises:
        SurveyError: If the room is closed (CLOSED_ROOM).
    """
    if not room.is_open:
        raise SurveyError(SurveyProblem.CLOSED_ROOM, room.code)


def encode_stage(stage: Mapping[str, str]) -> str:
    """Encode a scene's state as its column keeps it."""
    return json.dumps(dict(stage), ensure_ascii=False)


def _insert(connection: Connection, code: str, *, survey: int, scene: int, at: datetime) -> Room:
    values = {"code": code, "survey": survey, "generation": 1, "scene": scene, "stage": encode_stage({})}
    state = {"is_open": True, "is_revealed": False, "created": microseconds(at), "changed": 1}
    connection.execute(insert(schema.rooms).values(**values, **state))
    return read_room(connection, code)
