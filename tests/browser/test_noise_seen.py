"""Noise, seen, by hand: it plays to the end by itself, waits for those who asked for less motion."""

import pytest

from tests.browser.visitor import Screen
from ui.lab.noise_seen import BURSTS

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

    assert player.locator("figure").count() == 2


def test_with_less_motion_all_is_drawn_at_once_on_a_phone_too(visit):
    me = visit(Screen(lang="en", theme="dark", is_phone=True))
    me.page.emulate_media(reduced_motion="reduce")
    player = _player(me, noise_kind="spherical")

    assert player.get_attribute("data-frame") == LAST
    assert player.get_attribute("data-playing") == "false"
    assert player.locator("canvas").count() == 3
    assert me.page.evaluate(
        "() => { const main = document.querySelector('.stMain'); return main.scrollWidth <= main.clientWidth; }"
    )
