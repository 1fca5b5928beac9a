"""The privacy page: the ledger as it stands, nothing bought by looking at it."""

import re
from datetime import date

import numpy as np
import pytest

from core.data import UPLOAD, Column, Table, Transform
from core.privacy.accounting import BudgetCheck
from core.privacy.cap import CapProblem
from core.privacy.ledger import Ledger
from core.privacy.mechanisms import Mechanism, Mechanisms
from core.release.export import ReleaseDocument
from core.release.receipt import NotCovered, Receipt, SeedPolicy
from tests.pages.visit import go, go_and_pay, ledger, markup, move, press, says, visit, visit_and_pay
from ui.privacy import deployments, receipt
from ui.settings import PRIVACY_PARTS
from ui.text import phrases

WORDS = phrases("ko")
#: What one rerun may send.
PAYLOAD_BYTES_MAX = 60_000


def errors(app):
    """Return what the page says went wrong."""
    return [error.value for error in app.error]


@pytest.mark.parametrize("data", ["generated", "prototype", "sample"])
def test_looking_at_the_ledger_releases_nothing(data):
    app = visit("privacy", data=data)

    assert ledger(app).entries == ()
    assert says(app, "ledger.empty")
    assert says(app, "privacy.nothing")


def test_a_release_of_people_is_told_with_its_price_and_its_noise():
    app = go(visit_and_pay("compare", data="sample"), "privacy")

    shown = markup(app)
    assert "ε 1 / 10" in shown
    assert WORDS["ledger.verdict_agrees"] in shown
    for charge in ("people", "mean", "radius", "covariance", "histogram", "last_step"):
        assert WORDS[f"ledger.charge_{charge}"] in shown
    assert WORDS["marks.people"] in shown
    assert len(ledger(app).entries) == 1


def test_practice_data_says_that_it_is_free_and_not_private():
    app = go(visit("compare"), "privacy")

    assert says(app, "ledger.lead_practice")
    assert says(app, "privacy.practice")
    assert WORDS["marks.practice"] in markup(app)
    assert WORDS["marks.insider"] not in markup(app)


def test_the_prototypes_two_queries_are_told_with_how_often_they_were_asked():
    shown = markup(go(visit("compare", data="prototype", engine="prototype"), "privacy"))

    assert f"{WORDS['ledger.charge_counts']} × 5" in shown
    assert WORDS["ledger.this_k"].format(k=4) in shown


def test_many_releases_are_listed_without_growing_the_page_beyond_bounds():
    app = visit("compare")
    for epsilon in (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0):
        move(app, "epsilon", epsilon)
    go(app, "privacy")

    assert len(ledger(app).entries) == 13
    assert says(app, "ledger.older")
    assert says(app, "privacy.beyond")
    sent = [piece.proto.body for piece in app.html if not piece.proto.body.startswith("<style>")]
    assert sum(len(body.encode()) for body in sent) < PAYLOAD_BYTES_MAX


def test_the_meter_beside_every_page_leads_to_the_ledger():
    app = visit_and_pay("compare", data="sample")
    assert app.get_by_key("price").label == "ε 1 / 10 · 장부"

    for key in ("open_ledger", "price"):
        press(app, key)
        assert WORDS["privacy.title"] in [title.value for title in app.title]
        go(app, "compare")


def test_the_price_is_told_where_nothing_more_can_be_bought():
    app = visit_and_pay("compare", data="sample", epsilon="10")
    move(app, "epsilon", 5.0)

    press(app, "price")

    assert "ε 10 / 10" in markup(app)
    assert says(app, "ledger.locked")


# --- the cap -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["data", "privacy"])
def test_the_cap_of_people_can_be_set_before_the_first_release(page):
    app = move(visit(page, data="sample"), "cap_value", 3.0)

    assert ledger(app).cap == 3.0
    assert "ε 0 / 3" in markup(app)
    assert not errors(app)


@pytest.mark.parametrize("page", ["data", "privacy"])
def test_the_first_release_locks_the_cap(page):
    app = go(visit_and_pay("compare", data="sample"), page)

    assert not [field for field in app.number_input if field.key == "cap_value"]
    assert says(app, "ledger.cap_why_locked")


