"""The way in: a room's number, or the open room for those who come by themselves; and what was found in 2020."""

import streamlit as st

from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import CODE_LENGTH, WEB_ROOM
from core.survey.store import SurveyStore
from ui import frame, session
from ui.markup import asset, show
from ui.survey import door, refusal, results
from ui.text import phrase


def screen(store: SurveyStore) -> None:
    """Draw both ways in, and below them what is known so far."""
    frame.draw_title("survey")
    with st.container(key="ways_in", gap="medium"):
        with st.container(key="way_alone"):
            show("quiet", text=phrase("room.alone_text"))
            st.button(
                phrase("room.alone"),
                key="alone",
                type="primary",
                icon=":material/edit_note:",
                on_click=session.choose,
                kwargs={"room": WEB_ROOM},
                width="stretch",
            )
        _ask_room(store)
    st.html(asset("html/digits.html"), unsafe_allow_javascript=True)
    results.show_2020()


def _ask_room(store: SurveyStore) -> None:
    """Draw the field for a room's number, and why the last one was refused."""
    with st.form("room_form", border=False):
        st.text_input(
            phrase("room.code"),
            key="typed_room",
            max_chars=2 * CODE_LENGTH,
            placeholder=phrase("room.code_example"),
            autocomplete="off",
        )
        problem = st.session_state.pop("room_problem", None)
        if problem is not None:
            st.error(refusal.write_sentence(problem), icon=":material/error:")
        st.form_submit_button(phrase("room.enter"), key="enter", on_click=_enter, args=(store,), width="stretch")


def _enter(store: SurveyStore) -> None:
    """Go into the room that was typed, if there is one."""
    try:
        room = door.find_room(store, st.session_state["typed_room"])
    except SurveyError as error:
        st.session_state["room_problem"] = error.problem
        return
    session.choose(room=room.code)


def show_refusal(problem: SurveyProblem) -> None:
    """Say why a room cannot be entered, and lead out."""
    frame.draw_title("survey")
    st.warning(refusal.write_sentence(problem), icon=":material/door_front:")
    st.button(phrase("room.leave"), key="leave", on_click=session.choose, kwargs={"room": ""}, width="stretch")
