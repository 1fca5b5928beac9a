"""Refusals of the survey's store, put into words for a presenter."""

import streamlit as st

from core.survey.problems import SurveyProblem
from ui import session
from ui.text import phrase

#: Problems with a sentence of their own; a presenter can do nothing about the others but try again.
_NAMED = {
    SurveyProblem.UNKNOWN_ROOM,
    SurveyProblem.DISK_FULL,
    SurveyProblem.READ_ONLY,
    SurveyProblem.UNAVAILABLE,
    SurveyProblem.NEWER,
}


def warn(problem: SurveyProblem) -> None:
    """Say where the answer would stand why the store does not give one."""
    st.warning(phrase(_key(problem)), icon=":material/cloud_off:")


def notify(problem: SurveyProblem) -> None:
    """Say above the page, once, why a change was refused."""
    session.notify(_key(problem))


def _key(problem: SurveyProblem) -> str:
    return f"present.problem_{problem}" if problem in _NAMED else "present.problem_other"
