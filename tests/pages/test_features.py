"""Features of groups in the lab: read from a release that is there, never bought."""

import json

import pytest

from core.clustering.engines import Engine
from tests.pages.test_data import uploaded
from tests.pages.visit import calm, go, markup, move, visit
from ui.text import Language, phrases

WORDS = phrases(Language.KOREAN)
TWO_COLUMNS = b"id,food (10k won),health (10k won)\n" + b"".join(
    b"p%d,%d,%d\n" % (n, 10 + n % 40, n % 9) for n in range(60)
)


def figure(app):
    """Return what the picture in space is drawn from."""
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def test_every_group_has_its_words_its_shades_and_its_place_in_space():
    app = visit("lab", section="features", k="5")

    shown = markup(app)
    assert shown.count('<td class="shade') == 5 * 12
    named = [trace["name"] for trace in figure(app)["data"] if trace["showlegend"]]
    assert [name.split(" · ")[0] for name in named] == ["1", "2", "3", "4", "5"]
    assert all(name in shown for name in named)


def test_the_axes_can_be_chosen():
    app = visit("lab", section="features")
    (chooser,) = (each for each in app.selectbox if each.key.startswith("features_x_"))

    move(app, chooser.key, 7)

    assert figure(app)["layout"]["scene"]["xaxis"]["title"]["text"] == chooser.options[7]


@pytest.mark.parametrize("engine", list(Engine))
@pytest.mark.parametrize("dimensions", ["0", "2"])
def test_practice_data_is_described_whatever_it_is_clustered_with(engine, dimensions):
    app = visit("lab", section="features", engine=str(engine), dimensions=dimensions)

    assert WORDS["features.shades"] in markup(app)
    assert all(not bought.ledger.entries for bought in app.session_state["releases"].values())


def test_peoples_data_is_described_only_after_it_was_bought_and_costs_no_more():
    app = visit("lab", section="features", data="sample")
    assert WORDS["features.nothing"] in [info.value for info in app.info]

    go(go(app, "compare"), "lab")

    assert WORDS["features.shades"] in markup(app)
    assert sum(bought.ledger.spent for bought in app.session_state["releases"].values()) == 1.0


def test_the_public_view_shows_the_same_since_everything_was_released():
    open_view, public = (visit("lab", section="features", only_public=only) for only in ("0", "1"))

    assert figure(open_view) == figure(public)
    assert WORDS["marks.insider"] not in markup(public).split("take-home")[0].split("lab-question")[1]


def test_fewer_than_three_columns_are_not_drawn_in_space():
    app = go(go(uploaded(TWO_COLUMNS), "compare"), "lab")
    app = calm(app.get_by_key("section").set_value("features").run())

    assert WORDS["features.flat"] in markup(app)
    assert not app.get("plotly_chart")
