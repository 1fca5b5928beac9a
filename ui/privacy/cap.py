"""The cap of people's data: chosen before the first release, locked by it."""

import math

import streamlit as st

from core.data import Table
from core.privacy.cap import CAP_MAX, CapError
from core.privacy.ledger import Ledger
from core.privacy.ledger_store import LedgerStoreError
from ui import figures, releases, session
from ui.markup import show
from ui.spending import demonstration
from ui.text import phrase


def draw(table: Table) -> None:
    """Draw the cap of a table of people: to be set while nothing was released, shown and explained afterwards."""
    ledger = releases.ledger(table)
    if ledger.cap is None:
        return
    with st.container(key="cap", horizontal=True, vertical_alignment="bottom"):
        show("cap", locked=ledger.is_locked, cap=figures.epsilon(ledger.cap), spent=figures.epsilon(ledger.spent))
        if not ledger.is_locked:
            _draw_field(ledger)
    demonstration.draw_restart(table)
    refusal = st.session_state.pop("cap_refusal", None)
    if refusal is not None:
        st.error(refusal, icon=":material/error:")


def _draw_field(ledger: Ledger) -> None:
    # The ledger decides: a refused value does not stay in the field, and limits are answered with a sentence.
    st.session_state["cap_value"] = ledger.cap
    st.number_input(phrase("ledger.cap_value"), step=1.0, format="%g", key="cap_value", on_change=_set, width=220)


def _set() -> None:
    ledger = releases.ledger(session.table())
    asked = st.session_state["cap_value"]
    try:
        ledger.set_cap(math.nan if asked is None else float(asked))
    except CapError as refusal:
        st.session_state["cap_refusal"] = describe_refusal(refusal)
    except LedgerStoreError:
        st.session_state["cap_refusal"] = phrase("offer.unreachable")


def describe_refusal(refusal: CapError) -> str:
    """Say why a cap was refused and what to do."""
    return phrase(f"ledger.cap_{refusal.problem}", spent=figures.epsilon(refusal.spent), limit=figures.epsilon(CAP_MAX))
