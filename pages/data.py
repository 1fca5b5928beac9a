"""Data: generate it, open it, or upload it; then look at it."""

import streamlit as st

from ui import frame, preview, session, sources
from ui.privacy import cap
from ui.text import phrase

frame.title("data")
sources.choose()
st.header(phrase("data.preview"), anchor=False)
preview.show_table(session.table())
cap.panel(session.table())
with st.container(horizontal=True, key="next"):
    frame.link("compare", label="data.next", icon=":material/arrow_forward:")
