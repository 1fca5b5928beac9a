"""A phone in the survey's room: Streamlit's websocket, a browser's own requests, and somebody who thinks and taps."""

import asyncio
import json
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from ipaddress import ip_address
from typing import Any, Self

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

ANSWER_WITHIN_S = 60.0
#: Name of the component that asks for news, and how the keys of its places begin.
NEWS = "room_updates"


@dataclass(slots=True, kw_only=True)
class Seen:
    """What stands on a phone's screen.

    Attributes:
        widgets: Identifier, fragment and run of every widget, by key.
        pieces: HTML, fragment and run by place.
        timers: How often which fragment runs by itself, with the run that said so.
        news: What the components that ask for news were told last, by key.
        complaints: Errors and exceptions that were shown.
        runs: Script runs that have ended.
        begun: The first run of those that together draw the present screen: an interrupted one is followed by another.
        drawn: Fragments that the present run has drawn; empty between runs.
    """

    widgets: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    pieces: dict[tuple[int, ...], tuple[str, str, int]] = field(default_factory=dict)
    timers: dict[str, tuple[float, int]] = field(default_factory=dict)
    news: dict[str, dict[str, Any]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    runs: int = 0
    begun: int = 0
    drawn: set[str] = field(default_factory=set)

    def note(self, message: ForwardMsg) -> None:
        """Take in one message."""
        kind = message.WhichOneof("type")
        if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            # What was drawn so far is drawn again, or stays.
            self.runs += 1
        elif kind == "script_finished":
            self._end(is_whole=message.script_finished != ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        elif kind == "auto_rerun":
            self.timers[message.auto_rerun.fragment_id] = (message.auto_rerun.interval, self.runs)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._draw(message.delta, tuple(message.metadata.delta_path))
        elif kind == "delta":
            self.drawn.add(message.delta.fragment_id)

    def _draw(self, delta: Delta, path: tuple[int, ...]) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        self.drawn.add(delta.fragment_id)
        if kind == "exception" or (kind == "alert" and element.alert.format == Alert.ERROR):
            self.complaints.append(element.exception.message if kind == "exception" else element.alert.body)
        elif kind == "html":
            self.pieces[path] = (element.html.body, delta.fragment_id, self.runs)
        identifier = getattr(getattr(element, kind or "", None), "id", "")
        if isinstance(identifier, str) and identifier:
            key = identifier.rpartition("-")[2]
            self.widgets[key] = (identifier, delta.fragment_id, self.runs)
            if kind == "bidi_component" and element.bidi_component.component_name.endswith(NEWS):
                self.news[key] = json.loads(element.bidi_component.json)

    def _end(self, *, is_whole: bool) -> None:
        """Take away what this run could have drawn again and did not."""

        def stays(fragment: str, run: int) -> bool:
            return run >= self.begun or not (is_whole or fragment in self.drawn)

        self.widgets = {key: found for key, found in self.widgets.items() if stays(*found[1:])}
        self.news = {key: told for key, told in self.news.items() if key in self.widgets}
        self.pieces = {path: found for path, found in self.pieces.items() if stays(*found[1:])}
        if is_whole:
            self.timers = {key: found for key, found in self.timers.items() if found[1] >= self.begun}
        self.drawn.clear()
        self.runs += 1
        self.begun = self.runs


class Phone:
    """One phone that keeps a page open and does what its browser would do.

    Args:
        port: Of the server on this machine.
        host: Address of this machine.
        link: What stands after the question mark.
        page: Last part of the page's address.
        cookie: What the browser keeps and sends along; see ``fetch_cookie``.
        session: The session that the page had before its connection was lost.

    Raises:
        ValueError: If ``host`` is another machine: this is a load, and nobody else's server is to bear it.
    """

    def __init__(
        self, *, host: str, port: int, link: str, page: str = "survey", cookie: str = "", session: str = ""
    ) -> None:
        if not ip_address(host).is_loopback:
            raise ValueError(f"only a server on this machine is loaded, not {host}")
        self.seen = Seen()
        self.bytes_received = 0
        self._address = f"{host}:{port}"
        self._link, self._page, self._hash = link, page, ""
        self._cookie, self.session = cookie, session
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self._socket: ClientConnection = await connect(
            f"ws://{self._address}/_stcore/stream",
            # As the page does it: the protocol, a token that is none, and the session to go on with.
            subprotocols=[Subprotocol(word) for word in ("streamlit", *(("-", self.session) if self.session else ()))],
            additional_headers={"Cookie": self._cookie} if self._cookie else None,
            origin=Origin(f"http://{self._address}"),
            max_size=None,
            compression=None,
            open_timeout=ANSWER_WITHIN_S,
            ping_interval=None,
        )
        self._reader = asyncio.create_task(self._read())
        self._asking = asyncio.create_task(self._ask_for_news())
        await self._rerun()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in [*self._timers.values(), self._reader, self._asking]:
            task.cancel()
        await self._socket.close()

    def lose_connection(self) -> None:
        """Be gone without a word, as a phone that leaves the network."""
        self._socket.transport.abort()

    async def tell(self, key: str, *states: WidgetState) -> None:
        """Say what the widget ``key`` and others have become, as a tap on it does."""
        await self._rerun(*states, fragment=self.seen.widgets[key][1])

    def state(self, key: str, **value: object) -> WidgetState:
        """Return what the widget ``key`` has become."""
        return WidgetState(id=self.seen.widgets[key][0], **value)  # type: ignore[arg-type]

    def trigger_state(self, key: str, event: str, value: object) -> WidgetState:
        """Return what the component ``key`` tells once."""
        event_json = json.dumps([{"event": event, "value": value}])
        return WidgetState(id=_make_trigger_id(self.seen.widgets[key][0], "events"), json_trigger_value=event_json)

    async def until(
        self, *, key: str = "", piece: str = "", any_of: Sequence[str] = (), within_s: float = ANSWER_WITHIN_S
    ) -> float:
        """Wait until a widget or a piece of HTML stands on a screen that is drawn to its end, and return the time.

        Args:
            key: Of the widget.
            piece: A part of the HTML, where no widget is meant.
            any_of: Keys of widgets of which one is enough.
            within_s: How long to wait.

        Raises:
            TimeoutError: If it takes longer than ``within_s``.
            RuntimeError: If an error is shown, or the connection is closed.
        """

        def is_there() -> bool:
            if key or any_of:
                drawn = any(each in self.seen.widgets for each in (key, *any_of))
            else:
                drawn = any(piece in body for body, *_ in self.seen.pieces.values())
            return (drawn and not self.seen.drawn) or bool(self.seen.complaints) or self._reader.done()

        async with self._changed:
            try:
                await asyncio.wait_for(self._changed.wait_for(is_there), within_s)
            except TimeoutError:
                raise TimeoutError(f"{key or piece} did not come in {within_s:g} s") from None
        if self.seen.complaints:
            raise RuntimeError(f"shown: {self.seen.complaints[0]}")
        if self._reader.done():
            raise RuntimeError("the connection was closed")
        return time.perf_counter()

    async def _rerun(self, *states: WidgetState, fragment: str = "", is_timer: bool = False) -> None:
        message = BackMsg()
        message.rerun_script.query_string = self._link
        message.rerun_script.page_name = self._page
        message.rerun_script.page_script_hash = self._hash
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = is_timer
        message.rerun_script.widget_states.widgets.extend(states)
        await self._socket.send(message.SerializeToString())

    async def _read(self) -> None:
        async for content in self._socket:
            self.bytes_received += len(content)
            message = ForwardMsg.FromString(content if isinstance(content, bytes) else content.encode())
            # The first run begins at the main script: which page the address named is told by its navigation.
            if message.WhichOneof("type") == "new_session":
                self.session = message.new_session.initialize.session_id
            if message.WhichOneof("type") == "navigation":
                self._hash = message.navigation.page_script_hash
            async with self._changed:
                self.seen.note(message)
                self._changed.notify_all()
            self._keep_time()

    def _keep_time(self) -> None:
        """Start and stop the timers of fragments that run again by themselves."""
        for fragment in self._timers.keys() - self.seen.timers.keys():
            self._timers.pop(fragment).cancel()
        for fragment in self.seen.timers.keys() - self._timers.keys():
            self._timers[fragment] = asyncio.create_task(self._repeat(fragment, self.seen.timers[fragment][0]))

    async def _repeat(self, fragment: str, interval: float) -> None:
        with suppress(Exception):
            while True:
                await asyncio.sleep(interval)
                await self._rerun(fragment=fragment, is_timer=True)

    async def _ask_for_news(self) -> None:
        """Ask whether anything is new in the room, as the page's component does, and let the page run if so."""
        with suppress(Exception):
            async with Asker(self._address) as asker:
                while True:
                    places = dict(self.seen.news)
                    seconds = min((told["seconds"] for told in places.values()), default=1.0)
                    await asyncio.sleep(random.uniform(0.9, 1.1) * seconds)  # noqa: S311
                    for key, told in places.items():
                        found = (await asker.answer(told["address"])).split()
                        shown = told["led"], told["count"]
                        if any(mine and mine != now for mine, now in zip(shown, found, strict=False)):
                            await self.tell(key, self.trigger_state(key, "news", 1))


def fetch_cookie(host: str, port: int) -> str:
    """Open the page as a browser does, and return the cookie that comes with it."""
    connection = HTTPConnection(host, port, timeout=ANSWER_WITHIN_S)
    connection.request("GET", "/survey")
    cookie = connection.getresponse().getheader("Set-Cookie", "")
    connection.close()
    return cookie.partition(";")[0]


class Asker:
    """One connection that asks for small texts, one after the other."""

    def __init__(self, address: str) -> None:
        self._host, _, self._port = address.partition(":")

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(self._host, int(self._port))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def answer(self, path: str) -> str:
        """Return the text at ``path``."""
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        return (await self._reader.readexactly(length)).decode()
