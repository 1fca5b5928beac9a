"""Bounds proposed from the people themselves: released with noise, for a stated ε, once they are asked for."""

import numpy as np
import streamlit as st

from core.data import Table
from core.data.table import unbounded_key
from core.privacy.cap import BudgetExceededError
from core.privacy.ledger_store import LedgerStoreError
from core.privacy.noise_source import NoiseSource
from core.privacy.private_quantiles import PERCENT_DEFAULT, ReleasedBounds, candidate_bounds, release_bounds
from core.reduction.spec import public_seed
from core.release.receipt import COLUMNS
from ui import choices, figures, releases, session
from ui.compare import context
from ui.markup import show
from ui.text import phrase

PERCENTS = (80, 90, 95, 98)
EPSILONS, EPSILON_DEFAULT = (0.05, 0.1, 0.2, 0.5, 1.0), 0.1


def draw(table: Table, place: int) -> None:
    """Draw the way to a proposal for the column at ``place``, and the proposal once it is released."""
    st.subheader(phrase("bounds.propose"), anchor=False)
    show("quiet", text=phrase("bounds.propose_why"))
    with st.container(key="bounds_wish", horizontal=True):
        percent = choices.draw_steps(
            "bounds.percent", PERCENTS, "{}%".format, value=PERCENT_DEFAULT, key="bounds_percent", width=320
        )
        epsilon = choices.draw_steps(
            "bounds.epsilon", EPSILONS, figures.epsilon, value=EPSILON_DEFAULT, key="bounds_epsilon", width=320
        )
    key = name_proposal(table, place, percent, epsilon)
    is_new = not is_released(table, key)
    try:
        if not is_new or ask_to_spend(table, key, epsilon):
            proposal = release_proposal(table, place, percent, epsilon)
            if is_new:
                session.redraw()
            _show_proposal(table, place, proposal)
    except BudgetExceededError as error:
        context.show_over_budget(error)
    except LedgerStoreError:
        st.warning(phrase("offer.unreachable"), icon=":material/savings:")


def name_proposal(table: Table, place: int, percent: int, epsilon: float) -> str:
    """Name the proposal for the column at ``place``; holds a fingerprint: not for display."""
    return f"{unbounded_key(table)}|{table.columns[place].key}|{percent}|{epsilon:g}"


def is_released(table: Table, key: str) -> bool:
    """Tell whether the proposal of this name is kept, so that it is free."""
    return ("bounds", key) in releases.release_store(table)


def ask_to_spend(table: Table, key: str, epsilon: float, *, prefix: str = "bounds") -> bool:
    """Draw the button that releases; people's data is asked about once more before anything is spent."""
    is_synthetic = table.source.is_synthetic
    label = phrase("bounds.ask_free") if is_synthetic else phrase("bounds.ask", epsilon=figures.epsilon(epsilon))
    pressed = st.button(label, key=f"{prefix}_ask", icon=":material/casino:")
    if is_synthetic:
        return pressed
    if pressed:
        st.session_state["bounds_asked"] = key
    if st.session_state.get("bounds_asked") != key:
        return False
    remaining = releases.ledger(table).remaining
    left = figures.epsilon(max(remaining - epsilon, 0.0))
    st.info(
        phrase("bounds.confirm", epsilon=figures.epsilon(epsilon), remaining=figures.epsilon(remaining), left=left),
        icon=":material/savings:",
    )
    with st.container(horizontal=True):
        spent = st.button(
            phrase("bounds.spend", epsilon=figures.epsilon(epsilon)), key=f"{prefix}_spend", type="primary"
        )
        st.button(phrase("bounds.keep"), key=f"{prefix}_keep", on_click=st.session_state.pop, args=("bounds_asked",))
    return spent


def release_proposal(table: Table, place: int, percent: int, epsilon: float) -> ReleasedBounds:
    """Return the proposal for the column at ``place``: kept and free, or charged and drawn.

    Raises:
        BudgetExceededError: If the charge would pass the cap; nothing is drawn then.
    """
    key = name_proposal(table, place, percent, epsilon)

    def draw() -> ReleasedBounds:
        rng = NoiseSource.of(table.source, seed=public_seed(key)).generator()
        # Raw values, not those clipped to the present bounds: the true ends may lie beyond them.
        values, grid = table.values[:, place].astype(np.float64), candidate_bounds(table.columns[place])
        return release_bounds(values, grid=grid, epsilon=epsilon, rng=rng, percent=percent)

    column = table.columns[place]
    parameters = {"column": column.key, "percent": percent, COLUMNS: (column,)}
    proposal = releases.get_or_release(table, "bounds", epsilon, key=key, draw=draw, may_charge=True, **parameters)
    st.session_state.pop("bounds_asked", None)
    return proposal


def _show_proposal(table: Table, place: int, proposal: ReleasedBounds) -> None:
    column = table.columns[place]
    lower, upper = (figures.amount(end, column.unit) for end in (proposal.lower, proposal.upper))
    show(
        "bounds_proposed",
        text=phrase("bounds.proposed", percent=proposal.percent, lower=lower, upper=upper),
        epsilon=figures.epsilon(proposal.epsilon),
        seeded=not proposal.is_private,
    )
    if (proposal.lower, proposal.upper) == (column.lower, column.upper):
        show("quiet", text=phrase("bounds.in_use"))
    elif st.button(phrase("bounds.use_proposed", lower=lower, upper=upper), key="bounds_take", type="primary"):
        session.choose_bounds(table, place, (proposal.lower, proposal.upper))
        st.rerun()
