"""What only the presenter touches: hidden behind one button on the projector, open on the presenter's own screen."""

from collections.abc import Callable

import streamlit as st

from core.survey.rooms import Room
from ui import session
from ui.present import presenter_auth
from ui.present.stage import Stage
from ui.text import phrase

#: Where the session keeps how often the menu was folded away.
FOLDED = "menus_folded"


def close_menu() -> None:
    """Fold the menu away after a choice: what was chosen is to be seen, not covered."""
    st.session_state[FOLDED] = st.session_state.get(FOLDED, 0) + 1


def draw_menu(stage: Stage) -> None:
    """Draw the one button on the projector. What an audience must not see is on the presenter's screen only."""
    # A new one is folded. Streamlit can tell a popover to close, too, but then opening it is a run of the script, and
    # one that is under way may close it again.
    name = f"menu_{st.session_state.get(FOLDED, 0) % 2}"
    with (
        st.container(key="menu", width="content"),
        st.popover(phrase("present.menu"), icon=":material/tune:", key=name),
    ):
        if stage.room is not None and not stage.leads:
            presenter_auth.ask(stage.store)
        elif stage.room is not None:
            draw_room_switches(stage)
        st.button(
            phrase("present.notes_open"),
            key="notes_open",
            icon=":material/speaker_notes:",
            on_click=session.choose,
            kwargs={"notes": True},
        )
        if stage.room is not None:
            st.link_button(
                phrase("present.notes_window"), f"?room={stage.room.code}&notes=1", icon=":material/open_in_new:"
            )
        st.button(phrase("present.leave"), key="leave", icon=":material/logout:", on_click=stage.leave)
        st.caption(phrase("present.keys"))


def draw_room_switches(stage: Stage) -> None:
    """Draw what shows results and what closes the room, as they are now."""
    assert stage.room is not None  # noqa: S101 - the callers asked
    revealed, is_open = stage.room.is_revealed, stage.room.is_open
    _change(
        "hide" if revealed else "reveal",
        ":material/visibility_off:" if revealed else ":material/bar_chart:",
        lambda room: stage.store.change_room(room.code, is_revealed=not revealed),
        stage,
    )
    _change(
        "close" if is_open else "reopen",
        ":material/door_front:" if is_open else ":material/meeting_room:",
        lambda room: stage.store.change_room(room.code, is_open=not is_open),
        stage,
    )


def _change(name: str, icon: str, change: Callable[[Room], object], stage: Stage) -> None:
    st.button(phrase(f"present.{name}"), key=f"room_{name}", icon=icon, on_click=_change_and_fold, args=(change, stage))


def _change_and_fold(change: Callable[[Room], object], stage: Stage) -> None:
    stage.change_room(change)
    close_menu()
