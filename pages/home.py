"""Start: what this is in one minute, and the way in."""

import streamlit as st

from store.ledgers import ledger_store
from ui import frame
from ui.markup import show
from ui.spending import ledgers
from ui.text import phrase

STEPS = ("data", "noise", "groups", "products")

ledgers.keep_in(ledger_store())
show("hero", title=phrase("home.title"), lead=phrase("home.lead"))
with st.container(key="ways", horizontal=True):
    frame.draw_link("compare", label="home.try", icon=":material/compare:")
    frame.draw_link("data", label="home.data", icon=":material/upload_file:")
    frame.draw_link("survey", label="home.survey", icon=":material/rate_review:")
show("steps", steps=[(name, *phrase(f"home.step_{name}").split("|")) for name in STEPS])
show("promise")
