"""The ways to get data: invent it, open the 2020 preset or the real sample, or upload a file."""

import streamlit as st

from core.data import Source
from core.limits import PERSONAS_MAX, PERSONAS_MIN, SEED_MAX
from ui import figures, session
from ui.data import upload
from ui.markup import show
from ui.settings import PEOPLE_CHOICES, SHARE_CHOICES
from ui.text import phrase

ICONS = {
    Source.GENERATED: ":material/auto_awesome:",
    Source.PROTOTYPE: ":material/history:",
    Source.SAMPLE: ":material/shopping_basket:",
    Source.UPLOAD: ":material/upload_file:",
}


def choose() -> None:
    """Draw the four ways and the controls of the one chosen; the data at hand changes only to what is there."""
    st.session_state.setdefault("way", str(session.value("data")))
    way = st.segmented_control(
        phrase("sources.way"),
        [str(source) for source in ICONS],
        format_func=lambda way: f"{ICONS[Source(way)]} {phrase(f'sources.{way}')}",
        required=True,
        key="way",
        persist_state="session",
        on_change=_take,
        label_visibility="collapsed",
    )
    show("lead", text=phrase(f"sources.{way}_lead"))
    if way == Source.GENERATED:
        _generator()
    elif way == Source.UPLOAD:
        upload.wizard()


def _take() -> None:
    way = st.session_state["way"]
    if way != Source.UPLOAD or session.upload() is not None:
        session.choose(data=way)


def _generator() -> None:
    with st.container(key="generator", horizontal=True):
        st.select_slider(
            phrase("sources.people"),
            PEOPLE_CHOICES,
            format_func=figures.people,
            key="people",
            persist_state="session",
            width=320,
        )
        st.slider(
            phrase("sources.personas"),
            PERSONAS_MIN,
            PERSONAS_MAX,
            key="personas",
            persist_state="session",
            width=320,
        )
        for share in ("overlap", "inequality"):
            st.select_slider(
                phrase(f"sources.{share}"),
                SHARE_CHOICES,
                format_func=figures.share,
                key=share,
                persist_state="session",
                help=phrase(f"sources.{share}_why"),
                width=320,
            )
        st.number_input(
            phrase("sources.seed"),
            min_value=0,
            max_value=SEED_MAX,
            step=1,
            key="seed",
            persist_state="session",
            help=phrase("sources.seed_why"),
            width=320,
        )
