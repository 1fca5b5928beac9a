"""Every page draws in both languages, with and without insider values, on every kind of data."""

import re

import pytest

from tests.pages.visit import markup, visit
from ui.frame import PAGES
from ui.languages import LANGUAGES
from ui.text import phrases


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("only_public", ["0", "1"])
@pytest.mark.parametrize("data", ["generated", "prototype", "sample"])
def test_a_page_draws(page, lang, only_public, data):
    app = visit(page, lang=lang, only_public=only_public, data=data)

    words = phrases(lang)
    headings = [title.value for title in app.title]
    assert words[f"{page}.title"] in headings or words[f"{page}.title"] in markup(app)


@pytest.mark.parametrize("page", PAGES)
def test_an_english_page_says_nothing_in_korean(page):
    shown = markup(visit(page, lang="en"))
    without_names = re.sub(r"<style>.*?</style>", "", shown, flags=re.DOTALL)

    assert not re.search("[가-힣]", without_names)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("data", ["generated", "prototype", "sample"])
def test_the_public_view_wears_no_insider_mark(page, data):
    words = phrases("ko")
    shown = markup(visit(page, only_public="1", data=data))

    explained = {"home": 1}.get(page, 0)
    assert shown.count(words["marks.insider"]) == explained


@pytest.mark.parametrize("page", ["compare", "data", "recommend"])
def test_the_insider_view_marks_what_is_not_private(page):
    assert phrases("ko")["marks.insider"] in markup(visit(page))


def test_a_visitor_whose_browser_does_not_say_is_spoken_to_in_korean():
    assert "document.documentElement.lang = 'ko'" in markup(visit("home"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_document_says_its_language(lang):
    assert f"document.documentElement.lang = '{lang}'" in markup(visit("home", lang=lang))
