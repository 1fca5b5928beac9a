"""Arrow keys and clickers: a small component without a face that tells which way to go."""

from collections.abc import Callable

import streamlit as st

from ui.components import component


def listen(*, scene: Callable[[int], None], step: Callable[[int], None]) -> None:
    """Call ``scene`` with -1 or 1 for the keys that change the scene, ``step`` for those that go on within it."""
    component("present/keys")(
        key="keys",
        data={"is_stage": True},
        on_scene_change=lambda: _forward("scene", scene),
        on_step_change=lambda: _forward("step", step),
    )


def await_stage() -> None:
    """Be there before the stage is: a key that is pressed while it opens is kept for it."""
    component("present/keys")(key="keys_before", data={"is_stage": False})


def _forward(name: str, move: Callable[[int], None]) -> None:
    by = getattr(st.session_state["keys"], name)
    # What a browser sends is checked: one step, either way.
    if by in {-1, 1}:
        move(int(by))
