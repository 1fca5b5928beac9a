"""Recommend: one person, their group's products, before and after privacy."""

import streamlit as st

from core.evaluation.profile import profile
from core.privacy.ledger import BudgetExceededError
from ui import context, controls, frame, names, outcome, person, products, session

frame.title("recommend")
table = session.table()


@st.fragment
def screen() -> None:
    """Everything that follows the chosen person and the sliders."""
    frame.begin_fragment()
    context.line(table)
    if table.holdings is None:
        products.show_none()
        return
    controls.sliders()
    try:
        found = outcome.at_settings(table)
        described = profile(found.private, table)
        chosen = person.choose(table, described)
        if chosen is not None:
            group = int(found.private.assign(chosen.point(table))[0])
            products.show_both(found, chosen, private_group=group, titles=names.groups(described, table))
            person.show_spending(chosen, table, described, group)
    except BudgetExceededError as error:
        context.over_budget(error)
    session.share()
    session.refresh_frame()


screen()
