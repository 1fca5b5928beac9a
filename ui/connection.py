"""The connection to the server: while it is down the screen says so and takes no taps, which nobody would hear."""

import secrets
from typing import Any

import streamlit as st

from ui.compare.pair import LOADER
from ui.markup import show
from ui.server.static import served
from ui.text import phrase

RUN_BYTES = 4


@st.cache_resource(show_spinner=False)
def _component() -> Any:  # noqa: ANN401 - Streamlit's renderer protocol is not exported
    return st.components.v2.component("sagram_connection", js=LOADER.format(address=served("connection.js")))


def watch() -> None:
    """Watch the connection, and run the whole page once it is back.

    Called outside fragments, which a new server forgets.
    """
    with st.container(key="connection_notice"):
        show("connection_notice")
    # Nobody sees it: whether Streamlit has disabled it tells the browser whether the connection is down.
    st.button(phrase("frame.connection_lost"), key="connection_probe")
    _component()(key="connection", data={"run": ""}, on_back_change=_nothing)


def acknowledge() -> None:
    """Tell the browser that the server has drawn this screen and hears what is tapped on it."""
    _component()(key="connection_acknowledged", data={"run": secrets.token_hex(RUN_BYTES)})


def _nothing() -> None:
    """Let the page run."""
