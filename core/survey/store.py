"""What keeps rooms and answers, as pages and ``ui`` see it: they know no database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.survey.answers import Answer
from core.survey.export import Row
from core.survey.rooms import Room
from core.survey.tally import Tally
from core.survey.texts import FreeText, TextState


class SurveyStore(Protocol):
    """Rooms and answers on disk, shared by all visitors; ``store.survey.DatabaseStore`` says what each call does."""

    def open_room(self, *, survey: int, at: datetime, code: str | None = None, scene: int = 1) -> Room: ...  # noqa: D102 - see the class
    def room(self, code: str) -> Room: ...  # noqa: D102
    def glance(self, code: str) -> Room: ...  # noqa: D102
    def change_room(  # noqa: D102
        self,
        code: str,
        *,
        scene: int | None = None,
        stage: Mapping[str, str] | None = None,
        is_open: bool | None = None,
        is_revealed: bool | None = None,
    ) -> Room: ...
    def reset_room(self, code: str) -> Room: ...  # noqa: D102
    def join(self, code: str, token: str, *, at: datetime) -> Room: ...  # noqa: D102
    def has_joined(self, code: str, token: str) -> bool: ...  # noqa: D102
    def joins_since(self, room: Room, at: datetime) -> int: ...  # noqa: D102
    def submit(  # noqa: D102
        self, room: Room, token: str, sent: Sequence[Answer], *, at: datetime, is_last: bool = False
    ) -> int: ...
    def answers_of(self, code: str, token: str) -> Mapping[str, Answer]: ...  # noqa: D102
    def tallies(self, room: Room) -> Mapping[str, Tally]: ...  # noqa: D102
    def texts(self, room: Room) -> tuple[FreeText, ...]: ...  # noqa: D102
    def approved_texts(self, room: Room) -> tuple[FreeText, ...]: ...  # noqa: D102
    def judge(self, text_id: int, state: TextState) -> None: ...  # noqa: D102
    def keep_presenter(self, name: str, *, until: datetime) -> None: ...  # noqa: D102
    def presenter_until(self, name: str) -> datetime | None: ...  # noqa: D102
    def forget_presenter(self, name: str) -> None: ...  # noqa: D102
    def forget_presenters(self) -> None: ...  # noqa: D102
    def rows(self, code: str) -> tuple[Row, ...]: ...  # noqa: D102
