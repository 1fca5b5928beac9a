"""The compare page by hand: keyboard, pictures, trail, switches — what only a browser can tell."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Screen
from ui.text import phrases

pytestmark = pytest.mark.browser

PHONE = Screen(is_phone=True)
WORDS = phrases("ko")
#: Somebody with a keyboard only gives up after so many steps.
TABS_MOST = 40


def _reached_by_tab(me):
    reached = []
    for _ in range(TABS_MOST):
        me.page.keyboard.press("Tab")
        if label := me.page.evaluate(
            "document.activeElement.matches('input[type=range]') && document.activeElement.ariaLabel"
        ):
            reached.append(label)
    return reached


@pytest.mark.parametrize("screen", [Screen(), PHONE], ids=str)
def test_both_sliders_are_reached_and_moved_by_keyboard_alone(visit, screen):
    me = visit(screen).open("compare")

    assert _reached_by_tab(me) == [WORDS["controls.epsilon"], WORDS["controls.k"]]


def test_keys_move_a_slider_to_both_of_its_ends(visit):
    me = visit().open("compare")

    for key, pressed, value in [("epsilon", "Home", "0.05"), ("epsilon", "End", "10"), ("k", "End", "12")]:
        with me.redrawing():
            me.nudge(key, pressed)
        assert me.value(key) == value


def test_the_pictures_tell_the_page_when_they_are_drawn(visit):
    me = visit().open("compare")

    for key in ("epsilon", "k"):
        with me.redrawing():
            me.nudge(key, "ArrowRight")


def test_the_pictures_stay_in_place_while_they_change(visit):
    me = visit().open("compare")
    me.page.locator(".pair canvas.private").evaluate("canvas => { canvas.marked = true; }")

    with me.redrawing():
        me.nudge("epsilon", "ArrowLeft")

    assert me.page.locator(".pair canvas.private").evaluate("canvas => canvas.marked === true")


def test_both_pictures_hold_something(visit):
    me = visit().open("compare")

    for side in ("plain", "private"):
        colours = me.page.locator(f".pair canvas.{side}").evaluate(
            """canvas => new Set(new Uint32Array(
                canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size"""
        )
        assert colours > 10


def test_pointing_at_a_group_lights_its_card(visit):
    me = visit().open("compare")
    cards = me.page.locator(".groups .card")

    cards.nth(1).hover()

    expect(cards.nth(1)).to_have_class(re.compile(r"\blit\b"))
    expect(cards.nth(0)).to_have_class(re.compile(r"\bdim\b"))


def test_a_card_that_a_keyboard_reaches_lights_its_group_and_lets_go_of_it(visit):
    me = visit().open("compare")
    cards = me.page.locator(".groups .card")

    cards.nth(1).focus()
    expect(cards.nth(1)).to_have_class(re.compile(r"\blit\b"))
    me.page.keyboard.press("Tab")
    expect(cards.nth(2)).to_have_class(re.compile(r"\blit\b"))
    expect(cards.nth(1)).to_have_class(re.compile(r"\bdim\b"))
    cards.nth(2).blur()
    expect(cards.nth(1)).not_to_have_class(re.compile(r"\bdim\b"))


def test_a_run_of_the_trail_is_a_tap_away(visit):
    me = visit().open("compare")
    before = me.ari()
    with me.redrawing():
        me.nudge("epsilon", "Home")

    with me.redrawing():
        me.page.locator(".groups .run").first.click()

    expect(me.page.locator(".chip.epsilon")).to_have_text("ε 1")
    expect(me.page.locator(".answer-number span")).to_have_text(before)
    assert me.value("epsilon") == "1"


def test_on_a_phone_one_picture_is_seen_at_a_time(visit):
    me = visit(PHONE).open("compare")
    plain, private = (me.page.locator(f".pair figure.{side}") for side in ("plain", "private"))
    expect(plain).to_be_hidden()
    expect(private).to_be_visible()

    me.page.locator(".pair .switch button[data-side=plain]").tap()

    expect(plain).to_be_visible()
    expect(private).to_be_hidden()


def test_on_a_phone_the_sliders_stay_in_view(visit):
    me = visit(PHONE).open("compare")

    me.page.mouse.wheel(0, 2_000)

    box = me.page.locator(".st-key-bar").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844


def test_the_public_switch_hides_insider_values_on_every_page(visit):
    me = visit().open("compare")

    me.page.locator(".st-key-only_public label").first.click()
    me.page.wait_for_selector(".pair.alone")
    me.rest()

    expect(me.page.locator(".mark").filter(visible=True)).to_have_count(0)
    expect(me.page.locator(".stMain")).not_to_contain_text("ARI", use_inner_text=True)
    me.navigate("data")
    expect(me.page.locator(".mark").filter(visible=True)).to_have_count(0)


def test_the_language_is_switched_and_stays(visit):
    me = visit().open("compare")

    me.page.locator(".st-key-lang").get_by_text("English").click()
    me.page.wait_for_function("document.documentElement.lang === 'en'")
    me.rest()
    me.navigate("data")

    expect(me.page.locator("h1")).to_have_text(phrases("en")["data.title"])
    assert me.link()["lang"] == "en"


def test_every_answer_of_the_server_wears_the_security_headers(visit, server):
    me = visit()

    answer = me.page.goto(f"{server.url}/compare")

    assert answer.headers["x-frame-options"] == "DENY"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    me.rest()


@pytest.mark.parametrize(("first", "then"), [("compare", "recommend"), ("recommend", "compare")])
def test_who_comes_by_a_link_keeps_every_setting_on_the_next_page(visit, first, then):
    me = visit().open(first, epsilon="3", k="6")

    me.navigate(then)

    expect(me.page).to_have_title(f"{WORDS[then + '.nav']} · {WORDS['frame.brand']}")
    expect(me.slider("epsilon")).to_have_attribute("aria-valuetext", "3")
    expect(me.slider("k")).to_have_attribute("aria-valuetext", "6")
    assert me.link().items() >= {"epsilon": "3", "k": "6"}.items()
