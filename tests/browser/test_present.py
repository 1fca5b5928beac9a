"""A presenter on the big screen and a room of phones: who joins follows, votes, answers, and sees what came of it."""

import csv
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from core.limits import EPSILON_CHOICES
from tests.browser.accessibility import shuts_out
from tests.browser.visitor import Screen, Visitor
from ui.languages import LANGUAGES
from ui.present.join import make_qr
from ui.present.scenes.registry import SCENES
from ui.text import phrase_in, phrases

pytestmark = pytest.mark.browser

#: By how many pixels the stage is larger than a projector shows without scrolling.
BEYOND = """() => Math.max(...[document.documentElement, ...document.querySelectorAll('.stMain, .stApp')]
    .map(part => Math.max(part.scrollHeight - part.clientHeight, part.scrollWidth - part.clientWidth)))"""
#: How bright the votes are whenever Streamlit takes them for outdated, over four seconds; and at the end.
BRIGHTNESS = """async () => {
  const seen = [];
  const look = () => {
    let brightness = 1;
    for (let part = document.querySelector('.votes'); part; part = part.parentElement) {
      brightness *= getComputedStyle(part).opacity;
    }
    seen.push(brightness);
  };
  const watch = new MutationObserver(look);
  watch.observe(document.querySelector('.stApp'), { subtree: true, attributeFilter: ['data-stale'] });
  await new Promise((resolve) => setTimeout(resolve, 4000));
  watch.disconnect();
  look();
  return seen;
}"""
#: What stands on the stage in each scene once it is drawn.
STAGES = {
    1: ".stage-played .p",
    2: ".stage-noise .law",
    3: ".st-key-pair",
    4: ".votes-ask",
    5: ".stage-products li",
    6: ".stage-answering",
}
VOTES_3 = "in", "in", "out"


class Room:
    """A presenter with a room, and the phones that come in."""

    def __init__(self, visit, server, lang):
        self.visit, self.lang = visit, lang
        self.words = phrases(lang)
        self.big = visit(Screen(lang=lang)).open("present")
        self.phones = []
        typed = self.big.page.locator(".st-key-presenter_key input")
        typed.fill(server.presenter_key())
        typed.press("Enter")
        self.big.page.locator(".st-key-room_open button").click()
        self.code = self.shown(".join-code strong").inner_text().replace(" ", "")
        self.link = f"{server.url}/{self.code}"

    def people(self, n):
        """Say a number of people."""
        return phrase_in(LANGUAGES[self.lang], "figures.people", n=n)

    def shown(self, selector):
        """Return a part of the big screen."""
        return self.big.page.locator(selector)

    def comes_in(self):
        """Let one more phone follow the link, and wait until the big screen has counted it."""
        me = self.visit(Screen(lang=self.lang, is_phone=True)).follow_link(self.link)
        expect(me.page.locator(".companion")).to_be_visible()
        self.phones.append(me)
        expect(self.shown(".stage-joined strong")).to_have_text([str(len(self.phones))])

    def goes_on(self, key, selector):
        """Press a key at the big screen, wait for what it shows then, and see that it fits."""
        self.big.page.keyboard.press(key)
        expect(self.shown(selector).first).to_be_visible()
        self.big.rest()
        assert self.big.page.evaluate(BEYOND) == 0

    def goes_to(self, scene):
        """Go to a scene by its number."""
        self.goes_on(str(scene), STAGES[scene])
        expect(self.shown(".stage-place .now")).to_have_text([str(scene)])

    def all_read(self, text):
        """Wait until every phone says ``text`` in large, and nothing of the scene before any more."""
        for me in self.phones:
            expect(me.page.locator("h1")).to_have_text([text])

    def takes_answers(self):
        """Take the room's answers along, from the presenter's own screen, and return their rows."""
        self.shown(".st-key-menu button").first.click()
        self.shown(".st-key-notes_open button").click()
        with self.big.page.expect_download() as download:
            self.shown(".st-key-download button").click()
        rows = list(csv.DictReader(download.value.path().read_text("utf-8-sig").splitlines()))
        self.shown(".st-key-notes_close button").click()
        expect(self.shown(".stage-place")).to_be_visible()
        return rows

    def switches(self, name):
        """Choose from the presenter's menu, which folds away then."""
        switch = self.shown(f".st-key-room_{name} button")
        self.shown(".st-key-menu button").first.click()
        switch.click()
        expect(switch).to_have_count(0)


