"""How far each scene is: a few short texts, which the room carries, and which this session keeps of scenes it left."""

from collections.abc import Mapping
from typing import cast

import streamlit as st

from ui.settings import SETTINGS

#: Under which a scene's state keeps that the big screen is black.
BLACK = "black"


def kept_states() -> dict[int, Mapping[str, str]]:
    """Return how far every scene was when it was left, so that coming back goes on from there."""
    return cast("dict[int, Mapping[str, str]]", st.session_state.setdefault("stages", {}))


def read_epsilon(state: Mapping[str, str]) -> float | None:
    """Return the ε that a scene's state carries, if it carries one."""
    try:
        return float(SETTINGS["epsilon"].read(state.get("epsilon", "")))
    except ValueError:
        return None
