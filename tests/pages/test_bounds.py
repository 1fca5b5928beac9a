"""Bounds on the data page: what they cost, proposals that are paid for, and the people who stay the same."""

import pytest

from core.privacy.accounting import BudgetCheck
from tests.pages.test_data import WIDE, upload, uploaded
from tests.pages.visit import drawn, go, go_and_pay, markup, move, notices, press, visit, visit_and_pay
from ui.languages import LANGUAGES
from ui.text import phrase_in, phrases

WORDS = phrases("ko")
ONE_COLUMN = b"id,food (10k won)\n" + b"".join(b"p%d,%d\n" % (n, 10 + n % 40) for n in range(400))
#: All above the proposed upper bound of 300.
ABOVE = b"id,food (10k won),health (10k won)\n" + b"".join(b"p%d,%d,5\n" % (n, 700 + n % 90) for n in range(800))


def slider(app):
    """Return the slider of the upper bound."""
    (found,) = (each for each in app.select_slider if each.key.startswith("bounds_upper_"))
    return found


def try_upper(app, value):
    """Move the marker to ``value``."""
    return move(app, slider(app).key, value)


def said(app):
    """Return what is said about the bound that is tried."""
    return markup(app).split('class="bounds-said">')[1].split("</p>")[0]


def purchases(app):
    """Return what was bought of the people's data that this visitor looked at."""
    return next(bought for bought in app.session_state["releases"].values() if bought.ledger.cap)


def peoples(app):
    """Return the ledger of the people's data that this visitor looked at."""
    return purchases(app).ledger


def test_tight_and_wide_bounds_are_told_apart():
    app = visit("data")

    assert WORDS["bounds.tight"] in said(try_upper(app, 25.0))
    assert WORDS["bounds.fair"] in said(try_upper(app, 200.0))
    assert WORDS["bounds.wide"] in said(try_upper(app, 1500.0))


def test_the_noise_in_the_sentence_shrinks_with_the_group():
    app = visit("data")
    before = said(app)

    assert said(move(app, "bounds_group", 3_000)) != before


def test_a_tried_bound_can_be_taken_and_the_link_keeps_it():
    app = press(try_upper(visit("data"), 60.0), "bounds_use")

    assert app.query_params["bounds"] == "generated~0_0_60"
    assert WORDS["bounds.chosen"] in markup(app)
    again = visit("compare", **app.query_params)
    assert drawn(again)["private"]["centers"] == drawn(go(app, "compare"))["private"]["centers"]
    assert drawn(again)["private"]["centers"] != drawn(visit("compare"))["private"]["centers"]


def test_the_first_bounds_come_back():
    app = press(press(try_upper(visit("data"), 60.0), "bounds_use"), "bounds_reset")

    assert "bounds" not in app.query_params
    assert WORDS["bounds.chosen"] not in markup(app)


def test_bounds_of_one_kind_of_data_leave_another_alone():
    app = visit("data", bounds="generated~0_0_60", data="prototype")

    assert slider(app).value == 100.0


@pytest.mark.parametrize(
    "text", ["generated~0_0_60~0", "nowhere~0_0_60", "generated~0_60_0", "generated~99_0_1", "~", "x"]
)
def test_bounds_that_cannot_be_read_fall_back_with_a_notice(text):
    app = visit("data", bounds=text)

    assert notices(app) == [WORDS["notice.bad_link"].format(setting=WORDS["settings.bounds"])]
    assert "bounds" not in app.query_params


@pytest.mark.parametrize("text", ["generated~40_0_60", "generated~0_-5_60"])
def test_bounds_that_the_columns_cannot_have_fall_back(text):
    app = visit("data", bounds=text)

    assert slider(app).value == 300.0
    assert app.session_state["bounds"] == ""


def test_the_public_view_draws_noise_only():
    shown = markup(visit("data", only_public="1"))

    assert WORDS["bounds.noise"] in shown
    assert "bounds-key clipped" not in shown
    assert WORDS["marks.insider"] not in shown.split('class="bounds-said">')[1].split("</p>")[0]


# --- proposals ---------------------------------------------------------------------------------------------------


def test_practice_data_is_asked_for_free_and_at_once():
    app = press(visit("data"), "bounds_ask")

    assert WORDS["bounds.released"] in markup(app)
    assert WORDS["marks.seeded"] in markup(app)
    taken = press(app, "bounds_take")
    assert taken.query_params["bounds"].startswith("generated~0_")
    assert WORDS["bounds.in_use"] in markup(taken)


