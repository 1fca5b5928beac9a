"""Somebody at a screen: opens pages, moves sliders by keyboard, and takes note of everything that goes wrong."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import expect

from tests.browser.complaints import Complaints

QUIET = ".stApp[data-test-script-state='notRunning'][data-test-connection-state='CONNECTED']"
COUNT_DRAWINGS = "window.drawings = 0; document.addEventListener('pair-drawn', () => { window.drawings += 1; });"
#: Pictures of our components before they say what they show; what is hidden never does.
UNNAMED = ":is(figure, .player) canvas:not([role]):not([aria-hidden]):visible"
PATIENCE_MS = 60_000
#: A server is begun anew within this time.
BACK_WITHIN_MS = 180_000
#: Streamlit folds its navigation away after a choice on what calls itself a phone.
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
    "Mobile Safari/537.36"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What a visitor looks at.

    Attributes:
        lang: Language of the browser.
        theme: ``"light"`` or ``"dark"``.
        is_phone: A phone of 390 × 844 at double density with touch, or a desktop of 1920 × 1080.
    """

    lang: str = "ko"
    theme: str = "light"
    is_phone: bool = False

    def __str__(self) -> str:
        """Name the screen in a test's name or a file's."""
        return f"{self.lang}-{self.theme}-{'phone' if self.is_phone else 'desktop'}"

    def options(self):
        """Return what Playwright opens a context with."""
        size = {"width": 390, "height": 844} if self.is_phone else {"width": 1920, "height": 1080}
        touch = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2, "user_agent": PHONE}
        touch = touch if self.is_phone else {}
        locale = {"ko": "ko-KR", "en": "en-US"}[self.lang]
        return {"viewport": size, "locale": locale, "color_scheme": self.theme} | touch


class Visitor:
    """One tab of one person.

    Attributes:
        page: The tab.
        errors: What the page complained about, without Streamlit's own two misses and what an outage explains.
        strangers: Addresses asked for that are not the app's.
    """

    def __init__(self, page, server):
        self.page = page
        self.server = server
        self._complaints = Complaints(page)
        self.strangers = []
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(COUNT_DRAWINGS)
        page.on("request", lambda request: self._watch(request.url))
        page.on("websocket", lambda socket: self._watch(socket.url))

    @property
    def errors(self):
        """Return what the page complained about."""
        return self._complaints.errors

    def _watch(self, url):
        at = urlsplit(url)
        if at.scheme not in {"data", "blob"} and at.netloc != urlsplit(self.server.url).netloc:
            self.strangers.append(url)

    # --- going somewhere -----------------------------------------------------------------------------------------

    def open(self, page="home", **link):
        """Follow a link to ``page`` and wait until it stands still."""
        path = "" if page == "home" else page
        query = f"?{urlencode(link)}" if link else ""
        return self.follow_link(f"{self.server.url}/{path}{query}")

    def follow_link(self, url):
        """Open an address that somebody sent, and wait until the page stands still."""
        self.page.goto(url)
        self.rest()
        return self

    def rest(self):
        """Wait until the script has run and, where there are pictures, until they are drawn."""
        self.page.wait_for_selector(QUIET)
        self.page.wait_for_selector("h1")
        if self.page.locator(".st-key-pair").count():
            self.page.wait_for_function("window.drawings > 0")
        # A component whose script is on its way has no names yet.
        expect(self.page.locator(UNNAMED)).to_have_count(0, timeout=PATIENCE_MS)
        self.page.wait_for_selector(QUIET)

    def follow(self, key, *, to):
        """Follow the link inside the part of the page called ``key`` to page ``to``."""
        self.page.locator(f".st-key-{key} a[href*='{to}']").last.click()
        self.arrive(to)

    def navigate(self, to):
        """Choose a page from the navigation, which phones fold away."""
        if self.page.locator(".stSidebar[data-collapsed=true]").count():
            self.page.get_by_test_id("stExpandSidebarButton").click()
        self.page.locator(f"[data-testid=stSidebarNav] a[href$='/{to}']").click()
        self.arrive(to)

    def arrive(self, page):
        """Wait until the address is ``page``'s and the page stands still."""
        self.page.wait_for_url(re.compile(rf"/{page}(\?|$)"))
        self.rest()

    @contextmanager
    def outage(self):
        """Let the server be out of reach inside, and wait until the page has found it again.

        What the page complains about because of that is no error: the test knows when the outage begins, and the page
        when it ends.
        """
        self._complaints.begin_outage()
        with self.page.expect_websocket(timeout=BACK_WITHIN_MS):
            yield
        self.page.wait_for_selector(QUIET)
        self._complaints.end_outage()

    # --- doing something -----------------------------------------------------------------------------------------

    def slider(self, key):
        """Return the handle of a slider."""
        return self.page.locator(f".st-key-{key} input[type=range]")

    def value(self, key):
        """Return what a slider says its value is."""
        return self.slider(key).get_attribute("aria-valuetext")

    def nudge(self, key, step, times=1):
        """Move a slider by keyboard: ``step`` is the key to press."""
        self.slider(key).focus()
        for _ in range(times):
            self.page.keyboard.press(step)

    def pay(self):
        """Say yes to the price of the pictures, and wait until they are there."""
        self.page.locator(".st-key-pay_release button").click()
        self.page.wait_for_selector(".st-key-pair")
        self.rest()
        return self

    @contextmanager
    def redrawing(self):
        """Wait until the pictures have been drawn anew, and the page stands still."""
        before = self.page.evaluate("window.drawings")
        yield
        self.page.wait_for_function("before => window.drawings > before", arg=before)
        self.page.wait_for_selector(QUIET)

    # --- looking -------------------------------------------------------------------------------------------------

    def ari(self):
        """Return the large number."""
        return self.page.locator(".answer-number span").inner_text()

    def link(self):
        """Return what the address carries."""
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def overhang(self):
        """Return by how many pixels the page is wider than its window."""
        return self.page.evaluate(
            """() => Math.max(0, ...[document.documentElement, ...document.querySelectorAll('.stMain, .stApp')]
                .map(part => part.scrollWidth - part.clientWidth))"""
        )

    def exceptions(self):
        """Return what the page shows of exceptions."""
        shown = self.page.locator(".stException").all_inner_texts()
        return shown + [line for line in self.page.inner_text("body").splitlines() if "Traceback" in line]
