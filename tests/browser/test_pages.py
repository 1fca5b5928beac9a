"""Every page on every kind of screen: whole, within its window, silent, and open to everybody."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import shuts_out
from tests.browser.server import serving
from tests.browser.visitor import Screen, Visitor
from ui.frame import PAGES
from ui.server.warmup import SWITCH
from ui.settings import LAB_SECTIONS
from ui.text import phrases

pytestmark = pytest.mark.browser

SCREENS = [
    Screen(lang=lang, theme=theme, is_phone=is_phone)
    for is_phone in (False, True)
    for theme in ("light", "dark")
    for lang in ("ko", "en")
]
#: States of pages that look unlike their first sight; on fewer screens.
STATES = [
    ("compare", {"view": "insider", "k": "12", "axis_x": "food", "axis_y": "restaurants"}),
    ("compare", {"only_public": "1"}),
    ("compare", {"data": "prototype"}),
    ("compare", {"data": "sample", "epsilon": "999"}),
    ("data", {"only_public": "1"}),
    ("data", {"data": "sample"}),
    ("recommend", {"only_public": "1"}),
    ("recommend", {"data": "sample"}),
    ("recommend", {"person": "nobody"}),
    ("compare", {"dimensions": "2"}),
    ("privacy", {"part": "without"}),
    ("privacy", {"part": "guess"}),
    ("privacy", {"part": "names"}),
    ("privacy", {"data": "sample"}),
    *(("lab", {"section": section}) for section in LAB_SECTIONS[1:]),
]
ON_PHONES = [Screen(lang="en", theme="light", is_phone=True), Screen(lang="ko", theme="dark", is_phone=True)]
FEW_SCREENS = [Screen(lang="en", theme="light"), ON_PHONES[1]]
PLACES = [(page, {}, screen) for page in PAGES for screen in SCREENS if not screen.is_phone or screen in ON_PHONES]
PLACES += [(page, link, screen) for page, link in STATES for screen in FEW_SCREENS]
#: The stage belongs to a projector, and the survey to phones.
PLACES += [("present", {"scene": str(scene)}, Screen(theme="dark")) for scene in (1, 4, 5, 6)]
PLACES += [("present", {"scene": "2", "notes": "1"}, Screen(lang="en")), ("survey", {"room": "WEB"}, ON_PHONES[1])]


# One screen after the other: a browser that has Streamlit's scripts already opens a page in half the time.
PLACES.sort(key=lambda place: str(place[2]))


def _named(place):
    page, link, screen = place
    return "-".join([page, *(f"{key}={value}" for key, value in link.items()), str(screen)])


@pytest.fixture(scope="module")
def contexts(window):
    """Keep one browser context a screen; every tab in it is a session of its own."""
    opened = {}
    yield lambda screen: opened.get(screen) or opened.setdefault(screen, window.new_context(**screen.options()))
    for context in opened.values():
        context.close()


@pytest.fixture(scope="module", params=PLACES, ids=_named)
def visitor(request, contexts, server):
    page, link, screen = request.param
    tab = contexts(screen).new_page()
    yield Visitor(tab, server).open(page, **link)
    tab.close()


def test_no_page_is_wider_than_its_window(visitor):
    assert visitor.overhang() == 0


def test_no_page_shows_an_exception(visitor):
    assert not visitor.exceptions()


def test_no_page_complains_or_asks_anybody_else(visitor):
    assert not visitor.errors
    assert not visitor.strangers


def test_no_page_shuts_anybody_out(visitor):
    assert shuts_out(visitor.page) == ""


@pytest.mark.parametrize("screen", FEW_SCREENS, ids=str)
def test_open_explanations_shut_nobody_out(visit, screen):
    me = visit(screen).open("compare")
    for question in me.page.locator("details.why summary").all()[:2]:
        question.click()
    me.page.wait_for_selector("details.why[open] .why-text")

    assert shuts_out(me.page) == ""
    assert me.overhang() == 0


@pytest.mark.parametrize("screen", FEW_SCREENS, ids=str)
def test_typing_ones_own_spending_shuts_nobody_out(visit, screen):
    me = visit(screen).open("recommend")
    me.page.locator(".st-key-person_way button").last.click()
    me.page.wait_for_selector(".st-key-own_done")
    me.rest()

    assert shuts_out(me.page) == ""
    assert me.overhang() == 0


@pytest.mark.parametrize("screen", FEW_SCREENS, ids=str)
def test_an_open_goal_shuts_nobody_out(visit, screen):
    me = visit(screen).open("compare")
    me.page.locator(".st-key-goal_open summary").click()
    me.page.wait_for_selector(".st-key-goal_run")
    me.rest()

    assert shuts_out(me.page) == ""
    assert me.overhang() == 0


@pytest.mark.parametrize("screen", FEW_SCREENS, ids=str)
def test_a_round_of_guess_who_on_the_data_at_hand_shuts_nobody_out(visit, screen):
    me = visit(screen).open("privacy", part="guess", game_crowd="table")
    me.page.locator(".st-key-game_start button").click()
    me.page.wait_for_selector(".guess-lens")
    me.rest()

    assert shuts_out(me.page) == ""
    assert me.overhang() == 0


@pytest.mark.parametrize("screen", SCREENS[:4], ids=str)
def test_a_page_comes_in_the_browsers_language_and_theme(visit, screen):
    me = visit(screen).open("compare")

    expect(me.page.locator("html")).to_have_attribute("lang", screen.lang)
    expect(me.page.locator("h1")).to_have_text(phrases(screen.lang)["compare.title"])
    expect(me.page.locator(".stApp")).to_have_css("color-scheme", screen.theme)


@pytest.mark.slow
@pytest.mark.parametrize("place", PAGES)
def test_the_first_visitor_of_a_fresh_server_gets_the_frame_on_any_page(visit, place):
    # Nothing is warm there: whatever the frame needs, this visitor is the first to ask for.
    with serving(environment={SWITCH: "off"}) as fresh:
        me = visit(at=fresh).open(place)

        expect(me.page.locator("[data-testid=stSidebarNav] a")).to_have_count(len(PAGES))
        expect(me.page.locator(".brand, .st-key-budget").first).to_be_attached()
        expect(me.page.locator("h1")).to_contain_text(phrases("ko")[f"{place}.title"])
        assert not fresh.complaints()
