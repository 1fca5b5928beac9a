"""The presenter's own screen: notes for the scene, the way on, and everything that leads the room."""

import streamlit as st

from ui import connection, session
from ui.markup import show
from ui.present import controls, join, moderation, presenter_auth, projector, room_counts
from ui.present.stage import Stage
from ui.text import phrase


def screen(stage: Stage) -> None:
    """Draw the notes, and beside them the room."""
    projector.listen(stage)
    stage.warn_of_trouble()
    with st.container(key="speaker"):
        connection.watch()
        notes, room = st.columns([3, 2], gap="large")
        with notes:
            _notes(stage)
        with room:
            _room(stage)
        connection.acknowledge()


def _notes(stage: Stage) -> None:
    scene, following = stage.scene, stage.next_scene
    show(
        "speaker_notes",
        number=scene.number,
        title=scene.title,
        notes=scene.notes,
        following="" if following is None else following.title,
        place=phrase("present.place", place=scene.number, last=stage.last_number),
    )
    with st.container(key="speaker_ways", horizontal=True):
        if stage.leads:
            projector.turn_buttons(stage)
        if stage.leads and scene.step is not None:
            st.button(
                phrase("present.step"),
                key="scene_step",
                icon=":material/play_arrow:",
                type="primary",
                on_click=stage.press_step,
                args=(1,),
            )
        if stage.leads:
            st.button(
                phrase("present.black_off" if stage.is_black else "present.black_on"),
                key="scene_black",
                icon=":material/light_mode:" if stage.is_black else ":material/dark_mode:",
                on_click=stage.turn_black,
            )
        st.button(
            phrase("present.projector"),
            key="notes_close",
            icon=":material/present_to_all:",
            on_click=session.choose,
            kwargs={"notes": False},
        )


def _room(stage: Stage) -> None:
    if stage.room is None:
        st.info(phrase("present.no_room"), icon=":material/meeting_room:")
        st.button(phrase("present.leave"), key="leave", on_click=stage.leave)
        return
    room_counts.draw(stage)
    if not stage.leads:
        presenter_auth.ask(stage.store)
        return
    with st.container(key="speaker_switches", horizontal=True):
        controls.draw_room_switches(stage)
        moderation.draw_download(stage)
    moderation.draw_texts(stage)
    with st.expander(phrase("present.more"), icon=":material/settings:", key="speaker_more"):
        join.ask()
        moderation.draw_reset(stage)
        with st.container(horizontal=True):
            st.button(phrase("present.leave"), key="leave", icon=":material/logout:", on_click=stage.leave)
            for name, take_back in (
                ("forget", presenter_auth.forget),
                ("forget_everywhere", presenter_auth.forget_everywhere),
            ):
                st.button(
                    phrase(f"present.{name}"),
                    key=name,
                    icon=":material/key_off:",
                    on_click=take_back,
                    args=(stage.store,),
                )
