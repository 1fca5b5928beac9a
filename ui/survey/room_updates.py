"""News of a room: phones ask whether anything is new, and only then the page runs.

Two hundred phones whose pages look for themselves are a hundred runs of the script a second; as many answers from here
cost a tenth of a processor.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import anyio
import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from core.survey.problems import SurveyError
from core.survey.rooms import Room
from store.survey import SurveyStore
from ui.compare.pair import LOADER
from ui.server.static import beneath, served

PATH = "/sagram-room"
ASK_SECONDS = 2.0
#: How old an answer may be: phones that ask at the same moment share one look at the room.
FRESH_SECONDS = 0.25
ROOMS_ASKED_ABOUT = 256
DIGEST_BYTES = 8
_SECRET = secrets.token_bytes(16)


@dataclass(slots=True)
class _Told:
    """What was last told of a room."""

    text: str = ""
    at: float = float("-inf")
    is_being_read: bool = False


@dataclass(slots=True)
class News:
    """What phones are told, read once for all who ask at the same moment.

    Attributes:
        store: Where the rooms are; known from the first phone on.
    """

    store: SurveyStore | None = None
    _told: OrderedDict[str, _Told] = field(default_factory=OrderedDict)

    async def of(self, code: str) -> str:
        """Return what ``told`` says of the room now; nothing while that is not known."""
        last = self._told.setdefault(code, _Told())
        self._told.move_to_end(code)
        if len(self._told) > ROOMS_ASKED_ABOUT:
            self._told.popitem(last=False)
        if not last.is_being_read and time.monotonic() - last.at > FRESH_SECONDS:
            last.is_being_read = True
            try:
                # A database that is away keeps one thread waiting, not one for each phone.
                last.text = await anyio.to_thread.run_sync(self._read, code)
            finally:
                last.is_being_read, last.at = False, time.monotonic()
        return last.text

    def _read(self, code: str) -> str:
        try:
            return "" if self.store is None else " ".join(told(self.store.glance(code)))
        except SurveyError:
            return ""


_news = News()


async def _answer(request: Request) -> PlainTextResponse:
    code, word = request.path_params["code"], request.path_params["word"]
    if not secrets.compare_digest(word.encode(), _word(code).encode()):
        return PlainTextResponse("", status_code=HTTPStatus.NOT_FOUND)
    return PlainTextResponse(await _news.of(code), headers={"Cache-Control": "no-store"})


route = Route(PATH + "/{code}/{word}", _answer)


def _word(code: str) -> str:
    """Return the word that phones in the room ask with; who tries codes learns nothing here."""
    return _digest(code, key=_SECRET)


def _digest(text: str, *, key: bytes = b"") -> str:
    return hashlib.blake2b(text.encode(), key=key, digest_size=DIGEST_BYTES).hexdigest()


def led(room: Room) -> tuple[object, ...]:
    """Return what of a room decides what its phones show."""
    return room.generation, room.scene, sorted(room.stage.items()), room.is_open, room.is_revealed


def told(room: Room) -> tuple[str, str]:
    """Return what phones are told: a word that changes with what they show, one that changes with every answer."""
    return _digest(repr(led(room))), f"{room.generation}.{room.changed}"


@st.cache_resource(show_spinner=False)
def _component() -> Any:  # noqa: ANN401 - Streamlit's renderer protocol is not exported
    return st.components.v2.component("sagram_news", js=LOADER.format(address=served("news.js")))


def listen(store: SurveyStore, room: Room, *, follows: bool, counts: bool) -> None:
    """Run the present fragment again when the room is elsewhere, or when there are other results.

    Args:
        store: Where the room is.
        room: As it is drawn.
        follows: Whether it matters where its presenter leads.
        counts: Whether results are on the screen.
    """
    _news.store = store
    led_now, count_now = told(room)
    data = {
        "address": beneath(f"{PATH}/{room.code}/{_word(room.code)}"),
        "seconds": ASK_SECONDS,
        "led": led_now if follows else "",
        "count": count_now if counts else "",
    }
    _component()(key="news", data=data, on_news_change=_nothing)


def _nothing() -> None:
    """Let the fragment run: what is new is read there."""
