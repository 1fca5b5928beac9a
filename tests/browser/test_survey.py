"""The survey on a small phone: by taps alone, kept through a reload, open to everybody, the true answer never sent."""

import re
from contextlib import ExitStack, contextmanager
from time import monotonic

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import shuts_out
from tests.browser.server import free_port, serving_from
from tests.browser.visitor import PATIENCE_MS, PHONE
from ui.server.device import COOKIE
from ui.server.warmup import SWITCH
from ui.text import phrases

pytestmark = pytest.mark.browser

KOREAN = phrases("ko")
#: Both coins fall on tails, so that "no" is said whatever is true.
TAILS = """{
  const draw = crypto.getRandomValues.bind(crypto);
  crypto.getRandomValues = (array) => (array.length === 2 ? array.fill(0) : draw(array));
}"""
#: Taps as soon as the connection is back, and notes whether the screen said then that it takes no taps, and took none.
TAP_AT_ONCE = """(button) => new MutationObserver((_, watch) => {
  const { disabled } = document.querySelector(button);
  if (disabled) window.wasDown = true;
  if (disabled || !window.wasDown) return;
  watch.disconnect();
  window.saidAtTap = document.querySelector('.connection-notice').checkVisibility();
  window.tapHeard = false;
  document.querySelector(button).addEventListener('click', () => { window.tapHeard = true; });
  document.querySelector(button).click();
}).observe(document.body, { subtree: true, attributeFilter: ['disabled'] })"""

#: By how many pixels the sentence of a lost connection covers where in the survey one is.
COVERED = """() => {
  const [notice, track] = ['.connection-notice', '.asked-track, h1']
      .map(part => document.querySelector(part)?.getBoundingClientRect());
  return track ? Math.max(0, notice.bottom - track.top) : 0;
}"""
#: Keeps hold of the socket, and does one thing before Streamlit hears of its end.
HOLD_THE_SOCKET = """window.WebSocket = class extends WebSocket {
  constructor(...all) {
    super(...all);
    window.socket = this;
    this.addEventListener('close', () => window.atTheEnd?.());
  }
}"""
#: What is tapped is sent a moment later, when Streamlit has lost its connection.
TAP_AT_THE_END = """(button) => {
  window.atTheEnd = () => {
    delete window.atTheEnd;
    document.querySelector(button).click();
  };
  window.socket.close();
}"""
#: What a script of ours may do wrong, by the name of its file.
OUR_MISTAKES = {
    "throws": "throw new Error('thrown by us')",
    "logs": "console.error('logged by us')",
}


class SmallPhone:
    """A phone of 360 pixels, in Korean."""

    def options(self):
        return {
            "viewport": {"width": 360, "height": 740},
            "locale": "ko-KR",
            "color_scheme": "light",
            "has_touch": True,
            "is_mobile": True,
            "device_scale_factor": 2,
            "user_agent": PHONE,
        }


@pytest.fixture
def phone(visit):
    return visit(SmallPhone())


def tap(me, key):
    me.page.locator(f".st-key-{key} button, button.st-key-{key}").first.tap()


def see(me, selector):
    """Wait for a screen and see that it shuts nobody out and fits."""
    me.page.wait_for_selector(selector)
    me.rest()
    assert shuts_out(me.page) == ""
    assert me.overhang() == 0


def to_the_coins(me):
    me.open("survey", room="WEB")
    see(me, ".st-key-epsilon_before_safer")
    tap(me, "epsilon_before_safer")
    see(me, ".st-key-trace_before_never")
    tap(me, "trace_before_never")
    see(me, ".st-key-tried")
    me.follow("try_ways", to="recommend")
    me.follow("come_back", to="survey")
    me.page.wait_for_selector(".st-key-tried")
    tap(me, "tried")
    me.page.wait_for_selector(".st-key-epsilon_after_safer")
    tap(me, "epsilon_after_safer")
    me.page.wait_for_selector(".st-key-trace_after_bounded")
    tap(me, "trace_after_bounded")
    see(me, ".st-key-helpful_much")
    tap(me, "helpful_much")
    see(me, ".st-key-lacking_form")
    me.page.locator(".st-key-lacking_unseen label").tap()
    me.page.locator(".st-key-lacking_text textarea").fill("<b>손잡이</b>가 😀")
    tap(me, "form_next")
    see(me, ".st-key-use_form")
    me.page.locator(".st-key-use_choice label").nth(1).tap()
    tap(me, "form_next")
    # The rule is the page's, the buttons beside it are a component's that finds its words a moment later.
    me.page.get_by_role("group", name=KOREAN["asked.truths"]).get_by_text(KOREAN["asked.late_yes"]).wait_for()
    see(me, ".coin-rule")


def test_a_whole_survey_is_answered_by_taps_and_the_true_answer_never_leaves_the_phone(phone):
    sent = []
    phone.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(as_bytes(frame))))
    phone.page.add_init_script(TAILS)
    to_the_coins(phone)

    sent.clear()
    phone.page.get_by_role("group", name=KOREAN["asked.truths"]).get_by_text(KOREAN["asked.late_yes"]).tap()
    phone.page.get_by_role("button", name=KOREAN["asked.send"]).wait_for()
    see(phone, ".coin-rule")
    assert not any(b"yes" in frame or b"truth" in frame for frame in sent)

    sent.clear()
    phone.page.get_by_role("button", name=KOREAN["asked.send"]).tap()
    see(phone, ".thanks")
    told = [frame for frame in sent if b"submission" in frame]
    assert told
    assert all(b'"no"' in frame for frame in told)
    assert not any(b"yes" in frame for frame in sent)


def as_bytes(frame):
    return frame.encode() if isinstance(frame, str) else bytes(frame)


