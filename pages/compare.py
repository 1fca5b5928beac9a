"""Compare: move ε and k, see plain and private side by side."""

import streamlit as st

from core.privacy.cap import BudgetExceededError
from ui import frame, session
from ui.compare import answer, calibration, context, controls, pair, reduction, trail
from ui.outcome import Outcome

frame.draw_title("compare")
table = session.table()


@st.fragment
def screen() -> None:
    """Everything that follows the sliders."""
    frame.begin_fragment()
    row = context.draw_data(table)
    controls.draw_sliders()
    try:
        outcome = Outcome.from_settings(table)
    except BudgetExceededError as error:
        context.show_over_budget(error)
        return
    above = st.container(key="above")
    # The pictures are sent first: they take the browser longest.
    pair.show(outcome, axes=session.axes(table), trail=trail.add_run(outcome), on_run=trail.select_run)
    with above:
        answer.show_answer(outcome)
        reduction.show_directions(outcome)
        controls.draw_picture_choices(outcome)
    context.show_preset_2020(outcome)
    calibration.draw(outcome)
    context.draw_spent(row, table)
    session.share()
    session.refresh_frame()


screen()
