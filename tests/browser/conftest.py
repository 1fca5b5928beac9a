"""One server and one browser for all browser tests; every visitor comes with a fresh context."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser import chromium
from tests.browser.server import serving
from tests.browser.visitor import PATIENCE_MS, Screen, Visitor

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def server():
    """Start the app once."""
    chromium.require()
    with serving() as running:
        yield running


@pytest.fixture(scope="session")
def window():
    """Open Chromium once."""
    chromium.require()
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visit(window, server):
    """Let people visit the app, each with a browser context of their own, and see that nothing went wrong."""
    visitors, contexts = [], []

    def come(screen=None, *, at=server):
        contexts.append(window.new_context(**(screen or Screen()).options()))
        visitors.append(Visitor(contexts[-1].new_page(), at))
        return visitors[-1]

    yield come

    for visitor in visitors:
        assert not visitor.errors
        assert not visitor.strangers
        assert not visitor.exceptions()
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def quiet_server(server):
    """See that the server's log tells of no new exception, and of nothing that stands in an address."""
    before = len(server.complaints())
    yield
    assert len(server.complaints()) == before
    assert not server.addresses()
