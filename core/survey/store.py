"""What keeps rooms and answers, as pages and ``ui`` see it; ``store.survey`` implements it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.survey.answers import Answer
from core.survey.export import Row
from core.survey.rooms import Room
from core.survey.tally import Tally
from core.survey.texts import FreeText, TextState


class SurveyStore(Protocol):
    """Rooms and answers on disk, shared by all visitors; safe to share between threads.

    Codes are taken as people type them (``core.survey.rooms.read_code``). Tokens are random, made on the phone, at
    least 128 bits; the store keeps only their hash. Whether somebody may lead a room is the page's to check.

    Every call may raise ``SurveyError`` with UNAVAILABLE, after some retries; those that write also with DISK_FULL or
    READ_ONLY; those that name a room with UNKNOWN_ROOM; those with a token with INVALID. What else a call refuses
    stands beside it. When a call returns, what it wrote is on disk; when it raises, nothing of it is.
    """

    def open_room(self, *, survey: int, at: datetime, code: str | None = None, scene: int = 1) -> Room:
        """Open a room.

        Args:
            survey: Version of the questions that will be asked.
            at: Present time.
            code: ``WEB_ROOM`` for the room without a presenter: the same one every time. A newer ``survey`` starts
                its next generation. None draws a new code.
            scene: Where a new room begins.
        """

    def room(self, code: str) -> Room:
        """Read a room as it is now."""

    def glance(self, code: str) -> Room:
        """Read a room as it was at most a second ago, at next to no cost: for fragments that look again and again.

        All sessions of the server share one reading, so a thousand phones cost one query a second. Compare
        ``changed`` (and ``generation``) with those of the last look.
        """

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

    def reset_room(self, code: str) -> Room:
        """Start the room anew: nobody has joined, nothing is answered. Former answers stay in the export."""

    def join(self, code: str, token: str, *, at: datetime) -> Room:
        """Count a participant in, once; joining again is free and allowed in a closed room.

        Raises:
            SurveyError: For somebody new if the room is closed or full (CLOSED_ROOM, FULL_ROOM), or many join within
                a minute (TOO_FAST).
        """

    def submit(self, room: Room, token: str, answers: Sequence[Answer], *, at: datetime, is_last: bool = False) -> int:
        """Keep answers, all or none; one that was kept before (same question and submission) counts once.

        Joins the participant if need be. What was confirmed once is confirmed again, also in a closed room.

        Args:
            room: The room as the phone last saw it; only its code and generation matter.
            token: Of the participant.
            answers: What was answered, at most ``ANSWERS_AT_ONCE_MAX``.
            at: Present time.
            is_last: Whether the participant has finished the survey with them; ``answers`` may be empty then.

        Returns:
            How many of them are new. All of them are on disk.

        Raises:
            SurveyError: If the room is closed, was reset since or is full (CLOSED_ROOM, RESET_ROOM, FULL_ROOM), or
                too much is sent (TOO_FAST, TOO_MANY).
        """

    def answers_of(self, code: str, token: str) -> Mapping[str, Answer]:
        """Return a participant's latest answers of this generation by question, to resume after a reload."""

    def has_finished(self, code: str, token: str) -> bool:
        """Tell whether a participant has sent the last question in this generation."""

    def tallies(self, room: Room) -> Mapping[str, Tally]:
        """Count the latest answers of the room by question; a question nobody answered is absent.

        Counted once for all sessions while ``room.changed`` is the same, so hand in what ``glance`` returned.
        """

    def texts(self, room: Room) -> tuple[FreeText, ...]:
        """Return the room's free texts, oldest first, whatever the presenter decided: for the presenter only.

        Read once for all sessions while ``room.changed`` is the same.
        """

    def approved_texts(self, room: Room) -> tuple[FreeText, ...]:
        """Return those free texts that everybody may see, oldest first; as cheap as ``texts``."""

    def judge(self, text_id: int, state: TextState) -> None:
        """Approve or hide a free text, or let it wait again.

        Raises:
            SurveyError: If there is no such text (UNKNOWN_TEXT).
        """

    def rows(self, code: str) -> tuple[Row, ...]:
        """Return every answer ever given in the room, oldest first, for ``core.survey.export.to_csv``."""
