"""Recommend: one person, their group's products, before and after privacy; and how good that is."""

import streamlit as st

from core.metrics.profile import profile_clusters
from store.ledgers import ledger_store
from ui import frame, names, session
from ui.compare import context, controls
from ui.outcome import Outcome
from ui.recommend import evaluation, products, recipient
from ui.spending import ledgers, offer

ledgers.keep_in(ledger_store())
table = session.table()


@st.fragment
def screen() -> None:
    """Everything that follows the person and the sliders; the first view holds both sides' first product."""
    frame.begin_fragment()
    with frame.title_line("recommend"):
        row = context.draw_data(table)
    if table.holdings is None:
        products.show_none()
        return
    with frame.bar():
        controls.draw_sliders()
        beside = st.container(key="answer")
    outcome = offer.outcome_or_offer(table, row)
    if outcome is None:
        return
    profile = profile_clusters(outcome.private, table)
    person, epsilon = _draw_person(outcome)
    if person is not None:
        group = int(outcome.private.assign(person.point(table))[0])
        both = products.recommend_or_offer(outcome, person, group=group, epsilon=epsilon)
        if both is not None:
            with beside:
                products.show_verdict(*both)
            products.show_firsts(*both)
        with st.container(key="mine"):
            context.show_group(group, names.groups(profile, table)[group])
            products.show_alike(outcome, group)
        if both is not None:
            products.show_list(*both, note=products.describe_cost(outcome, epsilon))
        recipient.show_spending(person, table, profile, group)
    context.draw_spent(row, table)
    session.share()
    session.refresh_frame()


def _draw_person(outcome: Outcome) -> tuple[recipient.Recipient | None, float]:
    """Draw who is looked at, and behind a button what else may be chosen; return both."""
    average = profile_clusters(outcome.private, table)
    with st.container(key="whose", horizontal=True, vertical_alignment="center"):
        who = st.container(key="who", horizontal=True, vertical_alignment="center")
        with recipient.more():
            age = recipient.draw_age()
            epsilon = products.draw_share_choice(outcome.spec.epsilon)
        with who:
            return recipient.draw_choice(table, average, age), epsilon


screen()
evaluation.draw(table)
