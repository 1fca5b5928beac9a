"""Before the first scene: the QR code, the room's code, and how many have joined."""

import streamlit as st

from store.survey import SurveyStore
from ui import figures, frame
from ui.markup import show
from ui.present import join, stage_state

REFRESH_SECONDS = 1.5


def draw(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw how to get in, large enough for the last row."""
    if now.room is None:
        show("stage_alone")
        return
    with st.container(key="lobby", horizontal=True, vertical_alignment="center"):
        way_in(now)
        _joined(store, now)


def way_in(now: stage_state.Shown) -> None:
    """Draw the QR code with the address and the code beside it."""
    assert now.room is not None  # noqa: S101 - the callers asked
    address, link = join.address(), join.link(now.room)
    show(
        "stage_join",
        code=now.room.code,
        address="" if address is None else address.spoken,
        qr="" if link is None else join.qr(link),
        is_local=address is not None and address.is_local,
        is_open=now.room.is_open,
    )


@st.fragment(run_every=REFRESH_SECONDS)
def _joined(store: SurveyStore, now: stage_state.Shown) -> None:
    frame.begin_fragment()
    room = stage_state.glance(store, now)
    if room is not None:
        show("stage_joined", joined=figures.number(room.joined))