def test_a_reload_goes_on_where_it_was_and_no_address_knows_the_phone(phone):
    phone.open("survey", room="WEB")
    tap(phone, "epsilon_before_safer")
    phone.page.wait_for_selector(".st-key-trace_before_never")
    phone.page.reload()
    phone.page.wait_for_selector(".st-key-trace_before_never")

    (device,) = (cookie for cookie in phone.page.context.cookies() if cookie["name"] == COOKIE)
    assert device["httpOnly"]
    assert device["value"] not in phone.page.url
    assert phone.page.evaluate("localStorage.getItem('sagram.token.WEB')") is None


@contextmanager
def on_a_server_that_begins_anew(visit, folder):
    """Hand over a phone and a way to end its server and start another one in its place."""
    port, cold = free_port(), {SWITCH: "off"}
    with ExitStack() as servers:
        phone = visit(SmallPhone(), at=servers.enter_context(serving_from(folder, port=port, environment=cold)))

        def begin_anew():
            with phone.outage():
                servers.close()
                expect(phone.page.locator(".connection-notice")).to_be_visible()
                assert phone.page.evaluate(COVERED) == 0
                servers.enter_context(serving_from(folder, port=port, environment=cold))

        yield phone, begin_anew
        # Gone before the last server is, which it would miss.
        phone.page.goto("about:blank")


def test_a_server_that_comes_back_finds_the_phone_where_it_was(visit, tmp_path):
    with on_a_server_that_begins_anew(visit, tmp_path) as (phone, begin_anew):
        phone.open("survey", room="WEB")
        tap(phone, "epsilon_before_safer")
        expect(phone.page.locator(".st-key-trace_before_never")).to_be_visible()
        phone.page.evaluate(TAP_AT_ONCE, ".st-key-trace_before_never button")
        begin_anew()

        expect(phone.page.locator(".connection-notice")).to_be_hidden()
        # What was tapped before the server knew the phone was refused, and the screen said so.
        expect(phone.page.locator(".st-key-trace_before_never")).to_be_visible()
        assert phone.page.evaluate("window.saidAtTap")
        assert phone.page.evaluate("window.tapHeard") is False
        tap(phone, "trace_before_never")
        expect(phone.page.locator(".st-key-tried")).to_be_visible()


def test_a_phone_that_was_away_from_the_survey_goes_on_with_a_server_begun_anew(visit, tmp_path):
    with on_a_server_that_begins_anew(visit, tmp_path) as (phone, begin_anew):
        phone.open("survey", room="WEB")
        tap(phone, "epsilon_before_safer")
        tap(phone, "trace_before_never")
        phone.follow("try_ways", to="recommend")
        phone.follow("come_back", to="survey")
        expect(phone.page.locator(".st-key-tried")).to_be_visible()
        begin_anew()

        tap(phone, "tried")
        expect(phone.page.locator(".st-key-epsilon_after_safer")).to_be_visible()


class Connection:
    """The connection of a phone: a dead one swallows what is said, and nobody notices until it ends."""

    def __init__(self, phone):
        self.page = phone.page
        self.is_dead = False
        self.swallowed = []
        self.page.route_web_socket(re.compile("/_stcore/stream"), self._carry)

    def _carry(self, ours):
        self._ours = ours
        theirs = ours.connect_to_server()
        ours.on_message(lambda message: self.swallowed.append(message) if self.is_dead else theirs.send(message))
        theirs.on_message(lambda message: None if self.is_dead else ours.send(message))

    def swallow(self, words):
        """Wait until a dead connection has swallowed a message with ``words``."""
        until = monotonic() + PATIENCE_MS / 1000
        while not any(words in message for message in self.swallowed):
            assert monotonic() < until
            self.page.wait_for_timeout(10)

    def end(self):
        """Let both ends know; the next connection lives."""
        self.is_dead = False
        self._ours.close()


def test_a_choice_tapped_while_the_connection_was_dead_already_is_made_when_it_is_back(phone):
    connection = Connection(phone)
    phone.open("survey", room="WEB")
    expect(phone.page.locator(".st-key-epsilon_before_safer")).to_be_visible()
    phone.rest()
    connection.is_dead = True
    with phone.outage():
        tap(phone, "epsilon_before_safer")
        connection.swallow(b"epsilon_before_safer")
        connection.end()

    expect(phone.page.locator(".st-key-trace_before_never")).to_be_visible()


def test_a_choice_tapped_as_the_connection_ends_is_made_when_it_is_back(phone):
    phone.page.add_init_script(HOLD_THE_SOCKET)
    phone.open("survey", room="WEB")
    expect(phone.page.locator(".st-key-epsilon_before_safer")).to_be_visible()
    phone.rest()
    with phone.outage():
        phone.page.evaluate(TAP_AT_THE_END, ".st-key-epsilon_before_safer button")

    expect(phone.page.locator(".st-key-trace_before_never")).to_be_visible()


def answer_with(script):
    return lambda route: route.fulfill(content_type="text/javascript", body=script)


def test_an_outage_explains_nothing_that_our_own_scripts_do_wrong(phone):
    phone.page.add_init_script(HOLD_THE_SOCKET)
    for name, script in OUR_MISTAKES.items():
        phone.page.route(f"**/sagram/{name}.js", answer_with(script))
    phone.open("survey", room="WEB")
    with phone.outage():
        phone.page.evaluate("window.socket.close()")
        for name in OUR_MISTAKES:
            phone.page.add_script_tag(url=f"/sagram/{name}.js")
        phone.page.evaluate("fetch('/sagram/nowhere.js')")

    told = list(phone.errors)
    phone.errors.clear()
    assert len(told) == 3
    for mistake in ("thrown by us", "logged by us", "404"):
        assert any(mistake in error for error in told)
