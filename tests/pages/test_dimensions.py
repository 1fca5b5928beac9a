"""Fewer dimensions in the lab: measured on request, off the page, and told in words, charts and figures."""

from functools import partial

from core.studies.dimensions import study_dimensions
from tests.pages.test_lab_measured import _settled as settled
from tests.pages.visit import calm, figures, markup, move, press, visit
from ui.lab import dimensions
from ui.languages import LANGUAGES
from ui.text import phrase_in, phrases

WORDS = phrases("ko")
FEW = partial(study_dimensions, people=(60, 120), columns=(12,), n_seeds=2)


def test_nothing_is_measured_before_it_is_asked_for():
    app = visit("lab", section="dimensions")

    assert app.get_by_key("dimensions_run")
    assert not app.get("plotly_chart")


def test_what_came_out_is_drawn_told_and_listed(monkeypatch):
    monkeypatch.setattr(dimensions, "study_dimensions", FEW)

    app = settled(press(visit("lab", section="dimensions", seed="61"), "dimensions_run"))

    # A chart of marks and one of directions for either number of people.
    assert len(app.get("plotly_chart")) == 4
    shown = markup(app)
    # Either number of people has a table: one number of columns, plain and private, reduced and not.
    assert figures(app).count("<tbody>") == 2
    assert figures(app).count("<td>") == 2 * 4
    assert figures(app).count("<small>") == 2 * 2
    assert all(WORDS[f"dimensions.change_{change}"] in shown for change in ("better", "same", "unclear", "worse"))
    assert phrase_in(LANGUAGES["ko"], "dimensions.change", method="PCA") in shown
    assert phrase_in(LANGUAGES["ko"], "dimensions.change", method="SVD") in markup(
        move(app, "dimensions_method", "svd")
    )
    assert len(app.get("plotly_chart")) == 4
    assert {"dimensions_csv", "dimensions_svg"} <= {
        button.proto.id.rsplit("-", 1)[1] for button in app.get("download_button")
    }
    assert all(not bought.ledger.entries for bought in app.session_state["releases"].values())


def test_measuring_can_be_called_off_and_begun_again():
    app = press(visit("lab", section="dimensions", seed="62"), "dimensions_run")
    (stop,) = [button for button in app.button if button.key.startswith("call_off_")]

    calm(stop.click().run())

    assert any(WORDS["jobs.called_off"] in info.value for info in app.info)
    assert app.get_by_key("dimensions_run")
