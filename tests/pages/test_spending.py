"""Prices before they are paid: nothing is spent by opening a page or moving a slider, one button pays."""

import pytest

from tests.pages.test_data import uploaded
from tests.pages.visit import drawn, go, go_and_pay, ledger, markup, move, pay, press, says, visit, visit_and_pay
from ui.languages import LANGUAGES
from ui.text import phrase_in, phrases

WORDS = phrases("ko")
WITH_PRODUCTS = b"id,food (10k won),transport (10k won),health (10k won),products\n" + b"".join(
    b"p%d,%d,%d,%d,card-dining\n" % (n, 30 + n % 7, 10 + n % 5, 5 + n % 3) for n in range(60)
)


def buttons(app):
    return [button.key for button in app.button]


def spent(app):
    """Return what this visitor has spent of anybody's data."""
    return sum(store.ledger.spent for store in app.session_state["releases"].values() if store.ledger.cap)


@pytest.mark.parametrize("page", ["home", "data", "compare", "recommend", "privacy", "lab"])
def test_no_page_spends_anything_by_being_opened(page):
    assert spent(go(uploaded(WITH_PRODUCTS), page)) == 0
    assert spent(visit(page, data="sample")) == 0


def test_moving_the_sliders_says_the_price_and_what_would_be_left_and_spends_nothing():
    app = visit("compare", data="sample")
    for epsilon, left in ((0.5, "9.5"), (7.0, "3"), (0.05, "9.95")):
        move(app, "epsilon", epsilon)
        said = phrase_in(LANGUAGES["ko"], "offer.price", epsilon=f"{epsilon:g}", cap="10", left=left)
        assert said in markup(app)
        assert f"ε {epsilon:g} 쓰고 보기" == app.get_by_key("pay_release").label
    move(app, "k", 7)

    assert ledger(app).entries == ()
    assert app.query_params["epsilon"] == "0.05"
    assert not app.get("bidi_component")


def test_the_bite_out_of_the_meter_is_as_large_as_the_price():
    app = move(visit_and_pay("compare", data="sample", epsilon="2"), "epsilon", 3.0)

    meter = markup(app).split("offer-meter")[1].split("</div>")[0]
    assert "width: 20.0%" in meter
    assert "width: 30.0%" in meter


def test_one_button_pays_and_another_k_is_free():
    app = pay(visit("compare", data="sample", epsilon="2"))

    assert len(drawn(app)["private"]["centers"]) == 4
    assert len(drawn(move(app, "k", 6))["private"]["centers"]) == 6
    assert "pay_release" not in buttons(app)
    assert spent(app) == 2.0


def test_what_was_paid_is_listed_and_free_to_return_to():
    app = visit_and_pay("compare", data="sample")
    first = drawn(app)["private"]["centers"]
    pay(move(move(app, "epsilon", 0.5), "dimensions", 2))
    move(app, "epsilon", 5.0)

    assert [app.get_by_key(f"released_{n}").label for n in (1, 2)] == ["ε 1", "ε 0.5 · PCA · 2차원"]
    press(app, "released_1")

    assert drawn(app)["private"]["centers"] == first
    assert app.get_by_key("released_1").disabled
    assert spent(app) == 1.5


def test_what_passes_the_cap_cannot_be_pressed_and_the_sentence_says_why():
    app = move(visit_and_pay("compare", data="sample", epsilon="7"), "epsilon", 5.0)

    assert app.get_by_key("pay_release").disabled
    assert says(app, "offer.too_much")
    assert spent(app) == 7.0


def test_a_button_that_is_older_than_the_last_payment_is_refused_calmly():
    app = visit("compare", data="sample", epsilon="7")
    ledger(app).charge("release", 5.0)

    press(app, "pay_release")

    assert "ε 7" in app.warning[0].value
    assert spent(app) == 5.0


def test_the_table_of_products_has_a_price_of_its_own():
    app = go_and_pay(uploaded(WITH_PRODUCTS), "recommend")
    assert spent(app) == 1.0
    assert app.get_by_key("pay_products").label == "ε 0.3 쓰고 보기"

    pay(app, "products")

    assert spent(app) == pytest.approx(1.3)
    assert "pay_products" not in buttons(app)
    assert WORDS["products.any_k"] in markup(app)


def test_practice_data_has_no_price():
    app = visit("compare")

    assert "pay_release" not in buttons(app)
    assert not [key for key in buttons(app) if key and key.startswith("released_")]


def test_in_a_browser_that_keeps_nothing_the_screen_says_what_a_reload_forgets():
    assert WORDS["offer.session"] in markup(visit("compare", data="sample"))


def test_what_counts_as_the_same_people_is_said_where_the_price_is():
    assert WORDS["offer.same_people"] in markup(go(uploaded(), "compare"))


def test_a_rehearsal_shows_every_epsilon_on_invented_people_and_costs_nothing():
    app = go(uploaded(), "compare")
    app.session_state["rehearsal"] = True
    app = app.run()
    assert says(app, "rehearsal.lead")

    assert WORDS["rehearsal.invented"] in markup(app)
    assert "rehearsal_run" in buttons(app)
    assert spent(app) == 0
