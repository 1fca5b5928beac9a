"""The privacy page: the ledger as it stands, nothing bought by looking at it."""

import re

import pytest

from tests.pages.visit import go, ledger, markup, move, press, visit
from ui.text import Language, phrases

WORDS = phrases(Language.KOREAN)


def said(app, key):
    """Return whether the page says a phrase, whatever its blanks are filled with."""
    parts = [re.escape(part) for part in re.split(r"\{\w+\}", WORDS[key])]
    return re.search(".+?".join(parts), markup(app)) is not None


def errors(app):
    """Return what the page says went wrong."""
    return [error.value for error in app.error]


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


def test_the_meter_beside_every_page_leads_to_the_ledger():
    app = visit("compare", data="sample")
    assert app.get_by_key("price").label == "ε 1 / 10 · 장부"

    for key in ("open_ledger", "price"):
        press(app, key)
        assert WORDS["privacy.title"] in [title.value for title in app.title]
        go(app, "compare")


def test_the_price_is_told_where_nothing_more_can_be_bought():
    app = visit("compare", data="sample", epsilon="10")
    app.session_state["afforded"] = {}
    move(app, "epsilon", 5.0)

    press(app, "over_budget_ledger")

    assert "ε 10 / 10" in markup(app)
    assert said(app, "ledger.locked")


# --- the cap -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["data", "privacy"])
def test_the_cap_of_people_can_be_set_before_the_first_release(page):
    app = move(visit(page, data="sample"), "cap_value", 3.0)

    assert ledger(app).cap == 3.0
    assert "ε 0 / 3" in markup(app)
    assert not errors(app)


@pytest.mark.parametrize("page", ["data", "privacy"])
def test_the_first_release_locks_the_cap(page):
    app = go(visit("compare", data="sample"), page)

    assert not [field for field in app.number_input if field.key == "cap_value"]
    assert said(app, "ledger.cap_why_locked")


@pytest.mark.parametrize("cap", [0.0, -1.0, 100.5, 1e300, float("nan"), float("inf"), None])
def test_a_cap_out_of_range_is_refused_with_a_sentence_and_changes_nothing(cap):
    app = move(visit("data", data="sample"), "cap_value", cap)

    assert errors(app) == [WORDS["ledger.cap_out_of_range"].format(limit=100)]
    assert ledger(app).cap == 10.0
    assert app.get_by_key("cap_value").value == 10.0
    assert not errors(app.run())


def test_a_cap_set_from_a_page_that_is_older_than_the_first_release_is_refused():
    app = visit("data", data="sample")
    ledger(app).charge("release", 5.0)

    move(app, "cap_value", 2.0)
    assert errors(app) == [WORDS["ledger.cap_below_spent"].format(spent=5)]


def test_a_cap_raised_from_a_page_that_is_older_than_the_first_release_is_refused():
    app = visit("data", data="sample")
    ledger(app).charge("release", 5.0)

    move(app, "cap_value", 20.0)

    assert errors(app) == [WORDS["ledger.cap_locked"].format(spent=5)]
    assert ledger(app).cap == 10.0


@pytest.mark.parametrize("page", ["data", "privacy"])
def test_practice_data_has_no_cap_to_set(page):
    assert "cap_value" not in [field.key for field in visit(page).number_input]


def test_a_small_cap_holds_on_the_compare_page():
    app = go(move(visit("data", data="sample"), "cap_value", 1.5), "compare")

    move(app, "epsilon", 0.7)

    assert WORDS["notice.over_budget"] in [info.value for info in app.info]
    assert ledger(app).spent == 1.0
