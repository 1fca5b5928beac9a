"""What an outsider could see depends on the people through releases alone.

Two visitors upload unlike people under the same public columns and bounds, and are handed the very same releases.
Whatever then differs on a public page, or in a download, got there past the noise.
"""

import re
import uuid
from datetime import datetime
from functools import partial
from itertools import count
from types import SimpleNamespace

import pytest
from streamlit.runtime import media_file_manager

from core.clustering.engines import PROTOTYPE
from core.privacy.private_quantiles import release_bounds
from core.recommendation.product_counts import release_product_table
from core.reduction.reduced import draw_release
from tests.pages.test_data import upload
from tests.pages.visit import calm, elements, go, go_and_pay, move, pay, press, visit
from ui import releases, results
from ui.compare import ahead
from ui.data import bounds_proposal
from ui.frame import PAGES
from ui.settings import LAB_SECTIONS, PRIVACY_PARTS

HEADER = b"id,food (10k won),transport (10k won),health (10k won),products\n"
FEW = HEADER + b"".join(b"p%d,%d,%d,%d,card-dining\n" % (n, 30 + n % 7, 10 + n % 5, 5 + n % 3) for n in range(60))
MANY = HEADER + b"".join(
    b"q%d,%d,%d,%d,deposit-basic|card-fuel\n" % (n, 80 - n % 9, 40 + n % 3, n % 4) for n in range(87)
)

#: Purchases, one a row: unlike people, numbers and dates, the same categories.
HEADER_LONG = b"person,category,amount (won),date\n"
CATEGORIES = (b"food", b"transport", b"health")
FEW_LONG = HEADER_LONG + b"".join(
    b"p%d,%s,%d,2026-0%d-11\n" % (n, CATEGORIES[j], 90_000 + 1_000 * (n % 7) + j, 1 + n % 3)
    for n in range(60)
    for j in range(3)
)
MANY_LONG = HEADER_LONG + b"".join(
    b"q%d,%s,%d,2025-0%d-03\n" % (n, CATEGORIES[-1 - j], 20_000 + 500 * (n % 9) + j, 1 + n % 9)
    for n in range(87)
    for j in range(3)
)


@pytest.fixture(autouse=True)
def same_releases(monkeypatch):
    """Hand every visitor the releases of whoever came first: what they bought is then no difference between them."""
    bought = {}

    def products(holdings, points, *, grouping, epsilon, rng):
        name = ("products", grouping.centers.tobytes(), epsilon)
        if name not in bought:
            bought[name] = release_product_table(holdings, points, grouping=grouping, epsilon=epsilon, rng=rng)
        return bought[name]

    def release(points, spec, *, rng):
        name = ("release", spec.key)
        if name not in bought:
            bought[name] = draw_release(points, spec, rng=rng)
        return bought[name]

    def proposed(values, *, grid, epsilon, rng, percent):
        name = ("bounds", epsilon, percent)
        if name not in bought:
            bought[name] = release_bounds(values, grid=grid, epsilon=epsilon, rng=rng, percent=percent)
        return bought[name]

    monkeypatch.setattr(releases, "draw_release", release)
    monkeypatch.setattr(bounds_proposal, "release_bounds", proposed)
    monkeypatch.setattr(results, "release_product_table", products)


class Stopped(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 5, 28, 12, tzinfo=tz)


@pytest.fixture(autouse=True)
def same_moment(monkeypatch):
    """Let every visitor buy at the same time: the ledger tells it."""
    monkeypatch.setattr(releases, "datetime", Stopped)


@pytest.fixture
def downloads(monkeypatch):
    """Keep what every download button would save."""
    import streamlit as st  # noqa: PLC0415 - the pages' own module is patched

    saved, button = {}, st.download_button

    def keep(label, data, *arguments, **named):
        saved[named["key"]] = data() if callable(data) else data
        return button(label, data, *arguments, **named)

    monkeypatch.setattr(st, "download_button", keep)
    return saved


#: Names files apart: what is cached of one test's people would be another's release.
numbers = count(1)


def _name_anew(content):
    """Return the same people under names that no other file has."""
    return re.sub(rb"(?m)^([pq])(?=\d)", b"\\g<1>%d-" % next(numbers), content)


def _visitor(content, *, only_public=True):
    """Upload ``content``, look at it and at somebody in it, and only then turn to the public view."""
    app = press(upload(visit("data"), _name_anew(content)), "use_file")
    app = go_and_pay(app, "recommend")
    if "surprise" in [button.key for button in app.button]:
        app = pay(press(app, "surprise"), "products")
    return move(go(app, "compare"), "only_public", only_public)


@pytest.fixture(autouse=True)
def counted_addresses(monkeypatch):
    """Let addresses that are drawn at random, of downloads and of the preview, be the same; nothing is masked."""
    monkeypatch.setattr(media_file_manager.uuid, "uuid4", lambda: uuid.UUID(int=0))
    monkeypatch.setattr(ahead, "secrets", SimpleNamespace(token_hex=lambda n_bytes: "0" * 2 * n_bytes))


def _sent(app):
    """Return everything the page sends to the browser, by what and where."""
    sent = {}
    for i, element in enumerate(elements(app)):
        message = getattr(element, "proto", None)
        if message is not None:
            sent[f"{i} {element.type}"] = message.SerializeToString(deterministic=True)
    return sent


