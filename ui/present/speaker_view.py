"""The presenter's own screen: notes for the scene, the way on, and everything that leads the room."""

import streamlit as st

from store.survey import SurveyStore
from ui import connection, figures, frame, session
from ui.markup import show
from ui.present import controls, join, keyboard, moderation, presenter_auth, projector, stage_state
from ui.present.scenes import ACTS
from ui.settings import SCENE_LAST
from ui.text import phrase


def screen(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw the notes, and beside them the room."""
    if now.leads:
        keyboard.listen(
            scene=lambda by: projector.turn(store, now, by), step=lambda by: projector.go_on(store, now, by)
        )
    stage_state.warn_of(now)
    with st.container(key="desk"):
        connection.watch()
        notes, room = st.columns([3, 2], gap="large")
        with notes:
            _notes(store, now)
        with room:
            _room(store, now)
        connection.acknowledge()


def _notes(store: SurveyStore, now: stage_state.Shown) -> None:
    name = ACTS[now.scene].name
    following = ACTS.get(now.scene + 1)
    show(
        "desk_notes",
        number=now.scene,
        title=phrase(f"scene.{name}"),
        notes=phrase(f"scene.{name}_notes").split("|"),
        following="" if following is None else phrase(f"scene.{following.name}"),
        place=phrase("present.place", place=now.scene, last=SCENE_LAST),
    )
    with st.container(key="desk_ways", horizontal=True):
        if now.leads:
            projector.ways(store, now)
        if now.leads and ACTS[now.scene].step is not None:
            st.button(
                phrase("present.step"),
                key="scene_step",
                icon=":material/play_arrow:",
                type="primary",
                on_click=projector.go_on,
                args=(store, now, 1),
            )
        st.button(
            phrase("present.projector"),
            key="notes_close",
            icon=":material/present_to_all:",
            on_click=session.choose,
            kwargs={"notes": False},
        )


def _room(store: SurveyStore, now: stage_state.Shown) -> None:
    if now.room is None:
        st.info(phrase("present.no_room"), icon=":material/meeting_room:")
        st.button(phrase("present.leave"), key="leave", on_click=stage_state.leave)
        return
    _counts(store, now)
    if not now.leads:
        presenter_auth.ask()
        return
    with st.container(key="desk_switches", horizontal=True):
        controls.room_switches(store, now)
        moderation.download(store, now)
    moderation.texts(store, now)
    with st.expander(phrase("present.more"), icon=":material/settings:", key="desk_more"):
        join.ask()
        moderation.start_anew(store, now)
        with st.container(horizontal=True):
            st.button(phrase("present.leave"), key="leave", icon=":material/logout:", on_click=stage_state.leave)
            st.button(phrase("present.forget"), key="forget", icon=":material/key_off:", on_click=presenter_auth.forget)


@st.fragment(run_every=projector.FOLLOW_SECONDS)
def _counts(store: SurveyStore, now: stage_state.Shown) -> None:
    frame.begin_fragment()
    room = stage_state.glance(store, now)
    if room is None:
        return
    if stage_state.has_moved(room, now) and not st.session_state.get("whole_run"):
        st.rerun(scope="app")
    show(
        "desk_room",
        code=room.code,
        joined=figures.number(room.joined),
        finished=figures.number(room.finished),
        is_open=room.is_open,
        is_revealed=room.is_revealed,
    )
