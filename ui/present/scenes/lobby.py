"""Before the first scene: the QR code, the room's code, and how many have joined."""

import streamlit as st

from ui import figures, frame
from ui.markup import show
from ui.present import join
from ui.present.stage import LOBBY, Scene, Stage
from ui.survey import companion


def draw(stage: Stage) -> None:
    """Draw how to get in, large enough for the last row."""
    if stage.room is None:
        show("stage_alone")
        return
    with st.container(key="lobby", horizontal=True, vertical_alignment="center"):
        show_way_in(stage)
        _draw_joined(stage)


def show_way_in(stage: Stage) -> None:
    """Draw the QR code with the address and the code beside it."""
    assert stage.room is not None  # noqa: S101 - the callers asked
    address, link = join.find_address(), join.room_link(stage.room)
    show(
        "stage_join",
        code=stage.room.code,
        address="" if address is None else address.without_scheme,
        qr="" if link is None else join.make_qr(link),
        is_local=address is not None and address.is_local,
        is_open=stage.room.is_open,
    )


@st.fragment
def _draw_joined(stage: Stage) -> None:
    frame.begin_fragment()
    room = stage.hear_room("joined")
    if room is not None:
        show("stage_joined", joined=figures.number(room.joined))


SCENE = Scene(number=LOBBY, name="lobby", picture="groups", draw=draw, phone=companion.look_up)
