"""What the lab measures: sweeps and passes, on request, off the page, and for insiders alone where people are real."""

import json
import re
from dataclasses import replace
from time import monotonic, sleep

import pandas as pd
import pytest

from core.studies.bands import Metric
from core.studies.passes import Algorithm
from tests.pages import small_work
from tests.pages.inline import InlineWorker
from tests.pages.small_work import EPSILONS, SIZES
from tests.pages.test_data import uploaded
from tests.pages.visit import calm, figures, go, markup, move, press, visit
from ui import jobs
from ui.lab import downloads, line_charts, line_svg, line_tables
from ui.lab import passes as passes_section
from ui.lab import sweep as sweep_section
from ui.lab.line_panels import Line, Panel
from ui.text import phrases

WORDS = phrases("ko")
WAIT_SECONDS = 120


@pytest.fixture
def quickly(monkeypatch):
    """Let the same work run on few people and few draws."""
    monkeypatch.setattr(sweep_section, "sweep_synthetic", small_work.sweep_synthetic)
    monkeypatch.setattr(sweep_section, "nonprivate_sweep", small_work.nonprivate_sweep)
    monkeypatch.setattr(passes_section, "measure_passes", small_work.measure_passes)


def _settled(app):
    until = monotonic() + WAIT_SECONDS
    while app.get("progress"):
        assert monotonic() < until, "the work never ended"
        sleep(0.4)
        calm(app.run())
    return app


def test_nothing_is_swept_before_it_is_asked_for():
    app = visit("lab", section="sweep")

    assert not app.get("plotly_chart")
    assert not app.get("progress")


@pytest.mark.usefixtures("quickly")
def test_two_sweeps_at_once_end_each_with_its_panels_marks_and_figures():
    one = press(visit("lab", section="sweep", k="3", seed="41"), "sweep_run")
    assert not [button for button in one.button if button.key == "sweep_run"]
    several = press(visit("lab", section="sweep", sweep_data="columns", k="3", seed="42"), "sweep_run")

    for app, panels in ((_settled(one), 1), (_settled(several), 4)):
        assert len(app.get("plotly_chart")) == panels
        # A row for every ε with both engines' bands; below them MiniBatch, plain k-means again, and chance.
        shown = figures(app)
        assert shown.count("<tbody>") == shown.count("<tfoot>") == panels
        assert shown.count("<small>") == panels * 2 * len(EPSILONS)
        assert shown.count('scope="row"') == panels * (len(EPSILONS) + 3)
    move(several, "sweep_mark", "inertia")
    assert len(several.get("plotly_chart")) == 4
    assert not several.get("progress")
    assert WORDS["marks.insider"] not in markup(several)
    assert not [bought for bought in several.session_state["releases"].values() if bought.ledger.entries]


@pytest.mark.usefixtures("quickly")
def test_people_are_swept_for_insiders_only_and_never_kept_for_others():
    app = visit("lab", section="sweep", data="sample", sweep_data="table", k="3")
    assert WORDS["marks.insider"] in markup(app)

    _settled(press(app, "sweep_run"))

    (chart,) = app.get("plotly_chart")
    assert WORDS["lab.insider_note"] in str(json.loads(chart.proto.spec)["layout"]["annotations"])
    # The lead, the chart's title and that of the table.
    assert markup(app).count(WORDS["marks.insider"]) == 3
    other = visit("lab", section="sweep", data="sample", sweep_data="table", k="3")
    assert not other.get("plotly_chart")
    move(app, "only_public", value=True)
    assert not app.get("plotly_chart")
    assert WORDS["marks.insider"] not in markup(app)
    assert app.session_state["sweep_data"] == "one"


TEN = b"id,food (10k won),health (10k won)\n" + b"".join(b"p%d,%d,%d\n" % (n, 10 + 3 * n, n) for n in range(10))
ONE_COLUMN = b"id,food (10k won)\n" + b"".join(b"p%d,%d\n" % (n, 10 + n % 40) for n in range(60))
ALL_ALIKE = b"id,food (10k won),health (10k won)\n" + b"".join(b"p%d,20,5\n" % n for n in range(60))


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("content", [TEN, ONE_COLUMN, ALL_ALIKE], ids=["ten people", "one column", "all alike"])
def test_few_people_one_column_and_constant_data_are_swept_and_explored_on_the_page(content, monkeypatch):
    monkeypatch.setattr(jobs, "Worker", InlineWorker)
    app = go(uploaded(content), "lab")

    _settled(press(move(move(app, "section", "sweep"), "sweep_data", "table"), "sweep_run"))
    assert len(app.get("plotly_chart")) == 1
    marks = [float(said) for said in re.findall(r"<td>([^<]+)<", figures(app))]
    assert len(marks) == 2 * len(EPSILONS) + 3
    assert all(-1.0 <= mark <= 1.0 for mark in marks)

    _settled(press(move(app, "section", "how_many"), "how_many_run"))
    assert len(app.get("plotly_chart")) == 2
    assert not app.warning


def test_a_sweep_called_off_says_so_and_can_be_started_again():
    app = press(visit("lab", section="sweep", k="5", seed="43"), "sweep_run")
    (stop,) = [button for button in app.button if button.key.startswith("call_off_")]

    calm(stop.click().run())

    assert any(WORDS["jobs.called_off"] in info.value for info in app.info)
    assert not app.get("progress")
    assert app.get_by_key("sweep_run")


