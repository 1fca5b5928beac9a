"""The k-means player: plain beside private, mini-batch or synopsis; every step, its noise and its ε."""

import streamlit as st

from core.data import Table
from core.limits import EPSILON_CHOICES
from ui import figures, session
from ui.components import component
from ui.lab import player_payload
from ui.lab.player_traces import PlayedMethod, PlayedRun
from ui.markup import show
from ui.settings import PLAYED_K_MAX, PLAYED_K_MIN, PLAYED_SEED_MAX, PLAYED_WAYS
from ui.text import phrase


def screen(_table: Table) -> None:
    """Draw the choices and the player of the chosen run, which moves in the browser and asks the server for nothing."""
    _draw_choices()
    run = PlayedRun.from_settings()
    if run.method is PlayedMethod.BATCH and session.settings.only_public:
        show("quiet", text=phrase("played.insider_only"))
        return
    component("lab/played")(key="played", data=player_payload.build_payload(run))
    show("quiet", text=phrase("played.practice"))


def _draw_choices() -> None:
    """Draw the settings: method, k, ε and another start."""
    with st.container(key="played_choices", horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            phrase("played.way"),
            PLAYED_WAYS,
            format_func=lambda way: phrase(f"played.way_{way}"),
            required=True,
            key="played_way",
            persist_state="session",
        )
        st.slider(phrase("played.k"), PLAYED_K_MIN, PLAYED_K_MAX, key="played_k", persist_state="session")
        st.select_slider(
            phrase("played.epsilon"),
            EPSILON_CHOICES,
            format_func=figures.epsilon,
            key="played_epsilon",
            persist_state="session",
            disabled=session.settings.played_way == PlayedMethod.BATCH,
        )
        st.button(
            phrase("played.again", seed=session.settings.played_seed),
            key="played_again",
            icon=":material/casino:",
            on_click=_choose_another_start,
            help=phrase("played.again_why"),
        )


def _choose_another_start() -> None:
    session.choose(played_seed=(session.settings.played_seed + 1) % (PLAYED_SEED_MAX + 1))
