"""The front page of presenting: present alone, or open a room that phones join."""

from datetime import UTC, datetime

import streamlit as st

from core.survey.problems import SurveyError
from core.survey.questions import SURVEY
from core.survey.rooms import CODE_LENGTH
from ui import frame, session
from ui.markup import show
from ui.present import join, keyboard, presenter_auth, trouble, web_room
from ui.present.stage import LOBBY, Stage
from ui.text import phrase


def screen(stage: Stage) -> None:
    """Draw both ways to present."""
    keyboard.await_stage()
    frame.draw_title("present")
    with st.container(key="open_room"):
        st.subheader(phrase("present.with_room"), anchor=False)
        _with_room(stage)
    st.subheader(phrase("present.without_room"), anchor=False)
    with st.container(key="scenes"):
        _scenes(stage)


def _with_room(stage: Stage) -> None:
    show("quiet", text=phrase("present.with_room_text"))
    if not presenter_auth.is_presenter():
        presenter_auth.ask(stage.store)
        return
    st.button(
        phrase("present.open_room"),
        key="room_open",
        type="primary",
        icon=":material/meeting_room:",
        on_click=_open,
        args=(stage,),
    )
    with st.form(key="room_form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(phrase("present.old_code"), key="room_code", max_chars=2 * CODE_LENGTH, width=240)
        st.form_submit_button(phrase("present.enter"), key="room_enter", on_click=_enter, args=(stage,))
    join.ask()
    web_room.draw(stage)


def _scenes(stage: Stage) -> None:
    """Draw the list of scenes, each a way in; no key is needed where there is no room."""
    for number, scene in stage.scenes.items():
        if number == LOBBY:
            continue
        with st.container(key=f"scene_card_{number}", gap="small"):
            show("scene_card", picture_name=scene.picture, asks=scene.question)
            st.button(
                phrase("present.scene", n=number, title=scene.title),
                key=f"start_{number}",
                width="stretch",
                on_click=session.choose,
                kwargs={"scene": number},
            )


def _open(stage: Stage) -> None:
    """Open a new room, prepare its scenes, and show how to get in."""
    if not presenter_auth.is_presenter():
        return
    try:
        room = stage.store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=LOBBY)
    except SurveyError as error:
        trouble.notify(error.problem)
        return
    for scene in stage.scenes.values():
        if scene.prepare is not None:
            scene.prepare(room)
    stage.enter(room)


def _enter(stage: Stage) -> None:
    """Lead a room that is there already, from this or another machine."""
    try:
        room = stage.store.room(str(st.session_state.get("room_code") or ""))
    except SurveyError as error:
        trouble.notify(error.problem)
        return
    stage.enter(room)
