"""Recommend: one person, their group's products, before and after privacy; and how good that is."""

import streamlit as st

from core.metrics.profile import profile_clusters
from core.privacy.cap import BudgetExceededError
from ui import frame, names, session
from ui.compare import context, controls
from ui.outcome import Outcome
from ui.recommend import evaluation, products, recipient
from ui.text import phrase

frame.draw_title("recommend")
table = session.table()


@st.fragment
def screen() -> None:
    """Everything that follows the chosen person and the sliders."""
    frame.begin_fragment()
    row = context.draw_data(table)
    if table.holdings is None:
        products.show_none()
        return
    controls.draw_sliders()
    try:
        outcome = Outcome.from_settings(table)
        profile = profile_clusters(outcome.private, table)
        with st.container(key="whose", horizontal=True, vertical_alignment="bottom"):
            person = recipient.draw_choice(table, profile)
            epsilon = products.draw_share_choice(outcome.spec.epsilon)
        if person is not None:
            group = int(outcome.private.assign(person.point(table))[0])
            context.show_group(group, names.groups(profile, table)[group])
            products.show_alike(outcome, group)
            products.show_both(outcome, person, group=group, epsilon=epsilon)
            recipient.show_spending(person, table, profile, group)
        context.draw_spent(row, table)
    except BudgetExceededError as error:
        context.show_over_budget(error)
    session.share()
    session.refresh_frame()


products_tab, quality_tab = st.tabs([phrase("recommend.products"), phrase("recommend.quality")])
with products_tab:
    screen()
with quality_tab:
    evaluation.draw(table)
