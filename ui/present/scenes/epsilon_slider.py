"""The ε slider on the stage: moved by whoever leads, followed by every screen of the room."""

import streamlit as st

from core.limits import EPSILON_CHOICES, EPSILON_DEFAULT
from ui import figures, session
from ui.markup import show
from ui.present.scene_state import read_epsilon
from ui.present.stage import Stage
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
    epsilon = read_epsilon(stage.state)
    if epsilon is not None and epsilon != session.settings.epsilon:
        session.choose(epsilon=epsilon)


def step(stage: Stage, by: int) -> bool:
    """Lower ε to the next choice, or raise it again up to where the scene begins: on towards stronger protection."""
    at = EPSILON_CHOICES.index(session.settings.epsilon) - by
    if at < 0 or (by < 0 and at > EPSILON_CHOICES.index(EPSILON_DEFAULT)):
        return False
    session.choose(epsilon=EPSILON_CHOICES[at])
    _update_room(stage)
    return True


def _update_room(stage: Stage) -> None:
    """Let the room carry ε to every other screen: whatever changes a scene at ε does so."""
    stage.set_state()
