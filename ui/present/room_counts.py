"""How many are in a room, for its presenter, who also sees when more crowd in than a hall can hold."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from core.survey.problems import SurveyError
from ui import figures, frame
from ui.markup import show
from ui.present.stage import Stage

_MINUTE = timedelta(minutes=1)


@st.fragment
def draw(stage: Stage) -> None:
    """Draw who is in the room, and go along when another screen has led it on."""
    frame.begin_fragment()
    room = stage.follow_room("counts")
    if room is None:
        return
    try:
        lately = stage.store.joins_since(room, datetime.now(UTC) - _MINUTE)
    except SurveyError:
        lately = 0
    show(
        "speaker_room",
        code=room.code,
        joined=figures.number(room.joined),
        lately=figures.number(lately),
        finished=figures.number(room.finished),
        is_open=room.is_open,
        is_revealed=room.is_revealed,
    )
