"""Everything in one view, alive under the finger: what stands inside the window, how steady it comes, how it follows.

One page is opened for each language, theme and kind of screen; its window is given each size in turn.
"""

import pytest

from tests.browser.visitor import QUIET, Screen
from ui.text import phrases

pytestmark = pytest.mark.browser

DESKS = [(1366, 768), (1920, 1080)]
PHONES = [(390, 844), (360, 740)]
TABLET = 1024, 768
#: Each language and each theme on each kind of screen.
SCREENS = [
    Screen(lang="ko", theme="light"),
    Screen(lang="en", theme="dark"),
    Screen(lang="en", theme="light", is_phone=True),
    Screen(lang="ko", theme="dark", is_phone=True),
]
SHIFT_MOST = 0.1
TOUCH_LEAST, THUMB_LEAST, TRACK_LEAST = 44, 28, 280
#: ε from its least to its greatest value.
STEPS = 12

WATCH_SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (!entry.hadRecentInput) window.shifted += entry.value;
})).observe({type: 'layout-shift', buffered: true});"""
COUNT_AHEAD = "document.addEventListener('pair-ahead', () => { window.isAhead = true; });"
COUNT_RUNS = f"""() => {{
    window.runs = 0;
    window.previews = 0;
    const app = document.querySelector('.stApp');
    new MutationObserver(() => {{ if (!document.querySelector("{QUIET}")) window.runs += 1; }})
        .observe(app, {{attributes: true, attributeFilter: ['data-test-script-state']}});
    document.addEventListener('pair-previewed', () => {{ window.previews += 1; }});
}}"""


def _open(visit, screen, page, **link):
    me = visit(screen)
    me.page.add_init_script(WATCH_SHIFTS)
    me.page.add_init_script(COUNT_AHEAD)
    return me.open(page, **link)


def _boxes(me, *names):
    """Return the boxes of what is named, by name; all of them are on the page and have a size."""
    boxes = {name: me.page.locator(name).first.bounding_box() for name in names}
    assert all(box and box["width"] and box["height"] for box in boxes.values()), boxes
    return boxes


def _outside(boxes, size):
    """Name what is not wholly inside the window."""
    width, height = size
    return [
        name
        for name, box in boxes.items()
        if min(box["x"], box["y"]) < 0 or box["x"] + box["width"] > width or box["y"] + box["height"] > height
    ]


def _overlap(me, left, right):
    """Return by how many pixels the text of one reaches into that of the other, which stands to its right."""
    return me.page.evaluate(
        """names => {
            const [left, right] = names.map(name => {
                const range = document.createRange();
                range.selectNodeContents(document.querySelector(name));
                return range.getBoundingClientRect();
            });
            return Math.max(0, left.right - right.left);
        }""",
        [left, right],
    )


def _resize(me, size):
    me.page.set_viewport_size({"width": size[0], "height": size[1]})
    # The pictures follow their boxes at the next frame.
    me.page.evaluate("() => new Promise(resume => requestAnimationFrame(() => requestAnimationFrame(resume)))")


def _thumb(me, key):
    return me.page.locator(f".st-key-{key} [role=group] > [data-rac] > [data-rac]")


def _said(me):
    """Return what follows the sliders in words."""
    return (
        me.ari(),
        me.page.locator(".answer-number em").inner_text(),
        me.page.locator(".details .meaning").inner_text(),
    )


def _state(me):
    return me.page.evaluate("document.documentElement.dataset.ahead ?? ''")


def _wait_for(me, state):
    """Wait until the page is ahead of the server, waits for it, or says what it says."""
    me.page.wait_for_function("state => (document.documentElement.dataset.ahead ?? '') === state", arg=state)


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_all_that_moves_stands_in_one_view_and_the_bar_stays(visit, screen):
    me = _open(visit, screen, "compare")
    assert me.page.evaluate("window.shifted") < SHIFT_MOST
    sides = (".pair canvas.private",) if screen.is_phone else (".pair canvas.plain", ".pair canvas.private")
    names = ("h1", ".st-key-epsilon", ".st-key-k", ".st-key-answer .answer-number", *sides)

    for size in PHONES if screen.is_phone else DESKS:
        _resize(me, size)
        boxes = _boxes(me, *names)
        assert _outside(boxes, size) == []
        heights = {round(boxes[side]["height"]) for side in sides}
        assert len(heights) == 1
        assert screen.is_phone or not _overlap(me, "h1", ".st-key-context strong")
        assert min(heights) >= 300
        assert me.overhang() == 0

        me.page.locator(".stMain").evaluate("main => main.scrollTo(0, 900)")
        assert _outside(_boxes(me, ".st-key-epsilon", ".st-key-k", ".st-key-answer .answer-number"), size) == []
        me.page.locator(".stMain").evaluate("main => main.scrollTo(0, 0)")
    if screen.is_phone:
        _check_touch(me, screen)
    else:
        _resize(me, TABLET)
        assert not _overlap(me, "h1", ".st-key-context a")
        assert not _overlap(me, ".st-key-epsilon", ".st-key-k")
        assert me.overhang() == 0


def _check_touch(me, screen):
    """See that thumbs, tracks and targets are large enough for a finger, and ends are said once, legibly."""
    for key in ("epsilon", "k"):
        thumb = _thumb(me, key).bounding_box()
        track = me.page.locator(f".st-key-{key} [role=group] > [data-rac]").bounding_box()
        assert min(thumb["width"], thumb["height"]) >= THUMB_LEAST
        assert track["width"] >= TRACK_LEAST
        assert track["height"] >= TOUCH_LEAST
    assert me.page.locator(".pair .switch button").first.bounding_box()["height"] >= TOUCH_LEAST
    assert me.page.locator(".ends").first.evaluate("ends => parseFloat(getComputedStyle(ends).fontSize)") >= 12
    words = phrases(screen.lang)["controls.epsilon_low"]
    assert me.page.locator(".st-key-slider_epsilon").inner_text().count(words) == 1


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_who_the_sliders_and_both_first_products_stand_in_one_view(visit, screen):
    me = _open(visit, screen, "recommend")
    assert me.page.evaluate("window.shifted") < SHIFT_MOST
    names = ("h1", ".st-key-person", ".st-key-surprise", ".st-key-epsilon", ".st-key-k", ".verdict")

    for size in PHONES if screen.is_phone else DESKS:
        _resize(me, size)
        boxes = _boxes(me, *names, ".first.plain", ".first.private")
        assert _outside(boxes, size) == []
        if screen.is_phone:
            covered = _boxes(me, ".st-key-bar")[".st-key-bar"]["y"]
            assert all(
                boxes[side]["y"] + boxes[side]["height"] <= covered for side in (".first.plain", ".first.private")
            )
        assert me.overhang() == 0


def test_a_drag_is_drawn_at_every_step_without_the_server(visit):
    me = _open(visit, SCREENS[0], "compare", epsilon="0.05")
    me.page.wait_for_function("window.isAhead")
    me.page.evaluate(COUNT_RUNS)
    track = me.page.locator(".st-key-epsilon [role=group] > [data-rac]").bounding_box()
    middle = track["y"] + track["height"] / 2
    said, before = [], _said(me)

    me.page.mouse.move(track["x"], middle)
    me.page.mouse.down()
    for step in range(1, STEPS + 1):
        me.page.mouse.move(track["x"] + track["width"] * step / STEPS, middle)
        me.page.wait_for_function("step => window.previews === step", arg=step)
        said.append(_said(me))
    assert _state(me) == "ahead"
    # Back where it was, nobody says anything anew: what stands there is the server's again.
    me.page.mouse.move(track["x"], middle)
    _wait_for(me, "")
    assert _said(me) == before
    me.page.mouse.move(track["x"] + track["width"], middle)
    _wait_for(me, "ahead")
    assert me.page.evaluate("window.runs") == 0
    assert me.link()["epsilon"] == "0.05"
    me.page.mouse.up()

    _wait_for(me, "")
    me.page.wait_for_function("new URLSearchParams(location.search).get('epsilon') === '10'")
    me.rest()
    # What was said ahead is what the server says.
    assert _said(me) == said[-1]
    assert len({meaning for *_, meaning in said}) == STEPS


def test_of_peoples_data_every_k_is_shown_ahead_and_another_epsilon_is_a_price(visit):
    me = _open(visit, SCREENS[0], "compare", data="sample")
    me.page.locator(".st-key-pay_release button").click()
    me.page.wait_for_function("window.isAhead")
    me.rest()
    me.page.evaluate(COUNT_RUNS)

    for key, seen in (("k", False), ("epsilon", True)):
        thumb = _thumb(me, key).bounding_box()
        x, y = thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2
        me.page.mouse.move(x, y)
        me.page.mouse.down()
        me.page.mouse.move(x + 90, y)
        _wait_for(me, "waiting" if seen else "ahead")
        price = me.page.locator(".pair .price")
        assert price.is_visible() is seen
        assert (f"ε {me.value(key)}" in price.inner_text()) is seen
        me.page.mouse.move(x, y)
        _wait_for(me, "")
        me.page.mouse.up()
    assert me.page.evaluate("window.runs") == 0
