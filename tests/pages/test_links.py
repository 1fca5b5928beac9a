"""Share links: they restore what they say, and what they cannot say falls back with a notice."""

import pytest

from tests.pages.visit import drawn, go, markup, notices, visit
from ui.settings import SETTINGS
from ui.text import phrases

KOREAN, ENGLISH = phrases("ko"), phrases("en")
LINK = {
    "lang": "en",
    "people": "3000",
    "personas": "5",
    "overlap": "0.2",
    "inequality": "0.5",
    "seed": "7",
    "engine": "prototype",
    "epsilon": "3",
    "k": "6",
    "draw": "2",
    "axis_x": "food",
    "axis_y": "health",
    "view": "insider",
    "person": "42",
}


@pytest.mark.parametrize("page", ["compare", "recommend", "data", "home"])
def test_a_link_restores_every_setting_and_stays_as_it_was(page):
    app = visit(page, **LINK)

    assert {key: app.session_state[key] for key in LINK} == {key: SETTINGS[key].read(LINK[key]) for key in LINK}
    assert app.query_params == LINK
    assert not notices(app)


def test_a_link_shows_another_visitor_the_same_picture():
    first = visit("compare", epsilon="0.5", k="5", seed="11")

    again = visit("compare", **first.query_params)

    assert drawn(again) == drawn(first)


def test_a_link_survives_a_walk_through_the_pages():
    # AppTest asks for a widget's words outside the session, where Korean is spoken.
    link = {key: value for key, value in LINK.items() if key != "lang"}
    app = visit("home", **link)
    for page in ("data", "compare", "recommend", "compare"):
        go(app, page)

    assert app.query_params == link
    assert drawn(app)["k"] == 6


def test_defaults_are_left_out_of_the_link():
    assert visit("compare", k="4", epsilon="1", people="10000").query_params == {}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("epsilon", "999"),
        ("epsilon", "nan"),
        ("epsilon", "-1"),
        ("k", "1"),
        ("k", "13"),
        ("k", "four"),
        ("people", "10000000"),
        ("personas", "0"),
        ("overlap", "2"),
        ("seed", "-5"),
        ("data", "secrets"),
        ("engine", "none"),
        ("view", "<b>"),
        ("draw", "1e9"),
        ("only_public", "yes"),
        ("person", "x" * 200),
    ],
)
def test_a_bad_value_falls_back_with_a_notice(key, text):
    app = visit("compare", **{key: text})

    assert notices(app) == [KOREAN["notice.bad_link"].format(setting=KOREAN[f"settings.{key}"])]
    assert app.session_state[key] == SETTINGS[key].default
    assert key not in app.query_params


def test_a_bad_language_falls_back_to_the_browsers():
    app = visit("compare", lang="xx")

    assert app.session_state["lang"] == "ko"
    assert notices(app)


def test_good_values_beside_a_bad_one_are_kept():
    app = visit("compare", epsilon="999", k="7", lang="en")

    assert app.session_state["k"] == 7
    assert notices(app) == [ENGLISH["notice.bad_link"].format(setting=ENGLISH["settings.epsilon"])]


def test_a_notice_is_said_once():
    app = visit("home", k="99")
    assert notices(app)

    assert not notices(go(app, "compare"))


@pytest.mark.parametrize("axis", ["nowhere", "__class__", "<b>bold"])
def test_an_unknown_axis_falls_back_to_the_widest_direction(axis):
    app = visit("compare", axis_x=axis)

    assert app.session_state["axis_x"] == SETTINGS["axis_x"].default
    assert axis not in markup(app)


def test_unknown_names_in_a_link_are_no_settings():
    app = visit("compare", upload="1", ledgers="x", releases="y")

    assert "upload" not in app.session_state
    assert app.query_params == {}


def test_a_link_to_an_uploaded_file_shows_practice_data_and_says_why():
    app = visit("compare", data="upload")

    assert notices(app) == [KOREAN["notice.upload_gone"]]
    assert KOREAN["names.data_generated"] in markup(app)
