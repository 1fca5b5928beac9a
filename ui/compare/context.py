"""One line of context above a screen, and the calm words when something cannot be shown."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.data import PROTOTYPE, Table
from core.privacy.cap import BudgetExceededError
from ui import figures, frame, names, session
from ui.markup import show
from ui.outcome import Outcome
from ui.text import phrase


def line(table: Table) -> DeltaGenerator:
    """Say which data this is, how many people, and offer to change it; return the line, for ``price`` to end it."""
    row = st.container(key="context", horizontal=True, vertical_alignment="center")
    with row:
        people = "" if session.settings.only_public else figures.people(table.n_people)
        show(
            "context",
            data=names.data(table),
            people=people,
            columns=phrase("context.columns", n=len(table.columns)),
        )
        frame.link("data", label="context.change", icon=":material/swap_horiz:")
    return row


def price(row: DeltaGenerator, table: Table) -> None:
    """End a line of context with what the data has cost, once everything on the screen is paid; tap for the ledger."""
    with row:
        frame.open_ledger(frame.price(table), key="price")


def group(number: int, name: str) -> None:
    """Say which group a person falls in."""
    show("group", number=number + 1, name=name)


def over_budget(error: BudgetExceededError) -> None:
    """Say calmly that nothing more can be bought from this data, and what can be done."""
    st.warning(
        phrase(
            "context.over_budget",
            asked=figures.epsilon(error.asked),
            remaining=figures.epsilon(error.remaining),
            cap=figures.epsilon(error.cap),
        ),
        icon=":material/savings:",
    )
    frame.open_ledger(phrase("frame.ledger"), key="over_budget_ledger")


def preset_2020(found: Outcome) -> None:
    """Beside the 2020 prototype's data, show its figures of then and of now."""
    if found.table.source != PROTOTYPE or found.comparison is None:
        return
    truth = (found.comparison.plain_truth, found.comparison.private_truth)
    now = [f"{index:.3f}" for agreement in truth if agreement for index in (agreement.rand, agreement.adjusted_rand)]
    show("preset_2020", then=["1.000", "1.000", "0.917", "0.771"], now=now)
