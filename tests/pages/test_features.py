"""Features of groups in the lab: read from a release that is there, never bought."""

import json
import tomllib

import pytest

from core.clustering.engines import Engine
from core.data.categories import public_categories
from tests.pages.test_data import uploaded
from tests.pages.visit import calm, go, markup, move, visit
from ui.lab import features_drawn, looks
from ui.markup import ASSETS, asset
from ui.text import Language, phrases

WORDS = phrases(Language.KOREAN)
TWO_COLUMNS = b"id,food (10k won),health (10k won)\n" + b"".join(
    b"p%d,%d,%d\n" % (n, 10 + n % 40, n % 9) for n in range(60)
)


def figure(app, place=1):
    """Return what the picture in space is drawn from, or at place 0 that of the lines."""
    return json.loads(app.get("plotly_chart")[place].proto.spec)


def test_every_group_has_its_words_its_shades_and_its_place_in_space():
    app = visit("lab", section="features", k="5")

    shown = markup(app)
    assert shown.count('<td class="shade') == 5 * 12
    named = [trace["name"] for trace in figure(app)["data"] if trace["name"]]
    assert [name.split(" · ")[0] for name in named] == ["1", "2", "3", "4", "5"]
    assert all(name in shown for name in named)


def test_the_axes_can_be_chosen():
    app = visit("lab", section="features")
    (chooser,) = (each for each in app.selectbox if each.key.startswith("features_x_"))

    move(app, chooser.key, 7)

    column = public_categories()[7].column
    assert chooser.options[7].startswith(column.label_ko)
    assert figure(app)["layout"]["scene"]["xaxis"]["title"]["text"] == WORDS[f"short.{column.key}"]


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
    assert len(figure(app, 0)["layout"]["yaxis"]["ticktext"]) == 2


def test_twelve_groups_each_have_a_line_and_a_look_of_their_own():
    app = visit("lab", section="features", k="12")

    lines = [trace for trace in figure(app, 0)["data"] if trace["name"]]
    assert len(lines) == 12
    assert len({(line["line"]["color"], line["line"]["dash"]) for line in lines}) == 12
    assert len({line["marker"]["symbol"] for line in lines}) == 12
    assert len({trace["text"] for trace in figure(app)["data"] if trace["name"]}) == 12


def test_a_group_has_the_colour_that_it_has_in_the_comparison():
    compared = asset("components/pair.js").split("const LIGHT = ")[1].split(";")[0]
    *seven, eighth = json.loads(compared)

    lines = [trace for trace in figure(visit("lab", section="features", k="12"), 0)["data"] if trace["name"]]

    assert [line["line"]["color"] for line in lines] == [*seven, looks.COLOURS[7], *seven[:4]]
    # Streamlit puts the theme's eighth chart colour in its place.
    themes = tomllib.loads((ASSETS.parent / ".streamlit" / "config.toml").read_text())["theme"]
    assert themes["chartCategoricalColors"] == [*seven, eighth]
    assert themes["dark"]["chartCategoricalColors"] == [*seven, "#FFFFFF"]


def test_a_line_stands_where_the_table_of_shades_says():
    app = visit("lab", section="features")

    first = figure(app, 0)["data"][0]
    cells = markup(app).split('<td class="shade')[1:]
    # Cells come row by row, a row a column, a cell a group.
    told = [cells[row * 4].split(">")[1].split("<")[0] for row in range(len(first["hovertext"]))]
    assert [text.rsplit(" ", 1)[1] for text in first["hovertext"]] == told
    assert all(0.1 <= x <= 10.0 for x in first["x"])


def test_people_are_seen_by_insiders_who_ask_and_gone_from_the_public_view():
    app = visit("lab", section="features")
    without = figure(app)
    private = WORDS["features.people_why"].format(most=features_drawn.PEOPLE_MOST)
    assert private not in markup(app)

    move(app, "features_people", value=True)

    assert len(figure(app)["data"]) == len(without["data"]) + 4
    assert markup(app).split(private)[1].lstrip().startswith("<")
    assert WORDS["marks.insider"] in markup(app).split(private)[1].split("</p>")[0]
    move(app, "only_public", value=True)
    assert figure(app) == without
    assert private not in markup(app)
