"""The main job as a person would do it: generate, compare, recommend, and send the link to somebody else."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Screen

pytestmark = pytest.mark.browser

SCREENS = [
    Screen(lang="ko", theme="light"),
    Screen(lang="en", theme="dark"),
    Screen(lang="ko", theme="dark", is_phone=True),
    Screen(lang="en", theme="light", is_phone=True),
]


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_the_main_job_from_the_start_to_a_friends_screen(visit, screen):
    me = visit(screen).open()
    _generate_fewer_people(me)
    _move_both_sliders(me)
    _look_at_products(me)
    _send_the_link(me, visit(screen))


def _generate_fewer_people(me):
    me.follow("ways", to="data")
    people = me.page.locator(".facts strong").first
    before = people.inner_text()

    me.nudge("people", "ArrowLeft", times=2)

    me.page.wait_for_function("before => document.querySelector('.facts strong').innerText !== before", arg=before)
    me.rest()
    expect(people).to_contain_text("1,000")
    me.follow("next", to="compare")


def _move_both_sliders(me):
    seen = {me.ari()}
    for _ in range(3):
        with me.redrawing():
            me.nudge("epsilon", "ArrowLeft", times=2)
        seen.add(me.ari())
    assert len(seen) > 1
    assert me.value("epsilon") == "0.05"

    with me.redrawing():
        me.nudge("k", "ArrowRight", times=2)
    assert me.value("k") == "6"
    # A key press may be drawn before the last one has arrived: the final state is awaited.
    expect(me.page.locator(".groups .card")).to_have_count(6)
    me.page.wait_for_function("new URLSearchParams(location.search).get('k') === '6'")
    me.rest()
    assert me.link().items() >= {"people": "1000", "epsilon": "0.05", "k": "6"}.items()


def _look_at_products(me):
    me.navigate("recommend")
    expect(me.page.locator(".first")).to_have_count(2)
    me.rest()
    me.page.locator(".st-key-surprise button").click()
    me.page.wait_for_function("new URLSearchParams(location.search).get('person') !== '1'")
    me.rest()
    expect(me.page.locator(".product").nth(2)).to_be_visible()


def _send_the_link(me, friend):
    friend.follow_link(me.page.url)
    expect(friend.page.locator(".verdict")).to_have_text(me.page.locator(".verdict").inner_text(), use_inner_text=True)
    expect(friend.page.locator(".product")).to_have_text(
        me.page.locator(".product").all_inner_texts(), use_inner_text=True
    )

    me.navigate("compare")
    friend.follow_link(me.page.url)
    assert friend.link() == me.link()
    assert [friend.value(key) for key in ("epsilon", "k")] == ["0.05", "6"]
    assert friend.ari() == me.ari()
    assert friend.page.locator(".groups .card").all_inner_texts() == me.page.locator(".groups .card").all_inner_texts()
