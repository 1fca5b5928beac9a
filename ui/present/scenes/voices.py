"""Scene 6: the survey on the phones, and how far the room is."""

import streamlit as st

from core.survey.store import SurveyStore
from ui import figures, frame
from ui.markup import show
from ui.present import lead
from ui.present.scenes import lobby

REFRESH_SECONDS = 2.0


def draw(store: SurveyStore, now: lead.Shown) -> None:
    """Draw how to answer and how many have."""
    if now.room is None:
        show("stage_alone")
        return
    with st.container(key="lobby", horizontal=True, vertical_alignment="center"):
        lobby.way_in(now)
        _answering(store, now)


@st.fragment(run_every=REFRESH_SECONDS)
def _answering(store: SurveyStore, now: lead.Shown) -> None:
    frame.begin_fragment()
    room = lead.glance(store, now)
    if room is not None:
        show("stage_answering", joined=figures.number(room.joined), finished=figures.number(room.finished))
