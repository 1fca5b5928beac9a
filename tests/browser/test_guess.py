"""Guess who, played through with the keyboard on a phone's screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import shuts_out
from tests.browser.visitor import Screen
from ui.text import phrases

pytestmark = pytest.mark.browser

WORDS = phrases("ko")


def test_five_rounds_are_played_by_keyboard_on_a_phone(visit):
    me = visit(Screen(is_phone=True)).open("privacy", part="guess")
    me.page.locator(".st-key-game_start button").press("Enter")

    # A laptop shows the answers without scrolling; then it is a phone again.
    me.page.set_viewport_size({"width": 1366, "height": 768})
    for side in ("plain", "private"):
        expect(me.page.locator(f".st-key-answer_{side} button").first).to_be_in_viewport(ratio=1)
    me.page.set_viewport_size({"width": 390, "height": 844})

    for n in range(5):
        me.page.get_by_text(WORDS["attack.round"].format(n=n + 1, of=5), exact=True).wait_for()
        for side, answers, key in (("plain", 1, "1"), ("private", 2, "4")):
            me.page.locator(f".st-key-answer_{side} button").first.wait_for()
            me.page.keyboard.press(key)
            me.page.wait_for_function("n => document.querySelectorAll('.guess-reveal').length === n", arg=answers)
        me.rest()
        assert shuts_out(me.page) == ""
        assert me.overhang() == 0
        me.page.keyboard.press("Enter")

    me.page.wait_for_selector(".guess-score")
    me.rest()
    expect(me.page.locator(".guess-marks i")).to_have_count(10)
    assert shuts_out(me.page) == ""
