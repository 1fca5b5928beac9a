"""Visits to the app without a browser: pages opened through AppTest, and what stands on them."""

import json
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ui.languages.particles import MARKERS
from ui.text import phrases

ENTRY = Path(__file__).parents[2] / "ui" / "main.py"
#: The first run of a process imports everything.
TIMEOUT_SECONDS = 120


def visit(page, **link):
    """Open ``page`` as a new visitor who follows a link with these settings."""
    app = AppTest.from_file(ENTRY, default_timeout=TIMEOUT_SECONDS)
    for key, value in link.items():
        app.query_params[key] = value
    return go(app, page)


def go(app, page):
    """Take a visitor to another page."""
    return calm(app.switch_page(f"../pages/{page}.py").run())


def move(app, key, value):
    """Set the widget ``key`` and wait for what follows."""
    return calm(app.get_by_key(key).set_value(value).run())


def press(app, key):
    """Press the button ``key`` and wait for what follows."""
    return calm(app.get_by_key(key).click().run())


def calm(app):
    """Return ``app`` if nothing was thrown."""
    assert not app.exception, app.exception[0].stack_trace
    return app


def markup(app):
    """Return all HTML on the page, the frame included."""
    return "\n".join(piece.proto.body for piece in app.html)


def says(app, key):
    """Return whether the page says a phrase in Korean, whatever its blanks are filled with."""
    blank = rf"\{{\w+\}}(?:{'|'.join(map(re.escape, MARKERS))})?"
    parts = [re.escape(part) for part in re.split(blank, phrases("ko")[key])]
    return re.search(".+?".join(parts), markup(app)) is not None


def figures(app):
    """Return the tables below a section's charts of lines."""
    return markup(app).split('class="lines-tables"')[1].split("</div>")[0]


def elements(app):
    """Return every element of the page and of the frame, containers included, in order."""

    def inside(block):
        for child in block.children.values():
            yield child
            if hasattr(child, "children"):
                yield from inside(child)

    return list(inside(app._tree))


def pair(app):
    """Return the message that draws the two pictures."""
    return app.get("bidi_component")[0].proto


def drawn(app):
    """Return what the two pictures are drawn from."""
    return json.loads(pair(app).json)


def cards(app):
    """Return what the cards of the groups and the trail are drawn from."""
    return json.loads(app.get("bidi_component")[1].proto.json)


def notices(app):
    """Return what is said once above the page."""
    return [info.value for info in app.info]


def ledger(app):
    """Return the one ledger that this visitor has opened for people's data, or for practice."""
    (only,) = (bought.ledger for bought in app.session_state["releases"].values())
    return only


def pay(app, what="release"):
    """Say yes to the price of what is offered, the release or the table of products; nothing where nothing is."""
    offered = [button.key for button in app.button if button.key == f"pay_{what}"]
    return press(app, offered[0]) if offered else app


def go_and_pay(app, page="compare"):
    """Take a visitor to a page, and pay the release that it offers."""
    return pay(go(app, page))


def visit_and_pay(page="compare", **link):
    """Open ``page`` as a new visitor does, and pay the release that it offers."""
    return pay(visit(page, **link))
