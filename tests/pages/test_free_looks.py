"""A page that draws itself again because it has just bought something is no look at what it bought."""

import pytest
import streamlit as st

from tests.pages.test_data import uploaded
from tests.pages.visit import go, go_and_pay, pay
from ui import frame

PEOPLE = b"id,food (10k won),transport (10k won),health (10k won),products\n" + b"".join(
    b"p%d,%d,%d,%d,card-dining\n" % (n, 30 + n % 7, 10 + n % 5, 5 + n % 3) for n in range(60)
)
#: A page and what it sells of an upload.
BUYING = [("compare", ["release"]), ("recommend", ["release", "products"])]


@pytest.fixture(autouse=True)
def as_fragments(monkeypatch):
    """Let pages think that they run without their frame, as in a browser when a slider moves."""
    begin = frame.begin_fragment

    def alone():
        st.session_state["whole_run"] = False
        begin()

    monkeypatch.setattr(frame, "begin_fragment", alone)


def served_again(app):
    """Return how often something bought was looked at again."""
    (bought,) = (kept for kept in app.session_state["releases"].values() if kept.ledger.entries)
    return bought.n_cache_hits


def entries(app):
    """Return what was bought, in order."""
    return [entry.what for kept in app.session_state["releases"].values() for entry in kept.ledger.entries]


@pytest.mark.parametrize(("page", "bought"), BUYING)
def test_only_coming_back_is_a_free_look_and_the_redrawing_after_a_purchase_is_none(page, bought):
    app = pay(go_and_pay(uploaded(PEOPLE), page), "products")

    assert entries(app) == bought
    assert "spent" not in app.session_state  # the purchase has drawn the page anew
    assert served_again(app) == 0

    go(go(app, "home"), page)

    assert entries(app) == bought
    assert served_again(app) == len(bought)
