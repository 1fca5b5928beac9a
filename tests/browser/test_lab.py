"""The lab in a browser: work that is started, left, found again and called off, and a glossary that opens by itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import shuts_out
from tests.browser.visitor import Screen
from ui.text import phrases

pytestmark = pytest.mark.browser

#: The longest study takes 20 s of processor time, beside other tests and their servers.
MEASURED_WITHIN_MS = 300_000

WORDS = phrases("ko")


def test_a_sweep_goes_on_while_its_visitor_is_elsewhere_and_can_be_called_off(visit):
    me = visit().open("lab", section="sweep", sweep_data="columns", k="12", seed="61")
    start, progress = me.page.locator(".st-key-sweep_run button"), me.page.locator("[class*=st-key-job_]")

    start.click()
    progress.wait_for()
    expect(start).to_have_count(0)
    me.navigate("data")
    me.navigate("lab")
    progress.get_by_text(re.compile(WORDS["jobs.running"].split("{done}")[1].split(".")[0])).wait_for()
    assert shuts_out(me.page) == ""

    progress.get_by_role("button").click()
    me.page.get_by_text(WORDS["jobs.called_off"]).wait_for()
    start.wait_for()
    expect(progress).to_have_count(0)


@pytest.mark.parametrize("section", ["sweep", "passes", "dimensions"])
def test_what_was_measured_shuts_nobody_out_and_is_there_for_the_next_visitor(visit, section):
    on_desktop, on_phone = Screen(lang="en"), Screen(theme="dark", is_phone=True)
    small = {"section": section, "people": "300", "k": "3", "seed": "62"}
    me = visit(on_desktop).open("lab", **small)
    me.page.locator(f".st-key-{section}_run button").click()
    _sees_finished(me, section)

    _sees_finished(visit(on_phone).open("lab", **small), section)


def _sees_finished(me, section):
    """Wait until every chart of the section is drawn, and look at all of it, figures and code unfolded."""
    panels = me.page.locator(f".st-key-{section}_panels > *")
    # What is measured takes the processor's time, however busy it is: the page says so meanwhile.
    panels.first.locator(".main-svg").first.wait_for(timeout=MEASURED_WITHIN_MS)
    expect(me.page.locator(f".st-key-{section}_run")).to_have_count(0)
    for panel in panels.all():
        expect(panel.locator(".main-svg").first).to_be_visible()
        expect(panel.get_by_role("figure")).to_have_attribute("aria-label", re.compile(r": -?\d"))
    for folded in me.page.locator(".stExpander summary").all():
        folded.click()
    expect(me.page.locator(".stExpander details[open]")).to_have_count(me.page.locator(".stExpander").count())
    me.rest()

    assert shuts_out(me.page) == ""
    assert me.overhang() == 0


@pytest.mark.parametrize("screen", [Screen(theme="dark"), Screen(is_phone=True)], ids=str)
def test_a_question_mark_leads_to_its_word_and_that_word_to_folded_ones(visit, screen):
    me = visit(screen).open("compare")
    asked = me.page.locator("details.why", has=me.page.locator("a[href*='term=ari']")).first
    asked.locator("summary").click()

    with me.page.context.expect_page() as opened:
        asked.locator("a.why-more").click()
    them = visit(screen)
    them.follow_link(opened.value.url)

    chosen = them.page.locator(".entry-term.chosen")
    expect(chosen).to_contain_text(WORDS["glossary.term_ari"].split("|")[1])
    expect(them.page.locator(".glossary details[open]")).to_have_count(1)
    expect(them.page.locator("#term-cluster")).to_be_hidden()
    chosen.locator("a[href='#term-cluster']").click()
    them.page.locator("#term-cluster").wait_for()
    assert shuts_out(them.page) == ""
    assert them.overhang() == 0


@pytest.mark.parametrize("screen", [Screen(lang="en"), Screen(theme="dark", is_phone=True)], ids=str)
def test_space_turns_by_keys_by_buttons_and_by_hand_and_lets_a_finger_scroll(visit, screen):
    me = visit(screen).open("lab", section="features", k="12")
    space = me.page.locator(".space[data-yaw]")
    space.scroll_into_view_if_needed()
    canvas = space.locator("canvas")
    expect(space).to_have_attribute("data-yaw", "-0.60")

    space.focus()
    me.page.keyboard.press("ArrowRight")
    expect(space).to_have_attribute("data-yaw", "-0.34")
    space.locator("[data-turn=up]").click()
    expect(space).to_have_attribute("data-pitch", "0.66")
    box = canvas.bounding_box()
    me.page.mouse.move(box["x"] + 100, box["y"] + 100)
    me.page.mouse.down()
    me.page.mouse.move(box["x"] + 132, box["y"] + 100)
    me.page.mouse.up()
    expect(space).to_have_attribute("data-yaw", "-0.14")

    expect(canvas).to_have_css("touch-action", "pan-y")
    expect(canvas).to_have_attribute("aria-label", re.compile(r"\d"))
    assert all(button.bounding_box()["height"] >= 44 for button in space.locator("button").all())
    assert shuts_out(me.page) == ""
    assert me.overhang() == 0


@pytest.mark.parametrize(("theme", "colour"), [("light", "rgb(0, 0, 0)"), ("dark", "rgb(255, 255, 255)")])
def test_the_eighth_group_is_black_by_day_and_white_by_night(visit, theme, colour):
    me = visit(Screen(theme=theme)).open("lab", section="features", k="8")
    line = me.page.locator(".st-key-features_lines .scatterlayer .trace").nth(7).locator("path.js-line")
    line.wait_for()

    expect(line).to_have_css("stroke", colour)


def test_charts_lie_on_their_card_by_day_and_when_evening_comes(visit):
    me = visit(Screen(theme="light")).open("lab", section="how_many", people="1000")
    card = me.page.locator(".st-key-how_many_panels > *").first
    chart = card.locator(".main-svg").first
    chart.wait_for()

    for theme, ground in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(32, 34, 40)")):
        me.page.emulate_media(color_scheme=theme)
        expect(card).to_have_css("background-color", ground)
        expect(chart).to_have_css("background-color", "rgba(0, 0, 0, 0)")
        for ground_of_plot in card.locator(".main-svg .bglayer .bg").all():
            expect(ground_of_plot).to_have_css("fill", "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("screen", [Screen(theme="dark"), Screen(is_phone=True)], ids=str)
def test_the_words_of_a_section_open_where_they_stand_and_lead_to_the_glossary(visit, screen):
    me = visit(screen).open("lab", section="how_many", people="1000")
    for word in (me.page.locator(".lab-terms li").first, me.page.locator(".lab-terms li").last):
        word.locator("summary").click()
        word.locator(".why-text").wait_for()

        assert me.overhang() == 0
        expect(word.locator("a.why-more")).to_have_attribute("href", re.compile("section=glossary"))
        assert shuts_out(me.page) == ""
        word.locator("summary").click()
