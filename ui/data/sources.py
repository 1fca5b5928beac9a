"""Choose a data source, and set what it asks for."""

import streamlit as st

from core.data import GENERATED, PROTOTYPE, SAMPLE, SOURCES, UPLOAD
from core.limits import PERSONAS_MAX, PERSONAS_MIN, SEED_MAX
from ui import choices, figures, session
from ui.data import pending, upload
from ui.markup import show
from ui.settings import PEOPLE_CHOICES, SHARE_CHOICES
from ui.text import phrase

#: Icons of the sources; another source has ``ICON_DEFAULT``.
ICONS = {
    GENERATED.key: ":material/auto_awesome:",
    PROTOTYPE.key: ":material/history:",
    SAMPLE.key: ":material/shopping_basket:",
    UPLOAD.key: ":material/upload_file:",
}
ICON_DEFAULT = ":material/database:"


def draw_sources() -> None:
    """Draw all sources and the controls of the one chosen; the data at hand changes only to what is there."""
    st.session_state.setdefault("way", session.settings.data)
    way = choices.draw_segments(
        "sources.way",
        list(SOURCES),
        lambda way: f"{ICONS.get(way, ICON_DEFAULT)} {phrase(f'sources.{way}')}",
        on_change=_select_source,
        label_visibility="collapsed",
    )
    if way != UPLOAD.key or (pending.find() is None and st.session_state.get("file") is None):
        show("lead", text=phrase(f"sources.{way}_lead"))
    if way in CONTROLS:
        CONTROLS[way]()


def _select_source() -> None:
    way = st.session_state["way"]
    if SOURCES[way].load is not None or session.upload() is not None:
        session.choose(data=way)


def _draw_generator() -> None:
    with st.container(key="generator", horizontal=True):
        choices.draw_steps("sources.people", PEOPLE_CHOICES, figures.people, width=320)
        choices.draw_range("sources.personas", PERSONAS_MIN, PERSONAS_MAX, width=320)
        for share in ("overlap", "inequality"):
            choices.draw_steps(f"sources.{share}", SHARE_CHOICES, figures.share, width=320)
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


#: What a source lets the visitor set, where it does.
CONTROLS = {GENERATED.key: _draw_generator, UPLOAD.key: upload.draw_steps}
