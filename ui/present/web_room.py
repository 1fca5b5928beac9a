"""The open room, to which people come without a presenter: whoever has the key may look after it."""

from dataclasses import replace

import streamlit as st

from core.survey.problems import SurveyError
from core.survey.rooms import WEB_ROOM
from ui.present import controls, moderation, presenter_auth, room_counts
from ui.present.stage import Stage
from ui.text import phrase


def draw(stage: Stage) -> None:
    """Draw who is in it, what was written there, and what closes it, clears it or takes its answers along."""
    if not presenter_auth.is_presenter():
        return
    try:
        room = stage.store.room(WEB_ROOM)
    except SurveyError:
        # Nobody has come yet, or nothing can be done now.
        return
    here = replace(stage, room=room)
    with st.expander(phrase("present.web_room"), icon=":material/public:", key="web_room"):
        room_counts.draw(here)
        with st.container(horizontal=True):
            controls.draw_room_switches(here)
            moderation.draw_download(here)
        moderation.draw_texts(here)
        moderation.draw_reset(here)
