"""The ε slider on the stage: moved by whoever leads, followed by every screen of the room."""

import streamlit as st

from core.limits import EPSILON_CHOICES
from ui import figures, session
from ui.markup import show
from ui.present.stage import Stage
from ui.settings import SETTINGS
from ui.text import phrase


def draw(stage: Stage) -> float:
    """Draw the slider and return ε."""
    follow_room(stage)
    with st.container(key="dial"):
        st.select_slider(
            phrase("controls.epsilon"),
            EPSILON_CHOICES,
            format_func=figures.epsilon,
            key="epsilon",
            persist_state="session",
            disabled=not stage.leads,
            on_change=_update_room,
            args=(stage,),
        )
        show("ends", low=phrase("controls.epsilon_low"), high=phrase("controls.epsilon_high"))
    return session.settings.epsilon


def follow_room(stage: Stage) -> None:
    """Choose the ε that the room's stage says, whatever this session last chose."""
    try:
        epsilon = SETTINGS["epsilon"].read(stage.state.get("epsilon", ""))
    except ValueError:
        return
    if epsilon != session.settings.epsilon:
        session.choose(epsilon=epsilon)


def step(stage: Stage, by: int) -> None:
    """Move ε to the next or former choice."""
    at = EPSILON_CHOICES.index(session.settings.epsilon) + by
    session.choose(epsilon=EPSILON_CHOICES[min(max(at, 0), len(EPSILON_CHOICES) - 1)])
    _update_room(stage)


def _update_room(stage: Stage) -> None:
    """Let the room carry ε to every other screen: whatever changes a scene at ε does so."""
    stage.set_state()
