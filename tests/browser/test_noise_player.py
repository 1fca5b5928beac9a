"""Noise, seen, by hand: it plays to the end by itself, waits for those who asked for less motion."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Screen
from ui.lab.noise_player import BURSTS

pytestmark = pytest.mark.browser
LAST = str(len(BURSTS) - 1)


def _player(me, **link):
    me.open("lab", section="noise_seen", **link)
    player = me.page.locator(".player.noise[data-frame]")
    player.wait_for()
    return player


def test_it_plays_by_itself_to_the_last_draw_and_stops(visit):
    me = visit()
    player = _player(me)
    for _ in range(2):
        player.locator(".control.speed").click()

    me.page.locator(f".player.noise[data-frame='{LAST}'][data-playing='false']").wait_for()

    expect(player.locator("figure")).to_have_count(2)


def test_with_less_motion_all_is_drawn_at_once_on_a_phone_too(visit):
    me = visit(Screen(lang="en", theme="dark", is_phone=True))
    me.page.emulate_media(reduced_motion="reduce")
    player = _player(me, noise_kind="spherical")

    expect(player).to_have_attribute("data-frame", LAST)
    expect(player).to_have_attribute("data-playing", "false")
    expect(player.locator("canvas")).to_have_count(3)
    assert me.overhang() == 0
