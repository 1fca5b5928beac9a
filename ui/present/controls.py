"""What only the presenter touches: hidden behind one button on the projector, open on the presenter's own screen."""

from collections.abc import Callable

import streamlit as st

from core.survey.rooms import Room
from store.survey import SurveyStore
from ui import session
from ui.present import presenter_auth, stage_state
from ui.text import phrase

#: Where the session keeps how often the menu was folded away.
FOLDED = "menus_folded"


def close_menu() -> None:
    """Fold the menu away after a choice: what was chosen is to be seen, not covered."""
    st.session_state[FOLDED] = st.session_state.get(FOLDED, 0) + 1


def menu(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw the one button on the projector. What an audience must not see is on the presenter's screen only."""
    # A new one is folded. Streamlit can tell a popover to close, too, but then opening it is a run of the script, and
    # one that is under way may close it again.
    name = f"menu_{st.session_state.get(FOLDED, 0) % 2}"
    with (
        st.container(key="menu", width="content"),
        st.popover(phrase("present.menu"), icon=":material/tune:", key=name),
    ):
        if now.room is not None and not now.leads:
            presenter_auth.ask()
        elif now.room is not None:
            room_switches(store, now)
        st.button(
            phrase("present.notes_open"),
            key="notes_open",
            icon=":material/speaker_notes:",
            on_click=session.choose,
            kwargs={"notes": True},
        )
        if now.room is not None:
            st.link_button(
                phrase("present.notes_window"), f"?room={now.room.code}&notes=1", icon=":material/open_in_new:"
            )
        st.button(phrase("present.leave"), key="leave", icon=":material/logout:", on_click=stage_state.leave)
        st.caption(phrase("present.keys"))


def room_switches(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw what shows results and what closes the room, as they are now."""
    assert now.room is not None  # noqa: S101 - the callers asked
    revealed, is_open = now.room.is_revealed, now.room.is_open
    _change(
        "hide" if revealed else "reveal",
        ":material/visibility_off:" if revealed else ":material/bar_chart:",
        lambda room: store.change_room(room.code, is_revealed=not revealed),
        now,
    )
    _change(
        "close" if is_open else "reopen",
        ":material/door_front:" if is_open else ":material/meeting_room:",
        lambda room: store.change_room(room.code, is_open=not is_open),
        now,
    )


def _change(name: str, icon: str, change: Callable[[Room], object], now: stage_state.Shown) -> None:
    st.button(phrase(f"present.{name}"), key=f"room_{name}", icon=icon, on_click=_chosen, args=(change, now))


def _chosen(change: Callable[[Room], object], now: stage_state.Shown) -> None:
    stage_state.attempt(change, now)
    close_menu()
