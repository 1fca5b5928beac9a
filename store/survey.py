"""The survey's store: rooms and answers in SQL."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TypeVar

import streamlit as st
from sqlalchemy import Connection

from core.survey.answers import Answer, checked_token
from core.survey.export import Row
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import WEB_ROOM, Room, checked_scene, checked_stage, read_code
from core.survey.store import SurveyStore
from core.survey.tally import Tally
from core.survey.texts import FreeText, TextState
from store import queries, writes
from store.database import Database, connect
from store.retry import READ_SECONDS, WRITE_SECONDS, persist
from store.ttl_cache import Recent

Result = TypeVar("Result")

GLANCE_SECONDS = 0.5
ROOMS_GLANCED_AT = 200


@st.cache_resource(show_spinner=False)
def survey_store() -> SurveyStore:
    """Return the server's one store; opening it asks nothing of the database, so it never fails."""
    return SqlSurveyStore(connect())


class SqlSurveyStore:
    """``core.survey.store.SurveyStore`` over a database: see there what each call promises.

    Args:
        database: Where everything is.
        write_seconds: How long a write is retried while the database is away.
        read_seconds: How long a look is.
    """

    def __init__(
        self, database: Database, *, write_seconds: float = WRITE_SECONDS, read_seconds: float = READ_SECONDS
    ) -> None:
        self._database = database
        self._write_seconds = write_seconds
        self._read_seconds = read_seconds
        self._glances = Recent[Room](seconds=GLANCE_SECONDS, size=ROOMS_GLANCED_AT)
        self._tallies = Recent[Mapping[str, Tally]](seconds=math.inf, size=ROOMS_GLANCED_AT)
        self._texts = Recent[tuple[FreeText, ...]](seconds=math.inf, size=ROOMS_GLANCED_AT)

    # --- rooms ---------------------------------------------------------------------------------------------------

    def open_room(self, *, survey: int, at: datetime, code: str | None = None, scene: int = 1) -> Room:
        """Open a room, or the room without a presenter."""
        checked_scene(scene)
        if code is None:
            return self._write(lambda connection: writes.open_room(connection, survey=survey, scene=scene, at=at))
        if code != WEB_ROOM:
            raise SurveyError(SurveyProblem.INVALID, f"a room's code is drawn, not chosen: {code!r}")
        known = self._read(lambda connection: queries.find_room(connection, WEB_ROOM))
        if known is not None and known.survey >= survey:
            return known
        return self._write(lambda connection: writes.open_web_room(connection, survey=survey, scene=scene, at=at), code)

    def room(self, code: str) -> Room:
        """Read a room as it is now."""
        code = read_code(code)
        return self._read(lambda connection: queries.read_room(connection, code))

    def glance(self, code: str) -> Room:
        """Read a room as it was at most a second ago."""
        code = read_code(code)
        return self._glances.of(code, lambda: self.room(code))

    def change_room(
        self,
        code: str,
        *,
        scene: int | None = None,
        stage: Mapping[str, str] | None = None,
        is_open: bool | None = None,
        is_revealed: bool | None = None,
    ) -> Room:
        """Change what is given and return the room after it."""
        code = read_code(code)
        if scene is not None:
            checked_scene(scene)
            stage = stage or {}
        kept = None if stage is None else writes.write_stage(checked_stage(stage))
        asked = {"scene": scene, "stage": kept, "is_open": is_open, "is_revealed": is_revealed}
        values = {column: value for column, value in asked.items() if value is not None}
        return self._write(lambda connection: writes.change_room(connection, code, **values), code)

    def reset_room(self, code: str) -> Room:
        """Start the room anew; former answers stay in the export."""
        code = read_code(code)
        return self._write(lambda connection: writes.next_generation(connection, code), code)

    # --- participants --------------------------------------------------------------------------------------------

    def join(self, code: str, token: str, *, at: datetime) -> Room:
        """Count a participant in, once."""
        code, token_hash = read_code(code), _hashed(token)
        known = self._read(lambda connection: _joined_room(connection, code, token_hash))
        return known or self._write(lambda connection: writes.join(connection, code, token_hash, at=at))

    def submit(self, room: Room, token: str, answers: Sequence[Answer], *, at: datetime, is_last: bool = False) -> int:
        """Keep answers, all or none; one that was kept before counts once."""
        token_hash = _hashed(token)
        return self._write(
            lambda connection: writes.submit(connection, room, token_hash, answers, at=at, is_last=is_last),
            # Who has finished looks at the results next and wants to be among them.
            room.code if is_last else None,
        )

    def answers_of(self, code: str, token: str) -> Mapping[str, Answer]:
        """Return a participant's latest answers by question."""
        code, token_hash = read_code(code), _hashed(token)

        def read(connection: Connection) -> Mapping[str, Answer]:
            found = queries.find_participant(connection, queries.read_room(connection, code), token_hash)
            return {} if found is None else queries.read_answers(connection, found.id)

        return self._read(read)

    def has_finished(self, code: str, token: str) -> bool:
        """Tell whether a participant has sent the last question."""
        code, token_hash = read_code(code), _hashed(token)

        def read(connection: Connection) -> bool:
            found = queries.find_participant(connection, queries.read_room(connection, code), token_hash)
            return found is not None and found.has_finished

        return self._read(read)

    # --- results -------------------------------------------------------------------------------------------------

    def tallies(self, room: Room) -> Mapping[str, Tally]:
        """Count the latest answers of the room by question."""
        return self._tallies.of(
            (room.code, room.generation, room.changed),
            lambda: self._read(lambda connection: queries.read_tallies(connection, room)),
        )

    def texts(self, room: Room) -> tuple[FreeText, ...]:
        """Return the room's free texts, oldest first."""
        return self._texts.of(
            (room.code, room.generation, room.changed),
            lambda: self._read(lambda connection: queries.read_texts(connection, room)),
        )

    def approved_texts(self, room: Room) -> tuple[FreeText, ...]:
        """Return those free texts that everybody may see."""
        return tuple(text for text in self.texts(room) if text.state is TextState.APPROVED)

    def judge(self, text_id: int, state: TextState) -> None:
        """Approve or hide a free text, or let it wait again."""
        code = self._write(lambda connection: writes.judge(connection, text_id, state))
        self._glances.forget(code)

    def rows(self, code: str) -> tuple[Row, ...]:
        """Return every answer ever given in the room, oldest first."""
        code = read_code(code)

        def read(connection: Connection) -> tuple[Row, ...]:
            queries.read_room(connection, code)
            return queries.read_rows(connection, code)

        return self._read(read)

    # --- the database --------------------------------------------------------------------------------------------

    def _read(self, work: Callable[[Connection], Result]) -> Result:
        def once() -> Result:
            with self._database.reading() as connection:
                return work(connection)

        return persist(once, seconds=self._read_seconds)

    def _write(self, work: Callable[[Connection], Result], code: str | None = None) -> Result:
        """Do ``work`` in a writing transaction; afterwards the next glance at room ``code`` sees it."""

        def once() -> Result:
            with self._database.writing() as connection:
                return work(connection)

        done = persist(once, seconds=self._write_seconds)
        if code is not None:
            self._glances.forget(code)
        return done


def _hashed(token: str) -> str:
    # The token is random and long: its plain hash cannot be turned back, and opens nothing.
    return sha256(checked_token(token).encode()).hexdigest()


def _joined_room(connection: Connection, code: str, token_hash: str) -> Room | None:
    room = queries.read_room(connection, code)
    return room if queries.find_participant(connection, room, token_hash) else None
