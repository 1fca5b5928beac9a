"""The front page of presenting: present alone, or open a room that phones join."""

from datetime import UTC, datetime

import streamlit as st

from core.survey.problems import SurveyError
from core.survey.questions import SURVEY
from core.survey.rooms import CODE_LENGTH
from store.survey import SurveyStore
from ui import frame, session
from ui.markup import show
from ui.present import join, keyboard, presenter_auth, stage_state
from ui.present.scenes import ACTS, guess
from ui.text import phrase

#: What stands for each scene.
PICTURES = {
    "played": "groups",
    "noise": "noise",
    "beside": "pairs",
    "guess": "guess",
    "products": "products",
    "voices": "voices",
}


def screen(store: SurveyStore) -> None:
    """Draw both ways to present."""
    keyboard.await_stage()
    frame.title("present")
    with st.container(key="open_room"):
        st.subheader(phrase("present.with_room"), anchor=False)
        _with_room(store)
    st.subheader(phrase("present.without_room"), anchor=False)
    with st.container(key="scenes"):
        _scenes()


def _with_room(store: SurveyStore) -> None:
    show("quiet", text=phrase("present.with_room_text"))
    if not presenter_auth.is_known():
        presenter_auth.ask()
        return
    st.button(
        phrase("present.open_room"),
        key="room_open",
        type="primary",
        icon=":material/meeting_room:",
        on_click=_open,
        args=(store,),
    )
    with st.form(key="room_form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(phrase("present.old_code"), key="room_code", max_chars=2 * CODE_LENGTH, width=240)
        st.form_submit_button(phrase("present.enter"), key="room_enter", on_click=_enter, args=(store,))
    join.ask()


def _scenes() -> None:
    """Draw the list of scenes, each a way in; no key is needed where there is no room."""
    for number, act in ACTS.items():
        if number == stage_state.LOBBY:
            continue
        with st.container(key=f"scene_card_{number}", gap="small"):
            show("scene_card", picture_name=PICTURES[act.name], asks=phrase(f"scene.{act.name}_ask"))
            st.button(
                phrase("present.scene", n=number, title=phrase(f"scene.{act.name}")),
                key=f"start_{number}",
                width="stretch",
                on_click=session.choose,
                kwargs={"scene": number},
            )


def _open(store: SurveyStore) -> None:
    """Open a new room, deal its game beforehand, and show how to get in."""
    if not presenter_auth.is_known():
        return
    try:
        room = store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=stage_state.LOBBY)
    except SurveyError as error:
        session.notify(stage_state.problem_key(error.problem))
        return
    guess.dealt(room)
    stage_state.enter(room)


def _enter(store: SurveyStore) -> None:
    """Lead a room that is there already, from this or another machine."""
    try:
        room = store.room(str(st.session_state.get("room_code") or ""))
    except SurveyError as error:
        session.notify(stage_state.problem_key(error.problem))
        return
    stage_state.enter(room)
