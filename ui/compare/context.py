"""One line of context above a screen, and the calm words when something cannot be shown."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.data import PROTOTYPE, Table
from core.privacy.cap import BudgetExceededError
from ui import figures, frame, names, session
from ui.markup import show
from ui.outcome import Outcome
from ui.text import phrase

#: Rand and adjusted Rand index of 2020, before privacy and after.
THEN = (1.0, 1.0, 0.917, 0.771)


def draw_data(table: Table) -> DeltaGenerator:
    """Say which data this is, how many people, and offer to change it; return the line that ``draw_spent`` ends."""
    row = st.container(key="context", horizontal=True, vertical_alignment="center")
    with row:
        people = "" if session.settings.only_public else figures.people(table.n_people)
        show(
            "context",
            data=names.data(table),
            people=people,
            columns=phrase("context.columns", n=len(table.columns)),
        )
        frame.draw_link("data", label="context.change", icon=":material/swap_horiz:")
    return row


def draw_spent(row: DeltaGenerator, table: Table) -> None:
    """End a line of context with what the data has cost, once everything on the screen is paid; tap for the ledger."""
    with row:
        frame.draw_ledger_link(frame.describe_spent(table), key="price")


def show_group(number: int, name: str) -> None:
    """Say which group a person falls in."""
    show("group", number=number + 1, name=name)


def show_over_budget(error: BudgetExceededError) -> None:
    """Say calmly that nothing more can be released of this data, and what can be done."""
    st.warning(
        phrase(
            "context.over_budget",
            asked=figures.epsilon(error.asked),
            remaining=figures.epsilon(error.remaining),
            cap=figures.epsilon(error.cap),
        ),
        icon=":material/savings:",
    )
    frame.draw_ledger_link(phrase("frame.ledger"), key="over_budget_ledger")


def show_preset_2020(outcome: Outcome) -> None:
    """Beside the 2020 prototype's data, show its figures of then and of now."""
    if outcome.table.source != PROTOTYPE or outcome.comparison is None:
        return
    truth = (outcome.comparison.plain_truth, outcome.comparison.private_truth)
    now = [index for agreement in truth if agreement for index in (agreement.rand, agreement.adjusted_rand)]
    then, now_told = ([figures.decimals(index, 3) for index in indices] for indices in (THEN, now))
    show("preset_2020", then=then, now=now_told)
