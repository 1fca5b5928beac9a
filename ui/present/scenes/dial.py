"""The ε slider on the stage: moved by whoever leads, followed by every screen of the room."""

import streamlit as st

from core.limits import EPSILON_CHOICES
from store.survey import SurveyStore
from ui import figures, session
from ui.markup import show
from ui.present import stage_state
from ui.settings import SETTINGS
from ui.text import phrase


def epsilon(store: SurveyStore, now: stage_state.Shown) -> float:
    """Draw the slider and return ε."""
    follow(now)
    with st.container(key="dial"):
        st.select_slider(
            phrase("controls.epsilon"),
            EPSILON_CHOICES,
            format_func=figures.epsilon,
            key="epsilon",
            persist_state="session",
            disabled=not now.leads,
            on_change=_tell,
            args=(store, now),
        )
        show("ends", low=phrase("controls.epsilon_low"), high=phrase("controls.epsilon_high"))
    return float(session.value("epsilon"))


def follow(now: stage_state.Shown) -> None:
    """Choose the ε that the room's stage says, whatever this session last chose."""
    try:
        told = SETTINGS["epsilon"].read(now.stage.get("epsilon", ""))
    except ValueError:
        return
    if told != session.value("epsilon"):
        session.choose(epsilon=told)


def nudge(store: SurveyStore, now: stage_state.Shown, by: int) -> None:
    """Move ε to the next or former choice."""
    if not now.leads:
        return
    at = EPSILON_CHOICES.index(session.value("epsilon")) + by
    session.choose(epsilon=EPSILON_CHOICES[min(max(at, 0), len(EPSILON_CHOICES) - 1)])
    _tell(store, now)


def _tell(store: SurveyStore, now: stage_state.Shown) -> None:
    stage_state.move(store, now, stage=now.stage)
