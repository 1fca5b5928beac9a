"""The random token of a phone in a room: made and kept by the phone, never in an address."""

import streamlit as st

from core.survey.answers import check_token
from core.survey.problems import SurveyError
from ui.components import component


def read_token(place: str) -> str | None:
    """Return this phone's token for a room; None until the browser has sent it, which runs the caller again."""
    known = st.session_state.setdefault("tokens", {})
    if place not in known:
        sent = component("survey/phone")(key=f"phone_{place}", data={"place": place}, on_token_change=_nothing).token
        if sent is None or not _is_token(sent):
            return None
        known[place] = sent
    kept: str = known[place]
    return kept


def _is_token(sent: object) -> bool:
    try:
        return check_token(str(sent)) == sent
    except SurveyError:
        return False


def _nothing() -> None:
    """Let Streamlit keep what the component says."""