@pytest.mark.parametrize("cap", [0.0, -1.0, 100.5, 1e300, float("nan"), float("inf"), None])
def test_a_cap_out_of_range_is_refused_with_a_sentence_and_changes_nothing(cap):
    app = move(visit("data", data="sample"), "cap_value", cap)

    assert errors(app) == [WORDS["ledger.cap_out_of_range"].format(limit=100)]
    assert ledger(app).cap == 10.0
    assert app.get_by_key("cap_value").value == 10.0
    assert not errors(app.run())


def test_a_cap_set_from_a_page_that_is_older_than_the_first_release_is_refused():
    app = visit("data", data="sample")
    ledger(app).charge("release", 5.0)

    move(app, "cap_value", 2.0)
    assert errors(app) == [WORDS["ledger.cap_below_spent"].format(spent=5)]


def test_a_cap_raised_from_a_page_that_is_older_than_the_first_release_is_refused():
    app = visit("data", data="sample")
    ledger(app).charge("release", 5.0)

    move(app, "cap_value", 20.0)

    assert errors(app) == [WORDS["ledger.cap_locked"].format(spent=5)]
    assert ledger(app).cap == 10.0


@pytest.mark.parametrize("page", ["data", "privacy"])
def test_practice_data_has_no_cap_to_set(page):
    assert "cap_value" not in [field.key for field in visit(page).number_input]


def test_a_small_cap_holds_on_the_compare_page():
    app = go_and_pay(move(visit("data", data="sample"), "cap_value", 1.5))

    move(app, "epsilon", 0.7)

    assert app.get_by_key("pay_release").disabled
    assert says(app, "offer.too_much")
    assert ledger(app).spent == 1.0


# --- what may be taken along -------------------------------------------------------------------------------------


@pytest.fixture
def downloads(monkeypatch):
    """Write what every download button would save."""
    import streamlit as st  # noqa: PLC0415 - the pages' own module is patched

    saved, button = {}, st.download_button

    def keep(label, data, *arguments, **named):
        saved[named["key"]] = data
        return button(label, data, *arguments, **named)

    monkeypatch.setattr(st, "download_button", keep)
    return saved


@pytest.mark.parametrize(("page", "link"), [("compare", {"data": "sample"}), ("recommend", {"data": "generated"})])
def test_everything_released_can_be_taken_along_and_read_back(downloads, page, link):
    app = go(visit_and_pay(page, **link), "privacy")

    read = ReleaseDocument.from_json(downloads["take_releases"]())

    (only,) = app.session_state["releases"].values()
    assert set(read.releases) == {entry.number for entry in only.ledger.entries}
    assert all(read.releases[entry.number].to_json() == only.find(entry).to_json() for entry in only.ledger.entries)
    assert read.receipt["guarantee"]["epsilon"] == only.ledger.spent
    assert all(line["columns"] == read.receipt["columns"] for line in read.receipt["releases"])


def test_the_receipt_is_a_page_of_its_own_that_says_what_was_paid(downloads):
    go(visit_and_pay("compare", data="sample", epsilon="2"), "privacy")

    page = downloads["take_receipt"]()

    assert page.startswith("<!doctype html>")
    assert '<html lang="ko">' in page
    assert "<strong>ε 2</strong>" in page
    for key in ("ledger.verdict_agrees", "receipt.noise_cylinder_k_norm", "receipt.seed_operating_system"):
        assert WORDS[key] in page
    assert WORDS["receipt.not_insider_views"] in page
    assert WORDS["receipt.not_known_noise"] not in page
    assert "2,469" not in page


def test_a_receipt_with_nothing_released_is_calm_and_has_no_empty_table(downloads):
    visit("privacy", data="sample")

    page = downloads["take_receipt"]()

    assert WORDS["receipt.nothing"] in page
    assert f"<h2>{WORDS['receipt.entries']}</h2>" not in page
    assert "<table>" not in page


def test_the_receipt_of_practice_data_says_that_its_noise_is_known(downloads):
    visit("privacy", lang="en")

    page, words = downloads["take_receipt"](), phrases("en")

    assert words["receipt.practice"] in page
    assert words["receipt.not_known_noise"] in page
    assert not re.search("[가-힣]", page)


