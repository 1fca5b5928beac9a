"""Compare: move ε and k, see plain and private side by side."""

import streamlit as st

from core.privacy.cap import BudgetExceededError
from ui import frame, outcome, session
from ui.compare import answer, context, controls, goal, pair, reduction, runs

frame.title("compare")
table = session.table()


@st.fragment
def screen() -> None:
    """Everything that follows the sliders."""
    frame.begin_fragment()
    row = context.line(table)
    controls.sliders()
    try:
        found = outcome.at_settings(table)
    except BudgetExceededError as error:
        context.over_budget(error)
        return
    above = st.container(key="above")
    # The pictures are sent first: they take the browser longest.
    pair.show(found, axes=session.axes(table), trail=runs.trail(found), on_run=runs.pick)
    with above:
        answer.show_answer(found)
        reduction.show_explained(found)
        controls.picture_choices(found)
    context.preset_2020(found)
    goal.screen(found)
    context.price(row, table)
    session.share()
    session.refresh_frame()


screen()
