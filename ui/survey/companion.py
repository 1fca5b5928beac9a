"""A phone beside the big screen: the same thing in one picture and one sentence."""

import streamlit as st

from ui import session
from ui.markup import show
from ui.survey import results
from ui.survey.participation import Participation
from ui.text import phrase


def screen(mine: Participation, *, name: str, picture: str) -> None:
    """Draw what the big screen shows, small, and nothing to do.

    Args:
        mine: The phone.
        name: Of the scene.
        picture: Drawing that stands for the scene.
    """
    show(
        "companion",
        picture_name=picture,
        title=phrase(f"scene.{name}_phone"),
        text=phrase(f"scene.{name}_phone_text"),
        code=mine.room.code,
    )


def look_up(mine: Participation) -> None:
    """Ask to look at the big screen, which shows something that a phone does not."""
    title, text = phrase("room.look_up"), phrase("room.look_up_text")
    show("companion", picture_name="groups", title=title, text=text, code=mine.room.code)


def show_closing(mine: Participation) -> None:
    """Say that the room is over, show what came of it, and lead out."""
    show("companion", picture_name="products", title=phrase("room.over"), text=phrase("room.over_text"), code="")
    results.draw(mine)
    st.button(phrase("room.leave"), key="leave", on_click=session.choose, kwargs={"room": ""}, width="stretch")
