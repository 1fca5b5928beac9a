"""Pictures of every page on every kind of screen, for people to look at: ``python -m tests.browser.screenshots``."""

import sys
from itertools import product

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.server import ROOT, serving
from tests.browser.visitor import QUIET, Screen, Visitor
from ui.frame import PAGES

FOLDER = ROOT / "screenshots"
SCREENS = [
    Screen(lang=lang, theme=theme, is_phone=is_phone)
    for lang, theme, is_phone in product(("ko", "en"), ("light", "dark"), (False, True))
]
#: The part of the page that scrolls; the window itself never does.
CONTENT_HEIGHT = "() => Math.ceil(document.querySelector('.stMain').scrollHeight)"


def main() -> None:
    """Take all pictures into ``screenshots/``; only pages named on the command line, if any are."""
    pages = [page for page in PAGES if page in sys.argv[1:]] or list(PAGES)
    FOLDER.mkdir(exist_ok=True)
    with serving() as server, sync_playwright() as playwright:
        window = chromium.launch(playwright)
        for screen in SCREENS:
            context = window.new_context(**screen.options(), reduced_motion="reduce")
            visitor = Visitor(context.new_page(), server)
            for page in pages:
                _take(visitor.open(page), screen, page)
            context.close()
        window.close()
    sys.stdout.write(f"{len(pages) * len(SCREENS)} pictures are in {FOLDER}\n")


def _take(visitor, screen, page):
    """Make the window as tall as the page, so that one picture holds all of it."""
    size = screen.options()["viewport"]
    tall = max(size["height"], visitor.page.evaluate(CONTENT_HEIGHT))
    visitor.page.set_viewport_size(size | {"height": tall})
    visitor.page.wait_for_selector(QUIET)
    visitor.page.screenshot(path=FOLDER / f"{page}-{screen}.png", animations="disabled")
    visitor.page.set_viewport_size(size)


if __name__ == "__main__":
    main()
