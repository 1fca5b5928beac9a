"""What is half typed on a phone: kept there until it is sent, whatever the presenter does meanwhile."""

from typing import Any

import streamlit as st

from core.survey.questions import Question
from ui.compare.pair import LOADER
from ui.server.static import served
from ui.survey.participation import Participation


@st.cache_resource(show_spinner=False)
def _component() -> Any:  # noqa: ANN401 - Streamlit's renderer protocol is not exported
    return st.components.v2.component("sagram_draft", js=LOADER.format(address=served("draft.js")))


def keep(mine: Participation, question: Question, *, inside: str) -> None:
    """Let the phone keep what stands in the form inside the container ``inside``, and fill it in again."""
    kept = mine.answers.get(question.key)
    _component()(
        key=f"draft_{question.key}",
        data={
            "place": f"{mine.room.code}.{mine.room.generation}.{question.key}",
            "answer": kept.submission if kept else "",
            "inside": inside,
        },
    )
