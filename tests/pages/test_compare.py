"""The compare page: both sliders, the answer, the trail, and what the public view leaves out."""

import pytest

from core.clustering.engines import ENGINES
from tests.pages.visit import cards, drawn, ledger, markup, move, pair, pay, press, visit, visit_and_pay
from ui.text import phrases

WORDS = phrases("ko")
#: What one rerun may send.
PAYLOAD_BYTES_MAX = 60_000


def test_moving_epsilon_changes_the_answer_and_the_link():
    app = visit("compare")
    before = markup(app), drawn(app)["private"]["centers"]

    move(app, "epsilon", 0.1)

    assert (markup(app), drawn(app)["private"]["centers"]) != before
    assert "ε 0.1" in markup(app)
    assert app.query_params["epsilon"] == "0.1"


def test_moving_k_changes_the_number_of_groups_on_both_sides_and_the_link():
    app = move(visit("compare"), "k", 7)
    sent = drawn(app)

    assert sent["k"] == len(cards(app)["groups"]) == 7
    assert len(sent["plain"]["centers"]) == len(sent["private"]["centers"]) == 7
    assert app.query_params["k"] == "7"


def test_moving_back_shows_the_same_again():
    app = visit("compare")
    before = drawn(app), cards(app)["groups"]

    for value in (0.1, 1.0):
        move(app, "epsilon", value)

    assert (drawn(app), cards(app)["groups"]) == before


def test_the_trail_keeps_the_runs_and_marks_the_present_one():
    app = move(move(visit("compare"), "epsilon", 0.1), "k", 6)

    trail = cards(app)["trail"]
    assert [(run["pick"]["epsilon"], run["pick"]["k"]) for run in trail] == [(1.0, 4), (0.1, 4), (0.1, 6)]
    assert [run["now"] for run in trail] == [False, False, True]


def test_new_noise_is_drawn_on_request_and_kept_in_the_link():
    app = visit("compare", epsilon="0.1")
    before = drawn(app)["private"]["centers"]

    press(app, "redraw")

    assert drawn(app)["private"]["centers"] != before
    assert app.query_params["draw"] == "1"


def test_axes_may_be_columns():
    app = move(visit("compare"), "axis_x", "restaurants")

    axes = drawn(app)["axes"]
    assert axes["x"]["ticks"]
    assert not axes["y"]["ticks"]
    assert app.query_params["axis_x"] == "restaurants"


def test_the_right_picture_shows_people_only_in_the_insider_view():
    app = visit("compare")
    assert "labels" not in drawn(app)["private"]

    move(app, "view", "insider")

    private = drawn(app)["private"]
    assert private["labels"]
    assert private["mark"] == WORDS["marks.insider"]
    assert "cells" not in private


@pytest.mark.parametrize("data", ["generated", "sample", "prototype"])
def test_the_public_view_sends_nothing_exact(data):
    link = {"data": data, "only_public": "1", "view": "insider", "k": "3"}
    app = visit_and_pay("compare", **link)
    sent, below = drawn(app), cards(app)

    assert sent["people"] is None
    assert sent["plain"] is None
    assert below["trail"] == []
    assert "labels" not in sent["private"]
    assert not [group for group in below["groups"] if group["overlap"] or any(row["plain"] for row in group["rows"])]


def test_the_public_view_says_neither_the_exact_number_of_people_nor_ari():
    shown = markup(visit_and_pay("compare", data="sample", only_public="1"))

    assert "2,469" not in shown
    assert "ARI" not in shown


@pytest.mark.parametrize("view", ["public", "insider"])
@pytest.mark.parametrize("only_public", ["0", "1"])
def test_the_pictures_weigh_at_most_sixty_kilobytes(view, only_public):
    message = pair(visit("compare", people="10000", k="12", view=view, only_public=only_public))

    assert message.ByteSize() <= PAYLOAD_BYTES_MAX


def test_the_prototype_stands_beside_its_figures_of_2020():
    shown = markup(visit("compare", data="prototype"))

    assert WORDS["preset.title"] in shown
    for figure in ("1.000", "0.917", "0.771"):
        assert figure in shown


def test_no_other_data_shows_the_figures_of_2020():
    assert WORDS["preset.title"] not in markup(visit("compare"))


def test_every_engine_can_be_chosen():
    app = visit("compare", k="3")

    for engine in ENGINES.values():
        move(app, "engine", str(engine))
        assert len(drawn(app)["private"]["centers"]) == 3


def test_thirty_people_and_twelve_groups_are_no_trouble():
    app = visit("compare", people="30", k="12", epsilon="0.05")

    assert len(drawn(app)["private"]["centers"]) == 12


# --- the budget of real people: the rest stands in test_spending ---------------------------------------------------


def test_practice_data_costs_nobody_anything():
    app = visit("compare")
    for epsilon in (10.0, 7.0, 5.0, 3.0):
        move(app, "epsilon", epsilon)

    assert ledger(app).cap is None
    assert WORDS["frame.budget_practice"] in markup(app)


def test_the_frame_shows_what_was_spent():
    app = pay(move(visit_and_pay("compare", data="sample"), "epsilon", 2.0))

    assert "ε 3 / 10" in markup(app)
