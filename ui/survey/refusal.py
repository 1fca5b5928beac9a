"""What was refused, in a sentence, with the way out of it."""

import streamlit as st

from core.survey.problems import PASSING, SurveyProblem
from ui.survey.participation import Participation
from ui.text import phrase


def write_sentence(problem: SurveyProblem) -> str:
    """Return what is said about a refusal: what happened, and what to do."""
    return phrase(f"room.{problem}")


def show(mine: Participation, *, can_send: bool = True) -> None:
    """Say what could not be sent, if anything, and offer to send it again where that may help."""
    if mine.problem is None:
        return
    st.error(write_sentence(mine.problem), icon=":material/error:")
    if can_send and mine.unsent is not None and mine.problem in PASSING:
        st.button(
            phrase("room.send_again"),
            key="send_again",
            type="primary",
            icon=":material/refresh:",
            on_click=mine.send_again,
            width="stretch",
        )
