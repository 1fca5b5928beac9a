"""A link back to the survey, above the pages that its participants try out."""

import streamlit as st

from ui import frame
from ui.survey import participation


def show(page: str) -> None:
    """Draw the link on every page but the survey's own, while a survey is under way."""
    if page != "survey" and participation.is_under_way():
        with st.container(key="come_back"):
            frame.draw_link("survey", label="survey.come_back", icon=":material/arrow_back:")
