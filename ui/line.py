"""The line to the server: while it is down the screen says so, and nothing is tapped that nobody would hear."""

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
    return st.components.v2.component("sagram_line", js=LOADER.format(address=served("line.js")))


def watch() -> None:
    """Watch the line, and run the whole page when it is back; call it outside fragments, which a new server forgets."""
    with st.container(key="line_said"):
        show("line")
    # Nobody sees it: whether Streamlit has disabled it tells the browser whether the line is down.
    st.button(phrase("frame.line_down"), key="line_witness")
    _component()(key="line", data={"run": ""}, on_back_change=_nothing)


def drawn() -> None:
    """Tell the browser that the server has drawn this screen and hears what is tapped on it."""
    _component()(key="line_drawn", data={"run": secrets.token_hex(RUN_BYTES)})


def _nothing() -> None:
    """Let the page run."""
