"""The goal first, on the compare page: simulated on invented people, applied by a button, priced before it is paid."""

import re

import pytest

from tests.pages.inline import InlineWorker
from tests.pages.test_without import settled
from tests.pages.visit import calm, ledger, markup, move, pay, press, says, visit, visit_and_pay
from ui import jobs
from ui.languages import LANGUAGES
from ui.text import phrase_in, phrases

WORDS = phrases("ko")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Do the work in this process: a worker of its own takes seconds to begin."""
    monkeypatch.setattr(jobs, "Worker", InlineWorker)


def opened(**link):
    app = visit_and_pay("compare", **link)
    app.session_state["goal_open"] = True
    return calm(app.run())


def asked(app):
    if "goal_run" in keys(app):
        press(app, "goal_run")
    return settled(app)


def keys(app):
    return {button.key for button in app.button}


def found(app):
    """Return the ε that the button offers."""
    return float(re.search(r"ε ([\d.]+)", app.get_by_key("goal_use").label).group(1))


def test_nothing_is_simulated_before_it_is_asked_for():
    assert "goal_run" not in keys(visit("compare"))
    app = opened(people="1000")
    assert "goal_run" in keys(app)
    assert WORDS["goal.mark"] in markup(app)


def test_fewer_dimensions_are_simulated_too_and_that_is_said():
    assert not says(opened(people="1000"), "goal.reduced")

    app = opened(people="1000", dimensions="2")
    assert WORDS["goal.reduced"].format(method=WORDS["reduction.pca"], n=2) in markup(app)
    assert says(asked(app), "goal.reached_agreement")
    move(app, "dimensions", 0)
    assert "goal_run" in keys(app)


def test_the_button_sets_the_slider_to_what_was_found():
    app = asked(opened(people="1000"))
    epsilon = found(app)

    assert says(app, "goal.reached_agreement")
    assert WORDS["goal.use_free"] in markup(app)
    assert press(app, "goal_use").get_by_key("epsilon").value == epsilon
    assert says(app, "goal.reached_agreement")


def test_recommendations_can_be_the_goal_where_products_are_known():
    app = asked(move(opened(people="1000"), "goal_measure", "recommendation"))

    assert says(app, "goal.reached_recommendation") or says(app, "goal.people") or says(app, "goal.never")
    assert not [group for group in opened(data="sample").get("button_group") if group.key == "goal_measure"]


def test_few_people_are_told_how_many_it_would_take():
    app = asked(opened(people="30", goal_ari="0.95"))

    assert says(app, "goal.people") or says(app, "goal.never")
    assert "goal_use" not in keys(app)


@pytest.mark.parametrize("only_public", ["0", "1"])
def test_for_peoples_data_it_says_what_the_change_spends_and_spends_nothing_until_then(only_public):
    app = asked(opened(data="sample", k="3", goal_ari="0.5", only_public=only_public))
    before, epsilon = ledger(app).spent, found(app)

    assert before == 1
    assert says(app, "goal.on_like")
    assert phrase_in(LANGUAGES["ko"], "goal.use_spends", epsilon=f"{epsilon:g}", remaining="9") in markup(app)
    press(app, "goal_use")
    assert ledger(app).spent == before
    pay(app)
    app.session_state["goal_open"] = True
    calm(app.run())
    assert ledger(app).spent == pytest.approx(before + epsilon)
    assert WORDS["goal.use_kept"] in markup(app)


def test_what_cannot_be_paid_cannot_be_pressed():
    app = asked(opened(data="sample", k="3", goal_ari="0.5", epsilon="10"))

    assert app.get_by_key("goal_use").disabled
    assert ledger(app).spent == 10
