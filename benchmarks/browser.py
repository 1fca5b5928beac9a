"""A visitor with a browser: Chromium, a fresh one each visit, timed by its own clock."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from playwright.sync_api import Browser, Page, ViewportSize
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

#: Tall enough for both apps to show their charts without scrolling.
VIEW: ViewportSize = {"width": 1280, "height": 1800}
#: Nothing was drawn and nothing arrived for so long: the last redraw was the last.
QUIET_MS = 1_000
STEP_MS = 50
WITHIN_MS = 60_000

#: Notes when a key was pressed, when the server was told, and when charts were drawn, ours and Plotly's alike.
OBSERVE = """
window.bench = { pressed: 0, sent: [], drawn: [], charts: new Map() };
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (...message) { bench.sent.push(performance.now()); send.apply(this, message); };
addEventListener("keydown", () => { bench.pressed = performance.now(); }, true);
addEventListener("pair-drawn", () => bench.drawn.push(performance.now()), true);
new MutationObserver(() => {
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    if (!plot.on || bench.charts.has(plot)) continue;
    bench.charts.set(plot, true);
    plot.on("plotly_afterplot", () => bench.drawn.push(performance.now()));
  }
}).observe(document, { childList: true, subtree: true });
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What one press of a key led to.

    Attributes:
        redraw_ms: From the key press to the last redraw of the charts.
        wait_ms: Part of it before the browser told the server.
        n_bytes: Received over the websocket, uncompressed.
    """

    redraw_ms: float
    wait_ms: float
    n_bytes: int


class Visit:
    """One page in a browser context of its own: no cookies, nothing cached."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._received: list[tuple[int, str]] = []
        page.add_init_script(OBSERVE)
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.webSocketFrameReceived", self._note_received)

    @classmethod
    @contextmanager
    def open(cls, browser: Browser) -> Iterator[Self]:
        """Open a fresh visit and close it afterwards."""
        context = browser.new_context(viewport=VIEW, locale="ko-KR")
        try:
            yield cls(context.new_page())
        finally:
            context.close()

    def first_chart_ms(self, address: str) -> float:
        """Open ``address`` and return the time from navigation to the first chart drawn."""
        self._page.goto(address)
        self._page.wait_for_function("bench.drawn.length > 0", timeout=WITHIN_MS, polling=STEP_MS)
        first = float(self._page.evaluate("bench.drawn[0]"))
        self._until_quiet()
        return first

    def press(self, slider: str, key: str) -> Move:
        """Press ``key`` on a slider and wait until the charts are drawn for the last time."""
        self._page.bring_to_front()
        self._page.locator(f".st-key-{slider} input[type=range]").focus()
        self._page.evaluate("bench.drawn = []; bench.sent = []")
        self._received.clear()
        self._page.keyboard.press(key)
        self._page.wait_for_function("bench.drawn.length > 0", timeout=WITHIN_MS, polling=STEP_MS)
        self._until_quiet()
        pressed, sent, last = self._page.evaluate("[bench.pressed, bench.sent[0], bench.drawn.at(-1)]")
        return Move(redraw_ms=last - pressed, wait_ms=sent - pressed, n_bytes=sum(size for size, _ in self._received))

    def _until_quiet(self) -> None:
        """Wait until every script run has ended and nothing has been drawn for a while."""
        quiet, before = 0, None
        for _ in range(WITHIN_MS // STEP_MS):
            self._page.wait_for_timeout(STEP_MS)
            kinds = [kind for _, kind in self._received]
            now = (len(kinds), self._page.evaluate("bench.drawn.length"))
            ended = kinds.count("script_finished") >= kinds.count("new_session")
            quiet = quiet + STEP_MS if ended and now == before else 0
            if quiet >= QUIET_MS:
                return
            before = now
        raise TimeoutError(f"the page did not come to rest within {WITHIN_MS} ms")

    def _note_received(self, event: dict[str, Any]) -> None:
        content = base64.b64decode(event["response"]["payloadData"])
        kind = ForwardMsg.FromString(content).WhichOneof("type") or ""
        self._received.append((len(content), kind))
