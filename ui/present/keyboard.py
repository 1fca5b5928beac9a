"""Keys and clickers: a small component without a face that tells which way to go."""

from collections.abc import Callable

import streamlit as st

from ui.components import component


def listen(*, advance: Callable[[int], None], go_to: Callable[[int], None], black: Callable[[], None]) -> None:
    """Call ``advance`` with -1 or 1 for a clicker's keys, ``go_to`` with a digit, ``black`` for a dark stage."""
    component("present/keys")(
        key="keys",
        data={"is_stage": True},
        on_advance_change=lambda: _forward("advance", advance, {-1, 1}),
        on_scene_change=lambda: _forward("scene", go_to, set(range(10))),
        on_black_change=black,
    )


def await_stage() -> None:
    """Be there before the stage is: a key that is pressed while it opens is kept for it."""
    component("present/keys")(key="keys_before", data={"is_stage": False})


def _forward(name: str, move: Callable[[int], None], known: set[int]) -> None:
    sent = getattr(st.session_state["keys"], name)
    # What a browser sends is checked.
    if sent in known:
        move(int(sent))
