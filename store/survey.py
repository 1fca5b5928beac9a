"""The survey's store: rooms and answers in a database, as pages and ``ui`` see them."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

import streamlit as st

from core.survey.answers import Answer, check_token
from core.survey.export import Row
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import WEB_ROOM, Room, check_scene, check_stage, read_code
from core.survey.tally import Tally
from core.survey.texts import FreeText, TextState
from store import answers, export, participants, presenters, rooms, texts
from store.database import Database, server_database
from store.ttl_cache import TtlCache

GLANCE_SECONDS = 0.5
ROOMS_CACHED = 200


@st.cache_resource(show_spinner=False)
def survey_store() -> "DatabaseStore":
    """Return the server's one store; opening it asks nothing of the database, so it never fails."""
    return DatabaseStore(server_database())


class DatabaseStore:
    """The survey's store over a database; safe to share between threads. See ``core.survey.store``.

    Codes are taken as people type them (``core.survey.rooms.read_code``). Tokens are random, made on the phone, at
    least 128 bits; the store keeps only their hash. Whether somebody may lead a room is the page's to check.

    Every call may raise ``SurveyError`` with UNAVAILABLE, after some retries; those that write also with DISK_FULL or
    READ_ONLY; those that name a room with UNKNOWN_ROOM; those with a token with INVALID. What else a call refuses
    stands beside it. When a call returns, what it wrote is on disk; when it raises, nothing of it is.

    Args:
        database: Where everything is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._glances = TtlCache[Room](seconds=GLANCE_SECONDS, size=ROOMS_CACHED)
        self._tallies = TtlCache[Mapping[str, Tally]](seconds=math.inf, size=ROOMS_CACHED)
        self._texts = TtlCache[tuple[FreeText, ...]](seconds=math.inf, size=ROOMS_CACHED)

    # --- rooms ---------------------------------------------------------------------------------------------------

    def open_room(self, *, survey: int, at: datetime, code: str | None = None, scene: int = 1) -> Room:
        """Open a room.

        Args:
            survey: Version of the questions that will be asked.
            at: Present time.
            code: ``WEB_ROOM`` for the room without a presenter: the same one every time. A newer ``survey`` starts
                its next generation. None draws a new code.
            scene: Where a new room begins.
        """
        check_scene(scene)
        if code is None:
            return self._database.write(lambda db: rooms.open_room(db, survey=survey, scene=scene, at=at))
        if code != WEB_ROOM:
            raise SurveyError(SurveyProblem.INVALID, f"a room's code is drawn, not chosen: {code!r}")
        known = self._database.read(lambda db: rooms.find_room(db, WEB_ROOM))
        if known is not None and known.survey >= survey:
            return known
        opened = self._database.write(lambda db: rooms.open_web_room(db, survey=survey, scene=scene, at=at))
        self._glances.forget(WEB_ROOM)
        return opened

    def room(self, code: str) -> Room:
        """Read a room as it is now."""
        code = read_code(code)
        return self._database.read(lambda db: rooms.read_room(db, code))

    def glance(self, code: str) -> Room:
        """Read a room as it was at most a second ago, at next to no cost: for fragments that look again and again.

        All sessions of the server share one reading, so a thousand phones cost one query a second. Compare
        ``changed`` (and ``generation``) with those of the last look.
        """
        code = read_code(code)
        return self._glances.get_or_read(code, lambda: self.room(code))

    def change_room(
        self,
        code: str,
        *,
        scene: int | None = None,
        stage: Mapping[str, str] | None = None,
        is_open: bool | None = None,
        is_revealed: bool | None = None,
    ) -> Room:
        """Change what is given and return the room after it; the later of two presenters wins.

        Args:
            code: The room.
            scene: Scene to go to.
            stage: State of the scene, in place of the former one. A new scene without it has an empty one.
            is_open: Whether people may join and answer.
            is_revealed: Whether results are shown.

        Raises:
            SurveyError: If ``scene`` or ``stage`` is out of bounds (INVALID).
        """
        code = read_code(code)
        if scene is not None:
            check_scene(scene)
            stage = stage or {}
        encoded = None if stage is None else rooms.encode_stage(check_stage(stage))
        columns = {"scene": scene, "stage": encoded, "is_open": is_open, "is_revealed": is_revealed}
        values = {column: value for column, value in columns.items() if value is not None}
        changed = self._database.write(lambda db: rooms.change_room(db, code, **values))
        self._glances.forget(code)
        return changed

    def reset_room(self, code: str) -> Room:
        """Start the room anew: nobody has joined, nothing is answered. Former answers stay in the export."""
        code = read_code(code)
        anew = self._database.write(lambda db: rooms.start_generation(db, code))
        self._glances.forget(code)
        return anew

    # --- presenters ----------------------------------------------------------------------------------------------

    def keep_presenter(self, name: str, *, until: datetime) -> None:
        """Keep that a device may lead rooms until then; ``name`` is a keyed hash of it."""
        self._database.write(lambda db: presenters.keep_presenter(db, name, until=until))

    def presenter_until(self, name: str) -> datetime | None:
        """Return until when a device may lead, also where that is past; None if nothing is kept of it."""
        return self._database.read(lambda db: presenters.read_presenter(db, name))

    def forget_presenter(self, name: str) -> None:
        """Take that from a device."""
        self._database.write(lambda db: presenters.forget_presenter(db, name))

    def forget_presenters(self) -> None:
        """Take it from every device."""
        self._database.write(lambda db: presenters.forget_presenter(db, None))

    # --- participants --------------------------------------------------------------------------------------------

    def join(self, code: str, token: str, *, at: datetime) -> Room:
        """Count a participant in, once; joining again is free and allowed in a closed room.

        Raises:
            SurveyError: For somebody new if the room is closed or full (CLOSED_ROOM, FULL_ROOM), or many join within
                a minute (TOO_FAST).
        """
        code, token_hash = read_code(code), _hash_token(token)
        joined = self._database.read(lambda db: participants.find_joined_room(db, code, token_hash))
        return joined or self._database.write(lambda db: participants.join(db, code, token_hash, at=at))

    def has_joined(self, code: str, token: str) -> bool:
        """Return whether a participant is in the present generation of the room already."""
        code, token_hash = read_code(code), _hash_token(token)
        return self._database.read(lambda db: participants.find_joined_room(db, code, token_hash)) is not None

    def joins_since(self, room: Room, at: datetime) -> int:
        """Return how many have joined the room since then: a presenter sees when strangers crowd in."""
        return self._database.read(lambda db: participants.count_joins(db, room, at))

    def submit(self, room: Room, token: str, sent: Sequence[Answer], *, at: datetime, is_last: bool = False) -> int:
        """Keep answers, all or none; one that was kept before (same question and submission) counts once.

        Joins the participant if need be. What was confirmed once is confirmed again, also in a closed room.

        Args:
            room: The room as the phone last saw it; only its code and generation matter.
            token: Of the participant.
            sent: What was answered, at most ``ANSWERS_AT_ONCE_MAX``.
            at: Present time.
            is_last: Whether the participant has finished the survey with them; ``sent`` may be empty then.

        Returns:
            How many of them are new. All of them are on disk.

        Raises:
            SurveyError: If the room is closed, was reset since or is full (CLOSED_ROOM, RESET_ROOM, FULL_ROOM), or
                too much is sent (TOO_FAST, TOO_MANY).
        """
        token_hash = _hash_token(token)
        n_new = self._database.write(lambda db: answers.submit(db, room, token_hash, sent, at=at, is_last=is_last))
        if is_last:
            # Who has finished looks at the results next and wants to be among them.
            self._glances.forget(room.code)
        return n_new

    def answers_of(self, code: str, token: str) -> Mapping[str, Answer]:
        """Return a participant's latest answers of this generation by question, to resume after a reload."""
        code, token_hash = read_code(code), _hash_token(token)
        return self._database.read(lambda db: answers.read_answers(db, code, token_hash))

    # --- results -------------------------------------------------------------------------------------------------

    def tallies(self, room: Room) -> Mapping[str, Tally]:
        """Count the latest answers of the room by question; a question nobody answered is absent.

        Counted once for all sessions while ``room.changed`` is the same, so hand in what ``glance`` returned.
        """
        return self._tallies.get_or_read(
            _state_key(room), lambda: self._database.read(lambda db: answers.read_tallies(db, room))
        )

    def texts(self, room: Room) -> tuple[FreeText, ...]:
        """Return the room's free texts, oldest first, whatever the presenter decided: for the presenter only.

        Read once for all sessions while ``room.changed`` is the same.
        """
        return self._texts.get_or_read(
            _state_key(room), lambda: self._database.read(lambda db: texts.read_texts(db, room))
        )

    def approved_texts(self, room: Room) -> tuple[FreeText, ...]:
        """Return those free texts that everybody may see, oldest first; as cheap as ``texts``."""
        return tuple(text for text in self.texts(room) if text.state is TextState.APPROVED)

    def judge(self, text_id: int, state: TextState) -> None:
        """Approve or hide a free text, or let it wait again.

        Raises:
            SurveyError: If there is no such text (UNKNOWN_TEXT).
        """
        code = self._database.write(lambda db: texts.judge_text(db, text_id, state))
        self._glances.forget(code)

    def rows(self, code: str) -> tuple[Row, ...]:
        """Return every answer ever given in the room, oldest first, for ``core.survey.export.to_csv``."""
        code = read_code(code)
        return self._database.read(lambda db: export.read_rows(db, code))


def _hash_token(token: str) -> str:
    # The token is random and long: its plain hash cannot be turned back, and opens nothing.
    return sha256(check_token(token).encode()).hexdigest()


def _state_key(room: Room) -> tuple[str, int, int]:
    """Name what a room's answers are a function of."""
    return room.code, room.generation, room.changed
