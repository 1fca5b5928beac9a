"""The lab: one section at a time, each framed by its question, its sentence and the code behind it."""

import re
from html import unescape

import pytest

from tests.pages.visit import go, markup, move, visit
from ui.lab import excerpts
from ui.lab.peers import read_benchmark
from ui.lab.sections import SECTIONS
from ui.lab.terms import RELATED, TERMS
from ui.languages import LANGUAGES
from ui.settings import LAB_SECTIONS
from ui.text import phrases

WORDS = phrases("ko")


@pytest.mark.parametrize("section", LAB_SECTIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("only_public", ["0", "1"])
def test_a_section_opens_with_a_question_costs_nothing_and_closes_with_a_sentence(section, lang, only_public):
    words = phrases(lang)

    app = visit("lab", lang=lang, section=section, only_public=only_public)

    shown = unescape(markup(app))
    asked, told = words[f"{section}.question"], words[f"{section}.take_home"]
    free = f'free">{words["lab.free"]}'
    assert shown.index(asked) < shown.index(free) < shown.index(told)
    assert [block.value for block in app.code] == [excerpts.read(SECTIONS[section].code).text]
    assert all(not bought.ledger.entries for bought in app.session_state["releases"].values())


@pytest.mark.parametrize("section", LAB_SECTIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_section_asks_in_the_end_and_is_taken_home_in_one_sentence(section, lang):
    words = phrases(lang)

    assert words[f"{section}.question"].endswith("?")
    assert re.findall(r"[.?!](?: |$)", words[f"{section}.take_home"]) == ["."]


def test_every_section_has_its_place_in_the_order():
    assert set(SECTIONS) == set(LAB_SECTIONS)


def test_a_link_opens_its_section_and_stays_as_it_was():
    link = {"section": "glossary", "term": "ari"} if LAB_SECTIONS[0] != "glossary" else {"term": "ari"}

    assert visit("lab", **link).query_params == link


def test_a_section_is_still_open_after_a_walk_through_the_pages():
    app = visit("lab", section=LAB_SECTIONS[-1])

    go(go(app, "home"), "lab")

    assert WORDS[f"{LAB_SECTIONS[-1]}.question"] in markup(app)


# --- glossary ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_explained_in_two_sentences_of_its_language(lang):
    words = phrases(lang)

    for term in TERMS:
        name, text = words[f"glossary.term_{term}"].split("|")
        assert name
        assert text.count(". ") == 1
        assert text.endswith(".")


def test_every_word_is_on_the_page_and_can_be_linked_to():
    shown = markup(visit("lab", section="glossary"))

    for term in TERMS:
        assert f'id="term-{term}"' in shown
        assert f"lab?section=glossary&amp;term={term}&amp;lang=ko" in shown


def test_a_word_leads_only_to_words_that_exist():
    assert set(RELATED) == set(TERMS)
    assert {other for related in RELATED.values() for other in related} <= set(TERMS)
    assert not [term for term, related in RELATED.items() if term in related]


def test_the_word_that_was_asked_for_stands_above_the_others():
    app = visit("lab", section="glossary")
    assert "entry-term chosen" not in markup(app)
    assert "<details open>" not in markup(app)

    shown = markup(move(app, "term", "synopsis"))

    assert (
        WORDS["glossary.term_synopsis"].split("|")[1] in shown[shown.index("entry-term chosen") : shown.index("<h3>")]
    )
    # Of the folded themes the one that the word is of.
    assert shown.count("<details open>") == 1
    assert WORDS["glossary.theme_groups"] in shown[shown.index("<details open>") :].split("</h3>")[0]


def test_question_marks_elsewhere_lead_to_words_that_exist():
    shown = markup(visit("compare"))

    linked = {part.split("&")[0] for part in shown.split("section=glossary&amp;term=")[1:]}
    assert {"ari", "rand", "inertia", "epsilon"} <= linked <= set(TERMS)


def _mentioned(term, words, section):
    """Return whether a text of the section has the word as the glossary spells it, at the beginning of a word."""
    spelt = re.escape(words[f"glossary.term_{term}"].split("|")[0].split(" (")[0])
    # A short sign is a word of its own; a longer word may go on, as Korean ones do.
    ending = r"(?![\w-])" if len(spelt) == 1 else ""
    texts = [re.sub(r"{.*?}", "", text) for key, text in words.items() if key.startswith(f"{section}.")]
    return any(re.search(rf"(?<![\w-]){spelt}{ending}", text, re.IGNORECASE) for text in texts)


@pytest.mark.parametrize("section", [section for section in LAB_SECTIONS if section != "glossary"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_glossary_that_a_section_uses_is_explained_there_and_linked(section, lang):
    words = phrases(lang)

    used = [term for term in TERMS if _mentioned(term, words, section)]

    assert used
    assert set(used) <= set(SECTIONS[section].terms) <= set(TERMS)
    shown = unescape(markup(visit("lab", lang=lang, section=section)).split("lab-terms")[1])
    for term in SECTIONS[section].terms:
        assert words[f"glossary.term_{term}"].split("|")[1].replace("e^ε", "e<sup>ε</sup>") in shown
        assert f"term={term}&lang={lang}" in shown


# --- peers -------------------------------------------------------------------------------------------------------


def test_the_engines_table_shows_one_epsilon_or_all_and_says_where_others_win():
    app = visit("lab", section="engines")
    (one,) = app.dataframe

    (every,) = move(app, "engines_epsilon", 0.0).dataframe

    assert set(one.value["epsilon"]) == {1.0}
    # What a phone shows without a swipe: which data, and whether and where others win.
    assert list(one.value.columns[:4]) == ["dataset", "n_people", "relative", "others_win"]
    assert one.value["relative"].dropna().is_monotonic_decreasing
    assert WORDS["engines.sort"] in markup(app)
    assert len(every.value) == len(read_benchmark().cells)
    losing = every.value[every.value["relative"] > read_benchmark().tolerance]
    assert len(losing)
    assert "–" not in set(losing["others_win"])
    assert set(every.value[every.value["relative"] <= read_benchmark().tolerance]["others_win"]) == {"–"}


def test_the_record_says_when_and_with_what_it_was_measured():
    shown = markup(visit("lab", section="engines"))

    assert read_benchmark().measured in shown
    assert f"scikit-learn {read_benchmark().versions['scikit-learn']}" in shown
