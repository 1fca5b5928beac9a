"""Compare: move ε and k, see plain and private side by side."""

import streamlit as st

from store.ledgers import ledger_store
from ui import frame, session
from ui.compare import answer, calibration, context, controls, degenerate, groups, pair, reduction, trail
from ui.spending import ledgers, offer

ledgers.keep_in(ledger_store())
table = session.table()


@st.fragment
def screen() -> None:
    """Everything that follows the sliders: the first view holds all that moves, the rest stands below."""
    frame.begin_fragment()
    with frame.title_line("compare"):
        row = context.draw_data(table)
    with frame.bar():
        controls.draw_sliders()
        beside = st.container(key="answer")
    outcome = offer.outcome_or_offer(table, row)
    if outcome is None:
        return
    degenerate.show_why(outcome)
    # The pictures are sent first: they take the browser longest.
    pair.show(outcome, axes=session.axes(table))
    with beside:
        answer.show_answer(outcome)
    tools = st.container(key="tools")
    answer.show_details(outcome)
    # Before the choice of dimensions, which takes back a wish for more than there are.
    reduction.show_directions(outcome)
    with tools:
        controls.draw_picture_choices(outcome)
    groups.show(outcome, trail=trail.add_run(outcome), on_run=trail.select_run)
    context.show_preset_2020(outcome)
    calibration.draw(outcome)
    context.draw_spent(row, table)
    session.share()
    session.refresh_frame()


screen()
