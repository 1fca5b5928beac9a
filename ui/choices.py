"""Widgets that choose one of several: worded by the key of their phrase, their value kept in the session.

``words`` is the key of the label. The help stands under ``{words}_why``, where there is one, and options are worded by
``{words}_{option}`` unless ``name`` names them; the session keeps the value under the key's last part unless ``key``
says where. What else Streamlit's widget takes is passed on.
"""
# ruff: noqa: ANN401 - what is passed on differs in type

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from ui.text import known, phrase

Option = TypeVar("Option")
Name = Callable[[Option], str]


def draw_segments(words: str, options: Sequence[Option], name: Name[Option] | None = None, **how: Any) -> Option:
    """Draw ``options`` as buttons in a row and return the chosen one."""
    format_func = name or (lambda option: phrase(f"{words}_{option}"))
    widget = _word(words, **how) | {"options": options, "format_func": format_func, "required": True}
    chosen: Option = st.segmented_control(**widget)
    return chosen


def draw_steps(words: str, options: Sequence[Option], name: Name[Option], **how: Any) -> Option:
    """Draw ``options`` as the steps of a slider and return the chosen one."""
    chosen: Option = st.select_slider(options=options, format_func=name, **_word(words, **how))
    return chosen


def draw_range(words: str, least: int, most: int, **how: Any) -> None:
    """Draw whole numbers from ``least`` to ``most`` as a slider."""
    st.slider(min_value=least, max_value=most, **_word(words, **how))


def draw_list(words: str, options: Sequence[Option], name: Name[Option], **how: Any) -> None:
    """Draw ``options`` as a list that opens."""
    st.selectbox(options=options, format_func=name, **_word(words, **how))


def _word(words: str, **how: Any) -> dict[str, Any]:
    why = phrase(f"{words}_why") if known(f"{words}_why") else None
    return {"label": phrase(words), "help": why, "key": words.rpartition(".")[2], "persist_state": "session"} | how
