"""The projector: one scene as large as the screen, a strip below it, keys to go on, and hidden controls."""

from functools import partial

import streamlit as st

from store.survey import SurveyStore
from ui import connection, figures, frame
from ui.markup import show
from ui.present import controls, keyboard, stage_state
from ui.present.scenes import ACTS
from ui.settings import SCENE_LAST
from ui.text import phrase

FOLLOW_SECONDS = 1.0


def screen(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw the scene on the whole screen."""
    act = ACTS[now.scene]
    # First of all: a key that comes before the scene is drawn is heard, and moves on from what this run shows.
    if now.leads:
        keyboard.listen(scene=partial(turn, store, now), step=partial(go_on, store, now))
    with st.container(key="stage"):
        connection.watch()
        show(
            "stage_head", number=now.scene, title=phrase(f"scene.{act.name}"), question=phrase(f"scene.{act.name}_ask")
        )
        stage_state.warn_of(now)
        with st.container(key="scene"):
            act.draw(store, now)
        with st.container(key="strip", horizontal=True, vertical_alignment="center"):
            _ways(store, now)
            _room(store, now)
            controls.menu(store, now)
        connection.acknowledge()


def turn(store: SurveyStore, now: stage_state.Shown, by: int) -> None:
    """Go to the next scene, or to the one before."""
    controls.close_menu()
    stage_state.move(store, now, scene=now.scene + by)


def go_on(store: SurveyStore, now: stage_state.Shown, by: int) -> None:
    """Go on within the scene, or back."""
    step = ACTS[now.scene].step
    if step is not None and now.leads:
        step(store, now, by)


def ways(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw the buttons to the scenes before and after."""
    for name, by, icon in (("former", -1, ":material/arrow_back:"), ("next", 1, ":material/arrow_forward:")):
        st.button(
            phrase(f"present.{name}"),
            key=f"scene_{name}",
            icon=icon,
            disabled=not stage_state.LOBBY <= now.scene + by <= SCENE_LAST,
            on_click=turn,
            args=(store, now, by),
        )


def _ways(store: SurveyStore, now: stage_state.Shown) -> None:
    if now.leads:
        ways(store, now)
    show("stage_place", place=now.scene, last=SCENE_LAST)


@st.fragment(run_every=FOLLOW_SECONDS)
def _room(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw who is in the room, and go along when another screen has led it on."""
    frame.begin_fragment()
    room = stage_state.glance(store, now)
    if room is None:
        return
    if stage_state.has_moved(room, now) and not st.session_state.get("whole_run"):
        st.rerun(scope="app")
    show(
        "stage_room",
        code=room.code,
        joined=figures.people(room.joined),
        finished=figures.people(room.finished),
        is_open=room.is_open,
    )
