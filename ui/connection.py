"""The connection to the server: while it is down the screen says so and takes no taps, which nobody would hear."""

import secrets

import streamlit as st

from ui.components import component
from ui.markup import show
from ui.text import phrase

RUN_BYTES = 4


def watch() -> None:
    """Watch the connection, and run the whole page once it is back.

    Called outside fragments, which a new server forgets.
    """
    with st.container(key="connection_notice"):
        show("connection_notice")
    # Nobody sees it: whether Streamlit has disabled it tells the browser whether the connection is down.
    st.button(phrase("frame.connection_lost"), key="connection_probe")
    component("connection")(key="connection", data={"run": ""}, on_back_change=_nothing)


def acknowledge() -> None:
    """Tell the browser that the server has drawn this screen and hears what is tapped on it."""
    component("connection")(key="connection_acknowledged", data={"run": secrets.token_hex(RUN_BYTES)})


def _nothing() -> None:
    """Let the page run."""