def test_peoples_data_is_asked_about_before_anything_is_spent():
    app = press(uploaded(), "bounds_ask")

    assert phrase_in(LANGUAGES["ko"], "bounds.confirm", epsilon="0.1", remaining="10", left="9.9") in notices(app)
    assert peoples(app).spent == 0
    assert WORDS["bounds.released"] not in markup(press(app, "bounds_keep"))
    assert peoples(app).spent == 0


def test_a_proposal_is_charged_once_settled_and_shown_again_for_free():
    app = press(press(uploaded(), "bounds_ask"), "bounds_spend")

    assert WORDS["bounds.released"] in markup(app)
    (entry,) = peoples(app).entries
    assert (entry.what, entry.epsilon, entry.parameters["column"], entry.parameters["percent"]) == (
        "bounds",
        0.1,
        "food",
        95,
    )
    assert peoples(app).check(entry) is BudgetCheck.AGREES
    move(app, "bounds_percent", 80)
    assert WORDS["bounds.released"] not in markup(app)
    move(app, "bounds_percent", 95)
    assert WORDS["bounds.released"] in markup(go(go_and_pay(app), "data"))
    assert [each.what for each in peoples(app).entries] == ["bounds", "release"]


def test_a_proposal_just_bought_is_not_yet_a_free_look():
    app = press(press(uploaded(), "bounds_ask"), "bounds_spend")
    assert WORDS["bounds.released"] in markup(app)
    assert purchases(app).n_cache_hits == 0

    go(go(app, "lab"), "data")

    assert purchases(app).n_cache_hits == 1


def test_the_ledger_says_which_column_was_asked_and_what_it_cost():
    app = press(press(uploaded(), "bounds_ask"), "bounds_spend")

    shown = markup(go(app, "privacy"))
    assert WORDS["ledger.what_bounds"] in shown
    assert shown.count(WORDS["ledger.percent"].format(column="식료품·비주류음료", n=95)) == 1
    assert WORDS["ledger.charge_bounds"] in shown


def test_the_budget_beside_the_page_shows_what_a_proposal_cost():
    app = press(press(uploaded(), "bounds_ask"), "bounds_spend")

    assert "ε 0.1 / 10" in markup(app)


def test_proposed_bounds_reach_beyond_the_present_ones_and_keep_the_ledger():
    app = move(uploaded(ABOVE), "bounds_epsilon", 1.0)
    app = press(press(app, "bounds_ask"), "bounds_spend")

    app = press(app, "bounds_take")

    assert app.session_state["bounds"].startswith("upload~0_")
    assert slider(app).value >= 500
    assert peoples(app).spent == 1.0
    go_and_pay(app)
    assert len([bought for bought in app.session_state["releases"].values() if bought.ledger.cap]) == 1
    assert peoples(app).spent == pytest.approx(2.0)


def test_over_the_cap_a_calm_sentence_says_so_and_nothing_changes():
    app = go(visit_and_pay("compare", data="sample", epsilon="10"), "data")
    app = press(press(app, "bounds_ask"), "bounds_spend")

    assert "ε 0.1" in app.warning[0].value
    assert peoples(app).spent == pytest.approx(10)
    assert WORDS["bounds.released"] not in markup(app)


def test_bounds_chosen_for_the_real_sample_do_not_open_a_second_budget():
    app = go(visit_and_pay("compare", data="sample"), "data")
    app = press(try_upper(app, 5000.0), "bounds_use")
    go_and_pay(app)

    assert len([bought for bought in app.session_state["releases"].values() if bought.ledger.cap]) == 1
    assert peoples(app).spent == pytest.approx(2)


def test_a_new_file_starts_with_its_own_bounds():
    app = press(try_upper(uploaded(), 600.0), "bounds_use")

    app = press(upload(app, WIDE, "again.csv"), "use_file")

    assert slider(app).value == 3600.0


def test_one_column_and_people_alike_are_no_trouble():
    assert WORDS["bounds.noise"] in markup(uploaded(ONE_COLUMN))


def test_two_visitors_with_the_same_file_get_proposals_of_their_own():
    first, second = (press(press(uploaded(), "bounds_ask"), "bounds_spend") for _ in range(2))

    assert peoples(first) is not peoples(second)
    assert peoples(first).spent == peoples(second).spent == 0.1


def test_a_file_read_before_says_that_its_table_holds_the_first_bounds():
    app = uploaded(ONE_COLUMN)
    told = phrase_in(LANGUAGES["ko"], "bounds.file_first", button=WORDS["upload.use"])
    assert told not in [info.value for info in app.info]

    press(try_upper(app, 600.0), "bounds_use")

    assert told in [info.value for info in app.info]
    press(app, "use_file")
    assert told not in [info.value for info in app.info]
    assert slider(app).value == 3600.0
