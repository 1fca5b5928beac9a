"""Features of groups in the lab: read from a release that is there, never bought."""

import base64
import json
import tomllib

import numpy as np
import pytest

from core.clustering.engines import ENGINES
from core.clustering.types import Clustering, WeightedPoints
from core.data.categories import public_categories
from core.data.generate import Recipe, generate
from tests.pages.test_data import uploaded
from tests.pages.visit import calm, go, go_and_pay, markup, move, visit
from ui import names
from ui.lab import group_styles, scatter_3d
from ui.lab.group_styles import style_of
from ui.languages import LANGUAGES
from ui.markup import ASSETS, asset
from ui.text import phrases

WORDS = phrases("ko")
TWO_COLUMNS = b"id,food (10k won),health (10k won)\n" + b"".join(
    b"p%d,%d,%d\n" % (n, 10 + n % 40, n % 9) for n in range(60)
)


def figure(app):
    """Return what the lines are drawn from."""
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def space_of(app):
    """Return what the picture in space is drawn from."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def test_every_group_has_its_words_its_shades_and_its_place_in_space():
    app = visit("lab", section="features", k="5")

    shown = markup(app)
    assert shown.count('<td class="shade') == 5 * 12
    named = [trace["name"] for trace in figure(app)["data"] if trace["name"]]
    assert [name.split(" · ")[0] for name in named] == ["1", "2", "3", "4", "5"]
    assert all(name in shown for name in named)
    assert len(space_of(app)["centers"]) == 5


def test_the_axes_can_be_chosen():
    app = visit("lab", section="features")
    (chooser,) = (each for each in app.selectbox if each.key.startswith("features_x_"))

    move(app, chooser.key, 7)

    column = public_categories()[7].column
    assert chooser.options[7] == WORDS[f"short.{column.key}"]
    assert space_of(app)["axes"][0]["label"].startswith(WORDS[f"short.{column.key}"])


@pytest.mark.parametrize("engine", list(ENGINES.values()))
@pytest.mark.parametrize("dimensions", ["0", "2"])
def test_practice_data_is_described_whatever_it_is_clustered_with(engine, dimensions):
    app = visit("lab", section="features", engine=str(engine), dimensions=dimensions)

    assert WORDS["features.shades"] in markup(app)
    assert all(not bought.ledger.entries for bought in app.session_state["releases"].values())


def test_peoples_data_is_described_only_after_it_was_bought_and_costs_no_more():
    app = visit("lab", section="features", data="sample")
    assert WORDS["features.nothing"] in [info.value for info in app.info]

    go(go_and_pay(app), "lab")

    assert WORDS["features.shades"] in markup(app)
    assert sum(bought.ledger.spent for bought in app.session_state["releases"].values()) == 1.0


def test_the_public_view_shows_the_same_since_everything_was_released():
    open_view, public = (visit("lab", section="features", only_public=only) for only in ("0", "1"))

    assert figure(open_view) == figure(public)
    assert space_of(open_view) == space_of(public)
    assert WORDS["marks.insider"] not in markup(public).split("take-home")[0].split("lab-question")[1]


def test_fewer_than_three_columns_are_not_drawn_in_space():
    app = go(go_and_pay(uploaded(TWO_COLUMNS)), "lab")
    app = calm(app.get_by_key("section").set_value("features").run())

    assert WORDS["features.flat"] in markup(app)
    assert len(figure(app)["layout"]["yaxis"]["ticktext"]) == 2
    assert not app.get("bidi_component")


def test_twelve_groups_each_have_a_line_and_a_look_of_their_own():
    app = visit("lab", section="features", k="12")

    lines = [trace for trace in figure(app)["data"] if trace["name"]]
    assert len(lines) == 12
    assert len({(line["line"]["color"], line["line"]["dash"]) for line in lines}) == 12
    assert len({line["marker"]["symbol"] for line in lines}) == 12


def test_a_group_has_the_colour_that_it_has_in_the_comparison():
    compared = asset("components/drawing.js").split("const LIGHT = ")[1].split(";")[0]
    *seven, eighth = json.loads(compared)

    lines = [trace for trace in figure(visit("lab", section="features", k="12"))["data"] if trace["name"]]

    assert [line["line"]["color"] for line in lines] == [*seven, group_styles.COLOURS[7], *seven[:4]]
    # Streamlit puts the theme's eighth chart colour in its place.
    themes = tomllib.loads((ASSETS.parent / ".streamlit" / "config.toml").read_text())["theme"]
    assert themes["chartCategoricalColors"] == [*seven, eighth]
    assert themes["dark"]["chartCategoricalColors"] == [*seven, "#FFFFFF"]


def test_a_line_stands_where_the_table_of_shades_says():
    app = visit("lab", section="features")

    first = figure(app)["data"][0]
    cells = markup(app).split('<td class="shade')[1:]
    # Cells come row by row, a row a column, a cell a group.
    told = [cells[row * 4].split(">")[1].split("<")[0] for row in range(len(first["hovertext"]))]
    assert [text.rsplit(" ", 1)[1] for text in first["hovertext"]] == [
        WORDS["figures.times"].format(n=factor) for factor in told
    ]
    assert all(0.1 <= x <= 10.0 for x in first["x"])


def test_people_are_seen_by_insiders_who_ask_and_gone_from_the_public_view():
    app = visit("lab", section="features")
    without = space_of(app)
    private = WORDS["features.people_why"].format(most=scatter_3d.PEOPLE_MOST)
    assert private not in markup(app)

    move(app, "features_people", value=True)

    assert space_of(app)["people"]
    assert space_of(app) | {"people": None} == without
    assert markup(app).split(private)[1].lstrip().startswith("<")
    assert WORDS["marks.insider"] in markup(app).split(private)[1].split("</p>")[0]
    move(app, "only_public", value=True)
    assert space_of(app) == without
    assert private not in markup(app)


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_every_group_is_told_by_name_number_and_shape_in_shades_and_legend(lang):
    shown = markup(visit("lab", section="features", k="12", lang=lang))

    for group in range(12):
        assert shown.count(style_of(group).clip) == 2
    assert shown.count('class="shape"') == 24


# --- what the picture in space needs ------------------------------------------------------------------------------


class _Released:
    """What the picture needs of a release."""

    def __init__(self, places):
        self.cells = WeightedPoints(points=places, weights=np.arange(1.0, len(places) + 1.0))


@pytest.fixture
def table():
    return generate(Recipe(n_people=200, seed=5))


@pytest.fixture
def found(table):
    rng = np.random.default_rng(3)
    places = rng.uniform(-0.4, 0.2, size=(30, len(table.columns)))
    centers = np.stack([places[:10].mean(axis=0), places[10:].mean(axis=0)])
    return _Released(places), Clustering(centers=centers, weights=np.asarray([10.0, 20.0]))


def _drawn(table, found, people=None):
    released, clustering = found
    return scatter_3d.build_payload(table, released, clustering, chosen=[0, 3, 5], titles=["a", "b"], people=people)


def _read(packed, kind):
    return np.frombuffer(base64.b64decode(packed), dtype=kind)


def test_released_places_fill_the_cube_and_belong_to_the_nearest_centre(table, found):
    drawn = _drawn(table, found)

    places = _read(drawn["cells"]["places"], "<u2").reshape(-1, 3) / scatter_3d.FULL
    assert places.min(axis=0) == pytest.approx(np.full(3, 0.054), abs=0.02)
    assert places.max(axis=0) == pytest.approx(np.full(3, 0.946), abs=0.02)
    assert _read(drawn["cells"]["groups"], "u1").tolist() == found[1].assign(found[0].cells.points).tolist()
    # Areas are as weights: the last of thirty places weighs most, the first a thirtieth.
    sizes = _read(drawn["cells"]["sizes"], "<f4")
    assert sizes[[0, -1]] ** 2 == pytest.approx([1 / 30, 1.0])
    assert len(drawn["centers"]) == 2


def test_people_change_nothing_but_the_people_in_the_picture(table, found):
    without, with_them = _drawn(table, found), _drawn(table, found, table.points())

    people = with_them.pop("people")
    assert without.pop("people") is None
    assert without == with_them
    assert len(_read(people["groups"], "u1")) == 200


def test_axes_have_titles_with_units_and_round_values_and_the_alternative_tells_where_centres_are(table, found):
    drawn = _drawn(table, found)

    for axis, j in zip(drawn["axes"], (0, 3, 5), strict=True):
        assert axis["label"] == f"{names.short(table.columns[j])} ({WORDS['figures.manwon']})"
        assert len(axis["ticks"]) >= 2
        assert all(0.0 <= tick["at"] <= 1.0 for tick in axis["ticks"])
    for title in ("a: ", "b: "):
        assert title in drawn["alternative"]
    assert " 원" in drawn["alternative"]
