"""Which part of the privacy page is open; a link restores it."""

import streamlit as st

from ui import session
from ui.settings import PRIVACY_PARTS
from ui.text import phrase


def choose() -> str:
    """Draw the choice of parts and return the open one."""
    if len(PRIVACY_PARTS) > 1:
        st.segmented_control(
            phrase("privacy.part"),
            PRIVACY_PARTS,
            format_func=lambda part: phrase(f"privacy.part_{part}"),
            required=True,
            key="part",
            persist_state="session",
            label_visibility="collapsed",
        )
    return session.settings.part
