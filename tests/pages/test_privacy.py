"""The privacy page: the ledger as it stands, nothing bought by looking at it."""

import re

import pytest

from tests.pages.visit import go, ledger, markup, move, visit
from ui.text import Language, phrases

WORDS = phrases(Language.KOREAN)


def said(app, key):
    """Return whether the page says a phrase, whatever its blanks are filled with."""
    parts = [re.escape(part) for part in re.split(r"\{\w+\}", WORDS[key])]
    return re.search(".+?".join(parts), markup(app)) is not None


@pytest.mark.parametrize("data", ["generated", "prototype", "sample"])
def test_looking_at_the_ledger_releases_nothing(data):
    app = visit("privacy", data=data)

    assert ledger(app).entries == ()
    assert said(app, "ledger.empty")
    assert said(app, "privacy.nothing")


def test_a_release_of_people_is_told_with_its_price_and_its_noise():
    app = go(visit("compare", data="sample"), "privacy")

    shown = markup(app)
    assert "ε 1 / 10" in shown
    assert WORDS["ledger.verdict_agrees"] in shown
    for charge in ("people", "mean", "radius", "covariance", "histogram", "last_step"):
        assert WORDS[f"ledger.charge_{charge}"] in shown
    assert WORDS["marks.people"] in shown
    assert len(ledger(app).entries) == 1


def test_practice_data_says_that_it_is_free_and_not_private():
    app = go(visit("compare"), "privacy")

    assert said(app, "ledger.lead_practice")
    assert said(app, "privacy.practice")
    assert WORDS["marks.practice"] in markup(app)
    assert WORDS["marks.insider"] not in markup(app)


def test_the_prototypes_two_queries_are_told_with_how_often_they_were_asked():
    shown = markup(go(visit("compare", data="prototype", engine="prototype"), "privacy"))

    assert f"{WORDS['ledger.charge_counts']} × 5" in shown
    assert WORDS["ledger.this_k"].format(k=4) in shown


def test_many_releases_are_listed_without_growing_the_page_beyond_bounds():
    app = visit("compare")
    for epsilon in (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0):
        move(app, "epsilon", epsilon)
    go(app, "privacy")

    assert len(ledger(app).entries) == 13
    assert said(app, "ledger.older")
    assert said(app, "privacy.beyond")
    assert len(markup(app).partition('class="ledger"')[2].encode()) < 60_000
