"""The token of a phone in a room: one device has one voice, and two rooms cannot tell that it was in both.

It is a keyed hash of the device's signed number and the room, so that a reload, a second tab, a lost connection and a
server that was started anew all find the same phone in the first run. Where a browser keeps no cookie, the phone makes
random letters and keeps them. Neither ever stands in an address.
"""

import hashlib
import hmac

import streamlit as st

from core.survey.answers import check_token
from core.survey.problems import SurveyError
from ui.components import component
from ui.server.device import current_device, installation_key


def read_token(place: str) -> str | None:
    """Return this phone's token for a room; None until the browser has sent it, which runs the caller again."""
    known = st.session_state.setdefault("tokens", {})
    if place not in known:
        token = _device_token(place) or _sent_token(place)
        if token is None:
            return None
        known[place] = token
    kept: str = known[place]
    return kept


def name_voice(device: str, place: str, *, key: bytes) -> str:
    """Return a device's token for a room, which nobody can make without the installation's key."""
    return hmac.digest(key, f"voice|{place}|{device}".encode(), hashlib.sha256).hex()[:32]


def _device_token(place: str) -> str | None:
    device, key = current_device(), installation_key()
    return None if device is None or key is None else name_voice(device, place, key=key)


def _sent_token(place: str) -> str | None:
    sent = component("survey/phone")(key=f"phone_{place}", data={"place": place}, on_token_change=_nothing).token
    return None if sent is None or not _is_token(sent) else str(sent)


def _is_token(sent: object) -> bool:
    try:
        return check_token(str(sent)) == sent
    except SurveyError:
        return False


def _nothing() -> None:
    """Let Streamlit keep what the component says."""
