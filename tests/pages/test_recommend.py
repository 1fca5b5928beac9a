"""The recommend page: somebody from the data, somebody at random, or one's own spending."""

import pytest

from tests.pages.visit import go, ledger, markup, move, press, visit
from ui.text import phrases

WORDS = phrases("ko")


def test_a_person_from_the_data_sees_products_before_and_after_privacy():
    shown = markup(visit("recommend"))

    assert WORDS["pair.plain"] in shown
    assert WORDS["pair.private"] in shown
    assert WORDS["products.first_same"] in shown or WORDS["products.first_different"] in shown
    assert WORDS["products.illustrative"] in shown


def test_a_search_finds_the_person_and_keeps_them_in_the_link():
    app = move(visit("recommend"), "person", "42")

    assert WORDS["person.name"].format(id="42") in markup(app)
    assert app.query_params["person"] == "42"


@pytest.mark.parametrize("person", ["0", "10001", "nobody", "-1", "²", "<b>"])
def test_an_unknown_person_gets_a_warning_that_says_who_there_is(person):
    app = move(visit("recommend"), "person", person)

    assert [warning.value for warning in app.warning] == [WORDS["person.nobody"].format(first="1", last="10000")]
    assert WORDS["products.no_advice"] not in markup(app)


def test_surprise_finds_somebody():
    app = press(visit("recommend"), "surprise")

    assert not app.warning
    assert WORDS["products.no_advice"] in markup(app)


def test_typed_spending_leads_to_a_group_and_is_not_marked_as_insider():
    app = move(visit("recommend"), "person_way", "own")
    app.get_by_key("own_restaurants").set_value(150)
    press(app, "own_done")

    shown = markup(app)
    assert WORDS["person.spending"].format(name=WORDS["person.me"]) in shown
    assert "150만 원" in shown


def test_typed_spending_is_not_in_the_link():
    app = move(visit("recommend"), "person_way", "own")
    app.get_by_key("own_restaurants").set_value(151)
    press(app, "own_done")

    assert "151" not in str(app.query_params)


def test_the_public_view_offers_only_ones_own_spending():
    app = visit("recommend", only_public="1", person="42")

    assert not [field for field in app.text_input if field.key == "person"]
    assert WORDS["products.exact_note"] not in markup(app)


@pytest.mark.parametrize("data", ["sample", "prototype"])
def test_data_without_products_says_so_and_offers_data_that_has_them(data):
    app = visit("recommend", data=data)
    assert [info.value for info in app.info] == [WORDS["products.none"]]

    press(app, "practice")

    assert WORDS["products.no_advice"] in markup(app)


def test_moving_the_sliders_here_moves_them_on_the_compare_page():
    app = move(move(visit("recommend"), "epsilon", 3.0), "k", 5)
    go(app, "compare")

    assert (app.get_by_key("epsilon").value, app.get_by_key("k").value) == (3.0, 5)


def test_products_are_charged_once_for_practice_as_for_people():
    app = visit("recommend")
    move(move(app, "person", "2"), "person", "3")

    assert [entry.what for entry in ledger(app).entries] == ["release", "products"]


def test_a_reload_of_ones_own_spending_is_ones_own_spending_again():
    app = move(visit("recommend"), "person_way", "own")

    again = visit("recommend", **app.query_params)

    assert app.query_params["person_way"] == "own"
    assert WORDS["person.spending"].format(name=WORDS["person.me"]) in markup(again)


def test_amounts_that_are_to_be_kept_come_back_in_coarse_steps():
    app = move(visit("recommend"), "person_way", "own")
    app.get_by_key("own_restaurants").set_value(153)
    app.get_by_key("spending_step").set_value(20)
    press(app, "own_done")

    again = visit("recommend", **app.query_params)

    assert "153" not in str(app.query_params)
    assert again.get_by_key("own_restaurants").value == 160
