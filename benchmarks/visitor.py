"""A visitor without a browser: Streamlit's websocket and nothing that takes time beside the server."""

import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.browser.server import Server

ANSWER_WITHIN_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one rerun took.

    Attributes:
        wall_ms: From the message sent to the message that says the script has finished.
        n_bytes: Size of all messages in between, uncompressed.
        runs: Script runs it took; more than one if the script asked to run again.
    """

    wall_ms: float
    n_bytes: int
    runs: int


class Visitor:
    """A visitor of one page who moves its two sliders, ``epsilon`` and ``k``.

    Args:
        server: The app.
        page: Last part of the page's address.
        link: What stands after the question mark.
    """

    def __init__(self, server: Server, *, page: str, link: str = "") -> None:
        self._asked = BackMsg()
        self._asked.rerun_script.query_string = link
        self._asked.rerun_script.page_name = page
        self._ids: dict[str, str] = {}
        self._socket = connect(
            f"{server.url.replace('http', 'ws')}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(server.url),
            max_size=None,
            compression=None,
        )
        self.first = self._run()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def move(self, *, epsilon: float | None = None, k: float | None = None) -> Answer:
        """Set one slider, or both, as a browser would say it."""
        for key, value in (("epsilon", epsilon), ("k", k)):
            if value is None:
                continue
            states = self._asked.rerun_script.widget_states.widgets
            state = next((each for each in states if each.id == self._ids[key]), None) or states.add()
            state.id = self._ids[key]
            if key == "epsilon":
                state.string_array_value.data[:] = [f"{value:.3g}"]
            else:
                state.double_array_value.data[:] = [value]
        return self._run()

    def _run(self) -> Answer:
        start = time.perf_counter()
        self._socket.send(self._asked.SerializeToString())
        n_bytes = runs = 0
        again = True
        while again:
            content = self._socket.recv(timeout=ANSWER_WITHIN_S)
            n_bytes += len(content)
            message = ForwardMsg.FromString(content)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                runs += 1
                self._asked.rerun_script.page_script_hash = message.new_session.page_script_hash
            elif kind == "delta":
                self._note(message)
            again = kind != "script_finished" or message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return Answer(wall_ms=(time.perf_counter() - start) * 1000, n_bytes=n_bytes, runs=runs)

    def _note(self, message: ForwardMsg) -> None:
        """Remember where the sliders are, and which fragment they rerun."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(f"the page failed: {element.exception.type} {element.exception.message}")
        if kind == "slider":
            key = element.slider.id.rpartition("-")[2]
            self._ids[key] = element.slider.id
            self._asked.rerun_script.fragment_id = message.delta.fragment_id
