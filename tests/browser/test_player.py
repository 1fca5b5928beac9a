"""The k-means player by hand: keyboard, playing to the end, less motion, phones."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Screen

pytestmark = pytest.mark.browser


def _player(me, **link):
    me.open("lab", section="played", **link)
    player = me.page.locator(".player")
    player.wait_for()
    me.page.wait_for_function("() => document.querySelector('.st-key-played') !== null")
    player.and_(me.page.locator("[data-frame]")).wait_for()
    return player


def test_arrows_step_and_home_goes_back_to_the_start(visit):
    me = visit()
    player = _player(me)
    player.focus()

    for pressed, frame in [("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("ArrowRight", 2), ("Home", 0)]:
        me.page.keyboard.press(pressed)
        expect(player).to_have_attribute("data-frame", str(frame))


def test_playing_runs_to_the_end_and_stops_there(visit):
    me = visit()
    player = _player(me, played_k="2")
    for _ in range(2):
        player.locator(".control.speed").click()
    player.focus()

    me.page.keyboard.press(" ")
    expect(player).to_have_attribute("data-playing", "true")
    me.page.wait_for_selector(".player[data-is-last=true][data-playing=false]")


def test_with_less_motion_a_step_is_there_at_once(visit):
    me = visit()
    me.page.emulate_media(reduced_motion="reduce")
    player = _player(me)
    pixels = "canvas => canvas.toDataURL()"
    canvas = player.locator("canvas").first
    player.focus()

    for _ in range(3):
        me.page.keyboard.press("ArrowRight")
    drawn = canvas.evaluate(pixels)
    me.page.wait_for_timeout(1_000)

    assert canvas.evaluate(pixels) == drawn


def test_each_step_is_said_aloud(visit):
    me = visit()
    player = _player(me)
    player.focus()
    me.page.keyboard.press("ArrowRight")
    expect(player).to_have_attribute("data-frame", "1")

    said = player.locator("[aria-live]").inner_text()
    assert all(say in said for say in player.locator(".say").all_inner_texts())


def test_a_phone_shows_one_side_at_a_time_and_switches(visit):
    me = visit(Screen(is_phone=True))
    player = _player(me)
    sides = player.locator("figure")

    for shown, hidden in [(1, 0), (0, 1)]:
        player.locator(f".switch [data-side='{shown}']").click()
        expect(sides.nth(shown)).to_be_visible()
        expect(sides.nth(hidden)).to_be_hidden()
    assert me.overhang() == 0
    assert all(button.bounding_box()["height"] >= 44 for button in player.locator("button").all())