def tap(me, key):
    me.page.locator(f".st-key-{key} button").first.tap()


def answers(me, *choices):
    """Answer the questions that come, one after another."""
    for choice in choices:
        tap(me, choice)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_room_follows_its_presenter_through_a_whole_session(visit, server, lang):
    room = Room(visit, server, lang)
    words = room.words
    expect(room.shown(".join-address")).to_have_text(f"{urlsplit(server.url).netloc}/{room.code}")
    expect(room.shown("img.qr")).to_have_attribute("src", make_qr(room.link))
    for _ in VOTES_3:
        room.comes_in()

    for scene in (1, 2, 3):
        room.goes_to(scene)
        expect(room.shown(".stage-corner .qr-small")).to_have_attribute("src", make_qr(room.link))
        room.all_read(words[f"scene.{SCENES[scene].name}_phone"])
    room.goes_to(4)
    votes_of_three(room)
    room.goes_to(5)
    room.all_read(words["scene.products_phone"])
    room.goes_to(6)
    survey_of_three(room)

    # Back to what was left: the round stays revealed, on the stage and on the phones.
    room.goes_on("ArrowLeft", STAGES[5])
    room.goes_on("ArrowLeft", ".votes-truth")
    expect(room.phones[0].page.locator(".vote .hits")).to_be_visible()


def votes_of_three(room):
    """Vote, see only how many have, and reveal: the bars are what was voted, every phone knows if it was right."""
    room.all_read(room.words["room.guess"].format(round=1))
    assert shuts_out(room.phones[0].page) == ""
    for me, vote in zip(room.phones, VOTES_3, strict=True):
        me.page.get_by_role("button", name=room.words[f"attack.{vote}"], exact=True).tap()
        expect(me.page.locator(".vote p[role]")).to_have_text(room.words["room.voted"])
    told = room.words["scene.guess_voted"].format(people=room.people(3))
    expect(room.shown(".votes-round")).to_contain_text(told)
    expect(room.shown(".votes-bars")).to_have_count(0)

    room.goes_on("ArrowDown", ".votes-truth")
    counted = room.shown(".votes-bars b")
    expect(counted).to_have_text([room.people(2), room.people(1)])
    truth = room.shown(".votes-truth").get_attribute("class").split()[-1]
    for me, vote in zip(room.phones, VOTES_3, strict=True):
        expect(me.page.locator(f".vote.{'right' if vote == truth else 'wrong'}")).to_be_visible()
    assert shuts_out(room.big.page) == ""


def survey_of_three(room):
    """Answer on two phones, show results, and answer on the third: counted live; three are too few to show."""
    for me in room.phones[:2]:
        answers(me, "epsilon_before_safer", "trace_before_bounded")
        expect(me.page.locator(".st-key-tried")).to_be_visible()
    expect(room.shown(".stage-results")).to_have_count(0)

    room.switches("reveal")
    waiting = room.shown(".waiting-said")
    expect(waiting).to_have_text([too_few(room, 2)])
    answers(room.phones[2], "epsilon_before_safer")
    expect(waiting).to_have_text([too_few(room, 3)])
    expect(room.shown(".seats .taken")).to_have_count(3)
    expect(room.shown(".join-code strong")).to_be_visible()
    expect(room.shown(".stage-results")).to_have_count(0)
    room.goes_on("ArrowDown", ".stage-waiting")
    expect(room.shown("h2")).to_have_count(1)
    expect(room.shown("h2")).to_have_text(room.words["asked.helpful"])

    room.switches("hide")
    expect(room.shown(".stage-answering")).to_be_visible()
    expect(room.shown(".stage-waiting")).to_have_count(0)


