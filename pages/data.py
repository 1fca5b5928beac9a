"""Data: generate it, open it, or upload it; then look at it."""

import streamlit as st

from store.ledgers import ledger_store
from ui import frame, session
from ui.data import bounds, pending, preview, sources
from ui.privacy import cap
from ui.spending import kept_upload, ledgers
from ui.text import phrase

ledgers.keep_in(ledger_store())
frame.draw_title("data")
sources.draw_sources()
st.header(phrase("data.preview"), anchor=False)
if pending.find() is None:
    with st.container(horizontal=True, key="next"):
        frame.draw_link("compare", label="data.next", icon=":material/arrow_forward:")
preview.show_table(session.table())
kept_upload.draw()
cap.draw(session.table())
st.header(phrase("data.bounds"), anchor=False)


@st.fragment
def draw_bounds() -> None:
    """Everything that follows the chosen column and its bounds."""
    frame.begin_fragment()
    bounds.draw(session.table())
    session.share()


draw_bounds()
