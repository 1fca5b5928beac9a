"""Recommend: one person, their group's products, before and after privacy; and how good that is."""

import streamlit as st

from core.metrics.profile import profile_clusters
from core.privacy.cap import BudgetExceededError
from ui import frame, names, session
from ui.compare import context, controls
from ui.outcome import Outcome
from ui.recommend import person, products, quality
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
        described = profile_clusters(outcome.private, table)
        with st.container(key="whose", horizontal=True, vertical_alignment="bottom"):
            chosen = person.choose(table, described)
            epsilon = products.share_choice(outcome.spec.epsilon)
        if chosen is not None:
            group = int(outcome.private.assign(chosen.point(table))[0])
            context.show_group(group, names.groups(described, table)[group])
            products.show_alike(outcome, group)
            products.show_both(outcome, chosen, group=group, epsilon=epsilon)
            person.show_spending(chosen, table, described, group)
        context.draw_spent(row, table)
    except BudgetExceededError as error:
        context.show_over_budget(error)
    session.share()
    session.refresh_frame()


products_tab, quality_tab = st.tabs([phrase("recommend.products"), phrase("recommend.quality")])
with products_tab:
    screen()
with quality_tab:
    quality.screen(table)