def _unlike(first, second):
    """Name what two pages send unlike each other."""
    one, other = (_sent(app) | {"address": app.query_params} for app in (first, second))
    return [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)]


def _open(app, key):
    """Open what is closed until it is asked for."""
    app.session_state[key] = True
    return calm(app.run())


def _turn(app, *, page, key, to):
    """Open one section of a page."""
    return move(go(app, page), key, to)


def _hand_in(app, content):
    """Choose a file on the data page, and do not use it yet."""
    return upload(go(app, "data"), _name_anew(content))


#: Every section, and every state of a page that a visitor can bring about, by what it is called.
STATES = {
    **{page: partial(go, page=page) for page in PAGES},
    "compare, unpaid": lambda app: move(go(app, "compare"), "epsilon", 0.3),
    "rehearsal": lambda app: _open(app, "rehearsal"),
    "compare, paid": pay,
    "help with k": lambda app: _open(app, "k_help"),
    "goal": lambda app: _open(app, "goal_open"),
    "insider's picture": lambda app: move(app, "k", 5),
    "recommend, unpaid": lambda app: go(app, "recommend"),
    "recommend, own spending": lambda app: press(app, "own_done"),
    **{f"lab, {section}": partial(_turn, page="lab", key="section", to=section) for section in LAB_SECTIONS},
    **{f"privacy, {part}": partial(_turn, page="privacy", key="part", to=part) for part in PRIVACY_PARTS},
    "bounds, asked": lambda app: press(go(app, "data"), "bounds_ask"),
    "bounds, paid": lambda app: press(app, "bounds_spend"),
}
#: States that only data with products has.
WITH_PRODUCTS = {"recommend, unpaid", "recommend, own spending"}
KINDS = {"wide": (FEW, MANY), "long": (FEW_LONG, MANY_LONG)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_section_and_state_says_the_same_of_unlike_people_behind_the_same_releases(kind, downloads):
    visitors, differ, saved = [_visitor(content) for content in KINDS[kind]], [], {}
    for name, bring_about in STATES.items():
        if kind == "long" and name in WITH_PRODUCTS:
            continue
        takes = []
        for visitor in visitors:
            downloads.clear()
            bring_about(visitor)
            takes.append(dict(downloads))
        saved |= takes[0]
        differ += [f"{name}: {each}" for each in _unlike(*visitors)]
        differ += [f"{name}: a download"] if takes[0] != takes[1] else []

    assert differ == []
    assert {"take_receipt", "take_releases"} <= set(saved)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_being_read_says_the_same_of_unlike_people(kind):
    visitors = [move(visit("data"), "only_public", value=True) for _ in range(2)]

    read = [_hand_in(app, content) for app, content in zip(visitors, KINDS[kind], strict=True)]

    assert _unlike(*read) == []


LONG = b"person,category,amount (won)\n"
FEW_LONG = LONG + b"".join(b"p%d,%s,%d\n" % (n % 40, (b"food", b"health")[n % 2], 9_000 + n) for n in range(200))
#: Other people, other spellings, other answers: total rows, a question about the sign, and what is left out.
MANY_LONG = LONG + b"".join(
    b"q%d,%s,%d\n" % (n % 70, (b"travel", b"rent", b"Total")[n % 3], -7 * n) for n in range(300)
)


@pytest.mark.parametrize("contents", [(FEW, MANY), (FEW_LONG, MANY_LONG)], ids=["wide", "long"])
def test_a_file_that_waits_tells_nothing_once_the_view_is_public(contents):
    pages = [move(upload(visit("data"), content), "details_1", value=True) for content in contents]
    assert _unlike(*pages)

    assert _unlike(*(move(app, "only_public", value=True) for app in pages)) == []


def test_turning_to_the_public_view_right_after_an_upload_hides_the_file():
    pages = [press(upload(visit("data"), content), "use_file") for content in (FEW, MANY)]
    assert _unlike(*pages)

    assert _unlike(*(move(app, "only_public", value=True) for app in pages)) == []


def test_the_public_recommend_page_shows_products_and_they_come_from_the_release():
    app = go(_visitor(FEW), "recommend")

    assert "products" in "".join(block.proto.body for block in app.html)
    assert app.get_by_key("own_done")


@pytest.mark.parametrize(
    ("key", "value"),
    [("k", 7), ("epsilon", 0.3), ("engine", PROTOTYPE.key), ("axis_x", "food"), ("dimensions", 2)],
)
def test_no_setting_of_the_public_compare_page_lets_the_people_through(key, value):
    assert _unlike(*(pay(move(_visitor(content), key, value)) for content in (FEW, MANY))) == []


def test_proposed_bounds_and_what_bounds_cost_let_nobody_through():
    pages = [press(press(go(_visitor(content), "data"), "bounds_ask"), "bounds_spend") for content in (FEW, MANY)]

    assert _unlike(*pages) == []
    assert _unlike(*(press(app, "bounds_take") for app in pages)) == []


def test_the_insider_view_does_tell_unlike_people_apart():
    """The comparison above can fail: exact values are on the page as soon as the switch is off."""
    assert _unlike(*(_visitor(content, only_public=False) for content in (FEW, MANY)))