def test_names_of_columns_cannot_smuggle_anything_into_the_receipt():
    column = Column(key="x", labels={"ko": "<b>x", "en": "<b>x"}, unit="", lower=0.0, upper=1.0)
    table = Table(columns=(column,), values=np.zeros((1, 1), np.float32), source=UPLOAD, content_key="k")

    page = receipt.render_receipt(Receipt.of(Ledger(cap=1.0), columns=(column,)), table, issued=date(2026, 5, 28))

    assert "&lt;b&gt;x" in page
    assert "<b>x" not in page


#: Names of all charges; ``test_every_charge_of_a_release_names_the_mechanism_it_was_drawn_by`` finds any other.
CHARGES = (
    "people", "histogram", "counts", "sums", "products", "mean", "second_mean", "first_step", "last_step",
    "covariance", "moment", "radius", "bounds",
)  # fmt: skip

# --- words for everything ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("ledger.charge_", CHARGES),
        ("ledger.verdict_", BudgetCheck),
        ("ledger.cap_", CapProblem),
        ("receipt.noise_", Mechanism),
        ("receipt.seed_", SeedPolicy),
        ("receipt.not_", NotCovered),
        ("receipt.transform_", Transform),
        ("privacy.part_", PRIVACY_PARTS),
        ("privacy.known_", [each.key for each in deployments.read_deployments()]),
        ("privacy.unit_", [each.unit for each in deployments.read_deployments()]),
    ],
)
def test_everything_on_the_page_has_its_word(prefix, names):
    assert not [name for name in names if f"{prefix}{name}" not in WORDS]


# --- the values of others ----------------------------------------------------------------------------------------


def test_published_values_stand_in_order_within_the_axis():
    values = [each.epsilon for each in deployments.read_deployments()]

    assert values == sorted(values)
    assert all(deployments.LEAST <= value <= deployments.MOST for value in values)
    assert [deployments.place(tick) for tick in deployments.TICKS] == [0, 33.3, 66.7, 100]
    assert (deployments.place(0.01), deployments.place(1e6)) == (0, 100)


def test_this_data_is_marked_among_the_published_values():
    shown = markup(go(visit_and_pay("compare", data="sample", epsilon="3"), "privacy"))

    assert shown.count('class="scale-dot ours" style="left:') == 1
    assert f'class="scale-dot ours" style="left: {deployments.place(3.0)}%"' in shown
    assert "δ\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}10⁻¹⁰" in shown


def test_nothing_released_has_no_place_among_the_published_values():
    assert 'class="scale-dot ours" style="left:' not in markup(visit("privacy", data="sample"))


# --- the accountants' cross-check --------------------------------------------------------------------------------


def test_a_noise_call_that_does_not_tell_is_seen_on_the_page(monkeypatch, downloads):
    honest = Mechanisms._charge

    def forgetful(self, name, epsilon, mechanism):
        spent = honest(self, name, epsilon, mechanism)
        if name == "histogram":
            self._charges.pop()
        return spent

    monkeypatch.setattr(Mechanisms, "_charge", forgetful)
    app = go(visit_and_pay("compare", data="sample"), "privacy")

    assert says(app, "ledger.verdict_missing")
    assert not says(app, "ledger.verdict_agrees")
    assert WORDS["ledger.verdict_missing"] in downloads["take_receipt"]()
    assert ReleaseDocument.from_json(downloads["take_releases"]()).receipt["releases"][0]["verdict"] == "missing"


def test_what_is_seen_again_is_counted_as_free():
    app = visit_and_pay("compare", data="sample")
    for k in (5, 6, 7):
        move(app, "k", k)
    go(app, "privacy")

    (only,) = app.session_state["releases"].values()
    assert only.n_cache_hits >= 3
    assert WORDS["ledger.served_again"].format(n=only.n_cache_hits) in markup(app)
    assert only.ledger.spent == 1.0


def test_a_link_opens_the_part_it_names_and_an_unknown_part_falls_back():
    assert visit("privacy", part="names").session_state["part"] == "names"

    app = visit("privacy", part="secrets")
    assert app.session_state["part"] == "ledger"
    assert says(app, "ledger.empty")
