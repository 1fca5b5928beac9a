"""Updates of a room: screens poll whether its version has changed, and only then the page runs.

Two hundred phones whose pages look for themselves are a hundred runs of the script a second; as many answers from here
cost a tenth of a processor. The stage asks here too: Streamlit has dropped drawings when the timer of a fragment began
a run at the end of another, and a stage that lost its menu stays without it.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Self

import anyio
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from core.survey.problems import SurveyError
from core.survey.rooms import Room
from core.survey.store import SurveyStore
from ui.components import component
from ui.server.static import add_base_path

PATH = "/sagram-room"
ASK_SECONDS = 2.0
#: How old an answer may be: phones that ask at the same moment share one look at the room.
FRESH_SECONDS = 0.25
ROOMS_ASKED_ABOUT = 256
DIGEST_BYTES = 8
_SECRET = secrets.token_bytes(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomVersion:
    """What a room shows, as two tags that phones compare.

    Attributes:
        view: Changes with what the phones of the room show: where its presenter leads.
        results: Changes with every answer.
    """

    view: str
    results: str

    @classmethod
    def from_room(cls, room: Room) -> Self:
        """Return the version of the room as it was read."""
        shown = room.generation, room.scene, sorted(room.stage.items()), room.is_open, room.is_revealed
        return cls(view=_digest(repr(shown)), results=f"{room.generation}.{room.changed}")

    def write(self) -> str:
        """Return both tags as phones read them."""
        return f"{self.view} {self.results}"


@dataclass(slots=True)
class _LastReading:
    """The version of a room when it was last read."""

    text: str = ""
    at: float = float("-inf")
    is_being_read: bool = False


@dataclass(slots=True)
class RoomVersions:
    """The present versions of rooms, each read once for all phones that ask at the same moment.

    Attributes:
        store: Where the rooms are; known from the first phone on.
    """

    store: SurveyStore | None = None
    _read: OrderedDict[str, _LastReading] = field(default_factory=OrderedDict)

    async def get_or_read(self, code: str) -> str:
        """Return the room's present version as phones read it; nothing while it is unknown."""
        last = self._read.setdefault(code, _LastReading())
        self._read.move_to_end(code)
        if len(self._read) > ROOMS_ASKED_ABOUT:
            self._read.popitem(last=False)
        if not last.is_being_read and time.monotonic() - last.at > FRESH_SECONDS:
            last.is_being_read = True
            try:
                # A database that is away keeps one thread waiting, not one for each phone.
                last.text = await anyio.to_thread.run_sync(self._read_version, code)
            finally:
                last.is_being_read, last.at = False, time.monotonic()
        return last.text

    def _read_version(self, code: str) -> str:
        try:
            return "" if self.store is None else RoomVersion.from_room(self.store.glance(code)).write()
        except SurveyError:
            return ""


_versions = RoomVersions()


async def _answer(request: Request) -> PlainTextResponse:
    code, tag = request.path_params["code"], request.path_params["tag"]
    if not secrets.compare_digest(tag.encode(), _authenticate(code).encode()):
        return PlainTextResponse("", status_code=HTTPStatus.NOT_FOUND)
    return PlainTextResponse(await _versions.get_or_read(code), headers={"Cache-Control": "no-store"})


route = Route(PATH + "/{code}/{tag}", _answer)


def _authenticate(code: str) -> str:
    """Return the authentication tag that phones in the room ask with; who tries codes learns nothing."""
    return _digest(code, key=_SECRET)


def _digest(text: str, *, key: bytes = b"") -> str:
    return hashlib.blake2b(text.encode(), key=key, digest_size=DIGEST_BYTES).hexdigest()


def listen(
    store: SurveyStore, room: Room, *, follows: bool, counts: bool, place: str = "phone", seconds: float = ASK_SECONDS
) -> None:
    """Run the present fragment again when the room is elsewhere, or when there are other results.

    Args:
        store: Where the room is.
        room: The room as it is drawn.
        follows: Whether it matters where its presenter leads.
        counts: Whether results are on the screen.
        place: Tells several fragments of one screen apart.
        seconds: From one question to the next.
    """
    _versions.store = store
    version = RoomVersion.from_room(room)
    data = {
        "address": add_base_path(f"{PATH}/{room.code}/{_authenticate(room.code)}"),
        "seconds": seconds,
        "led": version.view if follows else "",
        "count": version.results if counts else "",
    }
    component("survey/room_updates")(key=f"room_updates_{place}", data=data, on_news_change=_nothing)


def _nothing() -> None:
    """Let the fragment run: what is new is read there."""
