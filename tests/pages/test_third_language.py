"""A language is one record and one file: the example of the docs is registered for a test, and pages drawn in it."""

import re
import shutil
import types
from pathlib import Path

import pytest

from tests.pages.visit import drawn, markup, notices, visit
from ui import text
from ui.languages import LANGUAGES
from ui.text import own_phrases, phrase_in, phrases

EXAMPLE = (Path(__file__).parents[2] / "docs" / "add-a-language.md").read_text(encoding="utf-8")
ENGLISH = own_phrases("en")


def read(app):
    """Return what a reader reads: the markup without its tags."""
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", markup(app), flags=re.DOTALL)


def block(kind):
    """Return the block of code of a kind that the example has."""
    (code,) = re.findall(rf"```{kind}\n(.*?)```", EXAMPLE, flags=re.DOTALL)
    return code


@pytest.fixture
def esperanto(monkeypatch, tmp_path):
    """Do what the example says, for one test: its phrases, its record, its line in the registry."""
    for language in LANGUAGES:
        shutil.copy(text.TEXT_FOLDER / f"{language}.toml", tmp_path)
    (tmp_path / "eo.toml").write_text(block("toml"), encoding="utf-8")
    monkeypatch.setattr(text, "TEXT_FOLDER", tmp_path)
    module = types.ModuleType("ui.languages.esperanto")
    exec(compile(block("python"), "docs/add-a-language.md", "exec"), module.__dict__)  # noqa: S102 - our own example
    monkeypatch.setitem(LANGUAGES, module.ESPERANTO.key, module.ESPERANTO)
    yield module.ESPERANTO
    phrases.cache_clear()


@pytest.mark.usefixtures("esperanto")
def test_the_switch_offers_it_under_its_own_name():
    assert visit("home").get_by_key("lang").options == ["한국어", "English", "Esperanto"]


@pytest.mark.usefixtures("esperanto")
def test_a_link_restores_it_and_the_document_says_so():
    app = visit("home", lang="eo")

    assert app.query_params == {"lang": "eo"}
    assert not notices(app)
    assert "lang = 'eo'" in markup(app)
    assert app.get_by_key("only_public").label == "Nur publikaj valoroj"


@pytest.mark.usefixtures("esperanto")
def test_the_compare_page_has_its_words_its_numbers_and_english_where_it_has_none():
    app = visit("compare", lang="eo", people="3000", epsilon="0.5")
    shown = read(app)

    assert [title.value for title in app.title] == ["Kiom similas la grupoj antaŭe kaj poste?"]
    assert "3\u202f000 homoj" in shown
    assert "12 kolumnoj" in shown
    assert re.search(r"\b0,\d\d\b", shown)
    assert not re.search(r"\d\.\d", shown.replace(ENGLISH["controls.epsilon_low"], ""))
    assert "0,5" in app.get_by_key("epsilon").options
    assert ENGLISH["answer.ari"] in shown
    assert not re.search("[가-힣]", shown)


@pytest.mark.usefixtures("esperanto")
def test_groups_and_axes_are_named_by_its_labels_or_by_english_ones():
    axes = drawn(visit("compare", lang="eo", axis_x="food", axis_y="health"))["axes"]

    assert axes["x"]["label"].startswith("Manĝaĵoj kaj trinkaĵoj")
    assert axes["y"]["label"].startswith("Health")


@pytest.mark.usefixtures("esperanto")
def test_products_are_recommended_in_its_words():
    app = visit("recommend", lang="eo", people="1000", epsilon="2", k="3", person="42")
    shown = read(app)

    assert "Nubmejla karto" in shown
    assert "Sagram" in shown
    assert re.search(r"\d,\d%", shown)
    assert "\u20a9" in shown
    assert not re.search("[가-힣]", shown)


def test_a_word_has_the_form_that_fits_its_number(esperanto):
    assert phrase_in(esperanto, "figures.people", n="1") == "1 homo"
    assert phrase_in(esperanto, "figures.people", n="21") == "21 homoj"


@pytest.mark.usefixtures("esperanto")
@pytest.mark.parametrize(("locale", "spoken"), [("eo", "eo"), ("eo-KR", "eo"), ("fr-FR", "en"), ("kok-IN", "en")])
def test_a_browser_is_spoken_to_in_the_language_that_serves_it(monkeypatch, locale, spoken):
    monkeypatch.setattr(text, "st", types.SimpleNamespace(context=types.SimpleNamespace(locale=locale)))

    assert text.browser_language().key == spoken


def test_what_was_registered_for_a_test_is_gone_after_it():
    app = visit("home", lang="eo")

    assert notices(app)
    assert app.session_state["lang"] == "ko"
