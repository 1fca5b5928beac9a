"""Bounds of all columns proposed at once from the people, with noise, where names say nothing: before anything else."""

from typing import cast

import streamlit as st

from core.data import Table
from core.privacy.cap import BudgetExceededError
from core.privacy.ledger_store import LedgerStoreError
from core.privacy.private_quantiles import PERCENT_DEFAULT, ReleasedBounds
from ui import choices, figures, names, releases, session
from ui.compare import context
from ui.data import bounds_proposal
from ui.markup import show
from ui.text import phrase

#: For all columns together: a small part of the budget that still tells something of a few hundred people.
EPSILONS, EPSILON_DEFAULT = (0.1, 0.2, 0.5, 1.0, 2.0), 0.5
_WISHED = "bounds_wished"


def wish(file_number: int) -> None:
    """Note that the owner of a file wants its bounds proposed."""
    st.session_state[_WISHED] = file_number


def is_wished(file_number: int) -> bool:
    """Tell whether the owner of the file with this number wants its bounds proposed."""
    return cast("int | None", st.session_state.get(_WISHED)) == file_number


def draw(table: Table) -> None:
    """Draw the price, the button that pays it, and the proposals; taking them is another press."""
    with st.container(key="bounds_for_all"):
        st.subheader(phrase("bounds.all_title"), anchor=False)
        show("quiet", text=phrase("bounds.all_why"))
        n_columns = len(table.columns)
        epsilon = choices.draw_steps(
            "bounds.all_epsilon", EPSILONS, lambda value: _word(value, n_columns), value=EPSILON_DEFAULT, width=320
        )
        each = epsilon / n_columns
        keys = [bounds_proposal.name_proposal(table, place, PERCENT_DEFAULT, each) for place in range(n_columns)]
        is_new = not all(bounds_proposal.is_released(table, key) for key in keys)
        try:
            if is_new and not bounds_proposal.ask_to_spend(table, f"all|{keys[0]}", epsilon, prefix="all"):
                return
            _check_budget(table, epsilon if is_new else 0.0)
            proposals = [
                bounds_proposal.release_proposal(table, place, PERCENT_DEFAULT, each) for place in range(n_columns)
            ]
        except BudgetExceededError as error:
            context.show_over_budget(error)
            return
        except LedgerStoreError:
            st.warning(phrase("offer.unreachable"), icon=":material/savings:")
            return
        if is_new:
            session.redraw()
        _show(table, proposals, epsilon)


def _word(epsilon: float, n_columns: int) -> str:
    each = figures.epsilon(epsilon / n_columns)
    return phrase("bounds.all_epsilon_value", epsilon=figures.epsilon(epsilon), each=each)


def _check_budget(table: Table, epsilon: float) -> None:
    """Refuse all proposals rather than draw some of them."""
    ledger = releases.ledger(table)
    if ledger.cap is not None and not ledger.can_afford(epsilon):
        raise BudgetExceededError(asked=epsilon, remaining=ledger.remaining, cap=ledger.cap)


def _show(table: Table, proposals: list[ReleasedBounds], epsilon: float) -> None:
    show(
        "bounds_all",
        percent=PERCENT_DEFAULT,
        epsilon=figures.epsilon(epsilon),
        seeded=not proposals[0].is_private,
        columns=[
            {
                "name": names.column(column),
                "lower": figures.amount(proposal.lower, column.unit),
                "upper": figures.amount(proposal.upper, column.unit),
            }
            for column, proposal in zip(table.columns, proposals, strict=True)
        ],
    )
    wanted = {place: (proposal.lower, proposal.upper) for place, proposal in enumerate(proposals)}
    if all((column.lower, column.upper) == wanted[place] for place, column in enumerate(table.columns)):
        show("quiet", text=phrase("bounds.in_use"))
    elif st.button(phrase("bounds.use_all"), key="bounds_take_all", type="primary"):
        for place, ends in wanted.items():
            session.choose_bounds(table, place, ends)
        st.rerun()