@pytest.mark.usefixtures("quickly")
def test_passes_end_with_a_chart_for_each_measure_and_a_row_for_each_way_and_are_for_everybody():
    app = _settled(press(visit("lab", section="passes", k="3", seed="44"), "passes_run"))

    assert len(app.get("plotly_chart")) == len(passes_section.MEASURES)
    assert len(re.findall(r"<td>[^<]+</td>", figures(app))) == len(passes_section.MEASURES) * len(SIZES) * len(
        Algorithm
    )
    assert len(move(app, "only_public", value=True).get("plotly_chart")) == len(passes_section.MEASURES)
    assert WORDS["marks.insider"] not in markup(app)


# --- drawings ----------------------------------------------------------------------------------------------------

PANEL = Panel(
    title="<10 people>",
    x=(0.1, 1.0, 10.0),
    lines=(Line(name="a & b", y=(0.0, 0.5, 1.0), low=(0.0, 0.4, 0.9), high=(0.1, 0.6, 1.0)), Line(name="c", y=(0.25,))),
    x_title="x",
    y_title="y",
    y_range=(0.0, 1.0),
)


@pytest.mark.parametrize(("is_long", "tiny"), [(False, "0.00"), (True, "0.0024")])
def test_a_table_tells_marks_in_two_digits_and_what_is_tiny_on_a_long_axis_in_full(monkeypatch, is_long, tiny):
    shown = []
    monkeypatch.setattr(line_tables, "show", lambda _piece, *, panels: shown.extend(panels))
    band = Line(name="a", y=(0.0024, 0.5, 12.34), low=(0.001, 0.4, 9.9), high=(0.2, 0.6, 1_234.5))

    line_tables.draw((replace(PANEL, lines=(band, Line(name="c", y=(0.25,))), y_log=is_long),))

    (table,) = shown
    assert [x for x, _ in table["rows"]] == ["0.1", "1", "10"]
    assert [cells[0][0] for _, cells in table["rows"]] == [tiny, "0.50", "12.3"]
    assert table["rows"][2][1][0][1] == "9.90 – 1,234.5"
    assert table["levels"] == [("c", "0.25")]


def test_a_drawing_is_said_in_words():
    assert line_charts.describe(PANEL) == "<10 people>. x, y. a & b 0.1: 0, 1: 0.5, 10: 1; c 0.25."


def test_a_saved_drawing_places_values_where_they_belong_and_escapes_words():
    drawn = line_svg.write_svg((PANEL,), title="t")

    # The graph runs from x 84 to 616 and, upwards, from y 316 to 48.
    assert 'points="84.0,316.0 350.0,182.0 616.0,48.0"' in drawn
    assert 'points="84.0,249.0 616.0,249.0"' in drawn
    assert "&lt;10 people&gt;" in drawn
    assert "a &amp; b" in drawn


def test_a_long_logarithmic_axis_names_its_values_in_full():
    tall = replace(PANEL, lines=(Line(name="a", y=(0.04, 3.0, 1_500.0)),), y_log=True, y_range=None)

    axis = line_charts.make_figure(tall).layout.yaxis

    assert axis.ticktext == (
        *("0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50", "100", "200", "500", "1,000"),
    )
    assert [float(text.replace(",", "")) for text in axis.ticktext] == pytest.approx(axis.tickvals)


@pytest.mark.parametrize("is_insider", [True, False])
def test_what_is_exact_says_so_in_everything_that_is_saved(is_insider):
    panel, note = replace(PANEL, is_insider=is_insider), WORDS["lab.insider_note"]

    assert (note in line_svg.write_svg((panel,), title="t")) == is_insider
    assert (note in line_charts.describe(panel)) == is_insider
    said, *_ = downloads.write_csv(pd.DataFrame({"a": [1]}), note=panel.note).decode("utf-8-sig").splitlines()
    assert said == (f"# {note}" if is_insider else "a")


def test_a_saved_drawing_marks_each_value_of_a_line_but_not_of_a_level():
    drawn = line_svg.write_svg((PANEL,), title="t")

    # Once in the legend and at three values, beside the band; the other line is a level.
    assert drawn.count("<polygon") == 5
    assert drawn.count('fill-opacity="0.16"') == 1


def test_a_picture_that_is_taken_of_a_chart_has_the_ground_of_the_theme_and_not_none():
    layout = line_charts.make_figure(PANEL).layout

    # Streamlit's theme fills in what is left open, when the page is dark as when it is light.
    assert layout.paper_bgcolor is layout.plot_bgcolor is None


def test_a_line_of_equal_values_is_drawn_all_the_same():
    flat = Panel(title="t", x=(1.0, 10.0), lines=(Line(name="a", y=(1.0, 1.0)),), x_title="x", y_title="y", y_log=True)

    assert "nan" not in line_svg.write_svg((flat,), title="t")


@pytest.mark.parametrize("mark", Metric)
def test_every_mark_can_be_chosen_by_a_link(mark):
    assert visit("lab", section="sweep", sweep_mark=str(mark)).session_state["sweep_mark"] == mark