def test_what_is_half_typed_on_a_phone_outlives_a_change_of_scene_and_a_reload(visit, server):
    room = Room(visit, server, "ko")
    room.comes_in()
    (me,) = room.phones
    for scene in (1, 2, 3, 4, 5, 6):
        room.goes_to(scene)
    answers(me, "epsilon_before_safer", "trace_before_bounded", "tried")
    answers(me, "epsilon_after_safer", "trace_after_bounded", "helpful_much")
    words, box = me.page.locator(".st-key-lacking_text textarea"), me.page.locator(".st-key-lacking_unseen input")
    me.page.locator(".st-key-lacking_unseen label").tap()
    words.press_sequentially("반쯤 쓴 말")

    room.goes_on("ArrowLeft", STAGES[5])
    room.all_read(room.words["scene.products_phone"])
    room.goes_to(6)
    expect(words).to_have_value("반쯤 쓴 말")
    expect(box).to_be_checked()
    me.page.reload()
    expect(words).to_have_value("반쯤 쓴 말")
    words.press_sequentially(", 마저 쓴 말")
    tap(me, "form_next")
    expect(me.page.locator(".st-key-use_form")).to_be_visible()
    tap(me, "form_back")
    expect(words).to_have_value("반쯤 쓴 말, 마저 쓴 말")
    expect(box).to_be_checked()


def too_few(room, n):
    """Say what stands in the place of shares while there are too few answers."""
    return room.words["results.waiting"].format(least=5, people=room.people(n))


def test_a_presenter_reloads_takes_the_answers_along_and_closes_the_room(visit, server):
    room = Room(visit, server, "en")
    room.comes_in()
    me = room.phones[0]
    room.goes_on("PageDown", STAGES[1])
    room.all_read(room.words["scene.played_phone"])

    room.big.page.reload()
    expect(room.shown(".st-key-scene_next button")).to_be_visible()
    room.big.rest()
    room.goes_to(4)
    assert server.presenter_key() not in room.big.page.url
    me.page.get_by_role("button", name=room.words["attack.in"], exact=True).tap()
    expect(me.page.locator(".vote p[role]")).to_have_text(room.words["room.voted"])
    (vote,) = room.takes_answers()
    assert (vote["room"], vote["question"], vote["choices"]) == (room.code, "guess.1", "in")
    room.goes_to(1)
    room.all_read(room.words["scene.played_phone"])

    room.switches("close")
    room.all_read(room.words["room.over"])
    room.switches("reopen")
    room.all_read(room.words["scene.played_phone"])
    room.goes_on("PageUp", ".stage-joined")
    assert not me.exceptions()


def test_a_key_that_comes_before_the_stage_is_heard(visit, server):
    big = visit(Screen()).open("present")
    typed = big.page.locator(".st-key-presenter_key input")
    typed.fill(server.presenter_key())
    typed.press("Enter")
    big.page.locator(".st-key-room_open button").click()
    big.page.keyboard.press("ArrowRight")

    expect(big.page.locator(STAGES[1]).first).to_be_visible()


def test_a_clicker_leads_on_whatever_was_clicked_before_and_makes_the_screen_black(visit):
    big = visit(Screen()).open("present", scene="3")
    slider, black = big.slider("epsilon"), big.page.locator(".stage-black")
    slider.click(force=True)
    big.rest()
    at = EPSILON_CHOICES.index(float(big.value("epsilon")))
    for i, key in enumerate(("PageDown", "ArrowRight"), start=1):
        big.page.keyboard.press(key)
        expect(slider).to_have_attribute("aria-valuetext", f"{EPSILON_CHOICES[at - i]:g}")
    big.page.keyboard.press("b")
    expect(black).to_be_visible()
    big.page.keyboard.press("ArrowRight")
    expect(black).to_have_count(0)
    expect(big.page.locator(".stage-place .now")).to_have_text(["3"])


def test_what_comes_anew_every_second_never_fades_not_even_where_nothing_moves(window, server):
    context = window.new_context(**Screen().options(), reduced_motion="reduce")
    big = Visitor(context.new_page(), server).open("present", scene="4")
    big.page.wait_for_selector(STAGES[4])

    assert set(big.page.evaluate(BRIGHTNESS)) == {1}
    context.close()
