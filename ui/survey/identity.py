"""The random letters by which a room knows a phone again: made by the phone, kept by the phone, never in an address."""

from typing import Any

import streamlit as st

from core.survey.answers import check_token
from core.survey.problems import SurveyError
from ui.compare.pair import LOADER
from ui.server.static import served


@st.cache_resource(show_spinner=False)
def _component() -> Any:  # noqa: ANN401 - Streamlit's renderer protocol is not exported
    return st.components.v2.component("sagram_phone", js=LOADER.format(address=served("phone.js")))


def token(place: str) -> str | None:
    """Return this phone's letters for a room; None until it has said them, which runs the caller again."""
    known = st.session_state.setdefault("tokens", {})
    if place not in known:
        said = _component()(key=f"phone_{place}", data={"place": place}, on_token_change=_nothing).token
        if said is None or not _is_ours(said):
            return None
        known[place] = said
    kept: str = known[place]
    return kept


def _is_ours(said: object) -> bool:
    try:
        return check_token(str(said)) == said
    except SurveyError:
        return False


def _nothing() -> None:
    """Let Streamlit keep what the component says."""
