"""The ledger of people who are public already: it shows how one would fill up, and may start anew."""

import streamlit as st

from core.data import Table
from core.privacy.ledger_store import LedgerStoreError
from ui import releases
from ui.spending import ledgers
from ui.text import phrase


def draw_restart(table: Table) -> None:
    """Draw the button that starts the ledger anew, once there is something in it; for demonstrations only."""
    if not ledgers.is_demonstration(table) or not releases.ledger(table).entries:
        return
    st.button(
        phrase("offer.start_anew"),
        key="start_anew",
        icon=":material/restart_alt:",
        on_click=_restart,
        args=(table,),
        help=phrase("offer.start_anew_why"),
    )


def _restart(table: Table) -> None:
    try:
        releases.restart(table)
    except LedgerStoreError:
        st.session_state["cap_refusal"] = phrase("offer.unreachable")
