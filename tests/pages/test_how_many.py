"""How many groups, in the lab: read from a release that is there, held against the raw data for insiders alone."""

import json
from time import monotonic, sleep

import pytest

from core.clustering.engines import PROTOTYPE
from tests.pages.inline import InlineWorker
from tests.pages.visit import calm, go, go_and_pay, markup, move, press, visit
from ui import jobs
from ui.languages import LANGUAGES
from ui.text import phrases

WORDS = phrases("ko")
WAIT_SECONDS = 120
SMALL = {"section": "how_many", "people": "1000"}


@pytest.fixture
def at_once(monkeypatch):
    """Do the work in this process: a worker would have to start one."""
    monkeypatch.setattr(jobs, "Worker", InlineWorker)


def _settled(app):
    until = monotonic() + WAIT_SECONDS
    while app.get("progress"):
        assert monotonic() < until, "the work never ended"
        sleep(0.4)
        calm(app.run())
    return app


def _names(app):
    """Return the lines of each chart, without the marks of elbows."""
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return [[line["name"] for line in spec["data"] if line["mode"] == "lines+markers"] for spec in specs]


def _insider(app):
    return WORDS["marks.insider"] in markup(app).split("lab-question")[1].split("take-home")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_release_of_four_personas_suggests_four_groups_and_the_button_takes_them(lang):
    words = phrases(lang)
    app = visit("lab", section="how_many", lang=lang, k="7")
    assert words["how_many.release_clear"].format(k=4) in markup(app)

    press(app, "how_many_take")

    assert app.session_state["k"] == 4
    assert words["how_many.taken"].format(k=4) in markup(app)
    assert all(not bought.ledger.entries for bought in app.session_state["releases"].values())


def test_overlapping_people_are_told_that_there_is_no_elbow_and_get_no_button():
    app = visit("lab", section="how_many", overlap="1", seed="5", epsilon="10")

    assert WORDS["how_many.release_none"] in markup(app)
    assert not [button for button in app.button if button.key == "how_many_take"]


def test_a_release_that_is_mostly_noise_suggests_nothing():
    app = visit("lab", section="how_many", data="prototype", epsilon="0.1")

    assert WORDS["how_many.release_noise"] in markup(app)
    assert not [button for button in app.button if button.key == "how_many_take"]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("dimensions", ["0", "2"])
def test_insiders_hold_it_against_the_raw_data_and_the_public_view_hides_them(dimensions):
    app = visit("lab", dimensions=dimensions, **SMALL)
    assert [len(names) for names in _names(app)] == [1, 1]

    _settled(press(app, "how_many_run"))

    assert [names[1] for names in _names(app)] == [WORDS["how_many.exact"]] * 2
    assert [each["line"]["dash"] for each in _lines(app)] == ["solid", "dash"]
    assert WORDS["how_many.gap"] in app.dataframe[0].value.columns
    assert len(app.dataframe[0].value) == 11
    assert _insider(app)
    move(app, "only_public", value=True)
    assert [len(names) for names in _names(app)] == [1, 1]
    assert WORDS["how_many.gap"] not in app.dataframe[0].value.columns
    assert not _insider(app)


def _lines(app):
    data = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    return [line for line in data if line["mode"] == "lines+markers"]


def test_the_public_view_offers_no_raw_data():
    app = visit("lab", only_public="1", **SMALL)

    assert not [button for button in app.button if button.key == "how_many_run"]
    assert not _insider(app)


def test_an_engine_of_one_k_says_so():
    app = visit("lab", engine=PROTOTYPE.key, only_public="1", **SMALL)

    assert WORDS["how_many.one_k"].format(k=4) in [info.value for info in app.info]
    assert not app.get("plotly_chart")


@pytest.mark.usefixtures("at_once")
def test_raw_data_alone_are_drawn_dashed():
    app = _settled(press(visit("lab", engine=PROTOTYPE.key, section="how_many", people="300"), "how_many_run"))

    assert [each["line"]["dash"] for each in _lines(app)] == ["dash"]


def test_peoples_data_are_read_only_after_they_were_bought_and_cost_no_more():
    app = visit("lab", section="how_many", data="sample")
    assert WORDS["how_many.nothing"] in [info.value for info in app.info]

    go(go_and_pay(app), "lab")

    assert len(app.get("plotly_chart")) == 2
    assert sum(bought.ledger.spent for bought in app.session_state["releases"].values()) == 1.0
