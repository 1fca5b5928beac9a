"""Fewer dimensions in the app: chosen on the compare page, paid once, restored by a link, exact for insiders only."""

import pytest

from core.privacy.accounting import BudgetCheck, total_by_name
from tests.pages.test_data import upload, uploaded
from tests.pages.visit import (
    calm,
    cards,
    drawn,
    go,
    go_and_pay,
    ledger,
    markup,
    move,
    notices,
    pay,
    press,
    visit,
    visit_and_pay,
)
from ui.languages import LANGUAGES
from ui.text import phrase_in, phrases

WORDS = phrases("ko")
ONE_COLUMN = b"id,food (10k won)\n" + b"".join(b"p%d,%d\n" % (n, 10 + n) for n in range(60))
CONSTANT = b"id,food (10k won),health (10k won),transport (10k won)\n" + b"".join(
    b"p%d,20,5,9\n" % n for n in range(60)
)


def test_without_fewer_dimensions_nothing_of_them_is_shown():
    app = visit("compare")

    assert WORDS["reduction.title"] not in markup(app)
    assert "dimensions" not in app.query_params


def test_fewer_dimensions_change_both_sides_and_the_link():
    app = visit("compare")
    before = drawn(app)

    move(app, "dimensions", 2)

    after = drawn(app)
    assert after["plain"]["centers"] != before["plain"]["centers"]
    assert after["private"]["centers"] != before["private"]["centers"]
    assert app.query_params["dimensions"] == "2"
    shown = markup(app)
    assert WORDS["reduction.title"] in shown
    assert phrase_in(LANGUAGES["ko"], "reduction.cost", epsilon="1", projection="0.4", clustering="0.6") in shown
    assert WORDS["reduction.caption"].format(method="PCA", n=2) in after["plain"]["caption"]


def test_turned_off_again_the_former_picture_is_back():
    app = visit("compare")
    before = drawn(app)

    for n in (3, 0):
        move(app, "dimensions", n)

    assert drawn(app) == before


def test_a_link_restores_dimensions_and_method():
    app = move(move(visit("compare"), "dimensions", 3), "reduction", "svd")

    again = visit("compare", **app.query_params)

    assert app.query_params == {"dimensions": "3", "reduction": "svd"}
    assert drawn(again)["private"] == drawn(app)["private"]


def test_the_trail_leads_back_to_the_dimensions_of_a_run():
    app = move(visit("compare"), "dimensions", 2)

    assert [run["pick"]["dimensions"] for run in cards(app)["trail"]] == [0, 2]


def test_the_public_view_shows_the_bought_directions_only():
    app = visit("compare", dimensions="2", only_public="1")

    shown = markup(app)
    assert shown.count('class="reduction-side private"') == 1
    assert "reduction-side plain" not in shown
    assert drawn(app)["plain"] is None


def test_exact_directions_wear_the_insiders_mark():
    shown = markup(visit("compare", dimensions="2"))
    exact, bought = (shown.split(f"reduction-side {side}")[1].split("</div>")[0] for side in ("plain", "private"))

    assert WORDS["marks.insider"] in exact
    assert WORDS["marks.insider"] not in bought


def test_peoples_data_pays_epsilon_once_and_the_entry_tells_its_parts():
    app = visit_and_pay("compare", data="sample", dimensions="2")
    move(move(app, "k", 6), "k", 4)

    (entry,) = ledger(app).entries
    assert ledger(app).spent == 1.0
    assert ledger(app).check(entry) is BudgetCheck.AGREES
    assert {"mean", "radius", "moment"} <= {branch.name for branch in total_by_name(entry.charges)}
    assert (entry.parameters["method"], entry.parameters["n_dimensions"]) == ("pca", 2)


def test_the_ledger_on_screen_names_dimensions_and_what_the_directions_cost():
    shown = markup(go(visit_and_pay("compare", data="sample", dimensions="2"), "privacy"))

    assert WORDS["reduction.chip"].format(method="PCA", n=2) in shown
    assert WORDS["ledger.charge_moment"] in shown


def test_dimensions_that_cannot_be_paid_cannot_be_pressed_and_the_former_ones_are_a_tap_away():
    app = visit_and_pay("compare", data="sample", epsilon="10")

    move(app, "dimensions", 3)

    assert app.get_by_key("pay_release").disabled
    assert ledger(app).spent == pytest.approx(10)
    press(app, "released_1")
    assert app.session_state["dimensions"] == 0
    assert len(drawn(app)["private"]["centers"]) == 4


def test_more_dimensions_than_columns_allow_are_cut_with_a_sentence():
    app = visit("compare", data="prototype", dimensions="5")

    assert WORDS["reduction.clamped"].format(columns=3, n=2) in notices(app)
    assert app.session_state["dimensions"] == 2
    assert WORDS["reduction.total"].split("{")[0] in markup(app)


def test_one_column_has_nothing_to_reduce_and_says_so():
    app = go_and_pay(uploaded(ONE_COLUMN))

    assert WORDS["reduction.one_column"] in markup(app)
    assert WORDS["reduction.title"] not in markup(app)


def test_one_column_with_a_wish_for_dimensions_is_clustered_as_it_is():
    app = visit("data", dimensions="3")
    app = go_and_pay(press(upload(app, ONE_COLUMN), "use_file"))

    assert WORDS["reduction.title"] not in markup(app)
    assert len(drawn(app)["private"]["centers"]) == 4


def test_people_who_are_all_alike_are_no_trouble():
    app = go_and_pay(uploaded(CONSTANT))

    pay(move(app, "dimensions", 2))

    assert len(drawn(app)["private"]["centers"]) == 4


@pytest.mark.parametrize("engine", ["synopsis", "prototype"])
def test_products_are_recommended_from_groups_of_fewer_dimensions(engine):
    app = visit("recommend", dimensions="2", person="3", engine=engine)

    assert WORDS["products.firsts"] in markup(app)


def test_the_help_with_k_reads_the_reduced_release():
    app = visit("compare", dimensions="2")
    app.session_state["k_help"] = True

    assert "explored" in markup(calm(app.run()))
