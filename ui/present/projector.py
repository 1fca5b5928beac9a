"""The projector: one scene as large as the screen, a strip below it, keys to go on, and hidden controls."""

import streamlit as st

from ui import connection, figures, frame
from ui.markup import show
from ui.present import controls, join, keyboard
from ui.present.stage import LOBBY, Stage
from ui.text import phrase


def screen(stage: Stage) -> None:
    """Draw the scene on the whole screen."""
    # First of all: a key that comes before the scene is drawn is heard, and moves on from what this run shows.
    listen(stage)
    with st.container(key="stage"):
        connection.watch()
        if stage.is_black:
            show("stage_black", text=phrase("present.black"))
        _draw_head(stage)
        stage.warn_of_trouble()
        with st.container(key="scene"):
            stage.scene.draw(stage)
        with st.container(key="strip", horizontal=True, vertical_alignment="center"):
            _strip(stage)
        connection.acknowledge()


def _draw_head(stage: Stage) -> None:
    """Draw the scene's title, and in the corner the way in for late comers, who land in the scene."""
    way_in = {} if stage.room is None or stage.number == LOBBY else join.describe_corner(stage.room)
    show("stage_head", number=stage.number, title=stage.scene.title, question=stage.scene.question, **way_in)


def listen(stage: Stage) -> None:
    """Let keys and clickers lead, if this session may."""
    if stage.leads:
        keyboard.listen(
            advance=lambda by: _advance(stage, by), go_to=lambda number: _go_to(stage, number), black=stage.turn_black
        )


def turn(stage: Stage, by: int) -> None:
    """Go to the next scene, or to the one before."""
    _go_to(stage, stage.number + by)


def _advance(stage: Stage, by: int) -> None:
    controls.close_menu()
    stage.advance(by)


def _go_to(stage: Stage, number: int) -> None:
    controls.close_menu()
    stage.go_to(number)


def turn_buttons(stage: Stage) -> None:
    """Draw the buttons to the scenes before and after."""
    for name, by, icon in (("former", -1, ":material/arrow_back:"), ("next", 1, ":material/arrow_forward:")):
        st.button(
            phrase(f"present.{name}"),
            key=f"scene_{name}",
            icon=icon,
            disabled=not LOBBY <= stage.number + by <= stage.last_number,
            on_click=turn,
            args=(stage, by),
        )


def _strip(stage: Stage) -> None:
    if stage.leads:
        turn_buttons(stage)
    show("stage_place", place=stage.number, last=stage.last_number)
    _room(stage)
    controls.draw_menu(stage)


@st.fragment
def _room(stage: Stage) -> None:
    """Draw who is in the room, and go along when another screen has led it on."""
    frame.begin_fragment()
    room = stage.follow_room("strip")
    if room is not None:
        show(
            "stage_room",
            code=room.code,
            joined=figures.people(room.joined),
            finished=figures.people(room.finished),
            is_open=room.is_open,
        )
