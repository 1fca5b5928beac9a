"""A phone beside the big screen: the same thing in one picture and one sentence."""

import streamlit as st

from core.survey.scenes import Scene
from ui import session
from ui.markup import show
from ui.survey import results
from ui.survey.participation import Participation
from ui.text import phrase

PICTURES: dict[int, str] = {Scene.PLAYED: "groups", Scene.NOISE: "noise", Scene.PAIR: "pairs"}
#: What is said in a scene that has no words of its own.
ELSEWHERE = "look_up"


def screen(mine: Participation) -> None:
    """Draw what the big screen shows, small, and nothing to do."""
    picture = PICTURES.get(mine.room.scene)
    scene = f"scene_{mine.room.scene}" if picture else ELSEWHERE
    show(
        "companion",
        picture_name=picture or "groups",
        title=phrase(f"room.{scene}"),
        text=phrase(f"room.{scene}_text"),
        code=mine.room.code,
    )


def closed(mine: Participation) -> None:
    """Say that the room is over, show what came of it, and lead out."""
    show("companion", picture_name="products", title=phrase("room.over"), text=phrase("room.over_text"), code="")
    results.draw(mine)
    st.button(phrase("room.leave"), key="leave", on_click=session.choose, kwargs={"room": ""}, width="stretch")
