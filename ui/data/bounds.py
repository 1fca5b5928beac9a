"""Bounds, honestly: what too tight and too wide ones cost, and bounds proposed from the people for a stated ε."""

from dataclasses import replace

import numpy as np
import streamlit as st

from core.data import Column, Table
from core.data.table import unbounded_key
from core.privacy.cap import BudgetExceededError
from core.privacy.noise import secure_rng
from core.privacy.private_quantiles import (
    PERCENT_DEFAULT,
    ReleasedBounds,
    candidate_bounds,
    expected_noise_in_units,
    nonprivate_clipped_share,
    release_bounds,
    upper_candidates,
)
from core.reduction.spec import public_seed
from core.release.receipt import COLUMNS
from ui import chosen_bounds, figures, names, releases, results, session
from ui.compare import context
from ui.data import bounds_picture
from ui.data.bounds_picture import Cost
from ui.markup import show
from ui.text import phrase

#: Public sizes of a group whose mean is asked for: never the true number of people.
GROUPS, GROUP_DEFAULT = (30, 100, 300, 1_000, 3_000, 10_000), 300
PERCENTS = (80, 90, 95, 98)
EPSILONS, EPSILON_DEFAULT = (0.05, 0.1, 0.2, 0.5, 1.0), 0.1
#: More people than this outside the bounds: their differences are lost.
TIGHT_ABOVE = 0.05
#: Fewer people than this outside even tighter bounds: the width serves nobody.
WIDE_BELOW = 0.001
#: How many round numbers further in "even tighter" is.
TIGHTER_STEPS = 3


def section(table: Table) -> None:
    """Draw what the bounds of one column cost, and the way to have them proposed."""
    with st.container(key="bounds_panel"):
        show("quiet", text=phrase("bounds.lead"))
        with st.container(key="bounds_choices", horizontal=True):
            place = _column(table)
            n_people = st.select_slider(
                phrase("bounds.group"),
                GROUPS,
                GROUP_DEFAULT,
                format_func=figures.people,
                key="bounds_group",
                persist_state="session",
                help=phrase("bounds.group_why"),
                width=320,
            )
        _preview(table, place, n_people)
        _reset(table)
    with st.container(key="bounds_proposal"):
        _proposal(table, place)


def _column(table: Table) -> int:
    return int(
        st.selectbox(
            phrase("bounds.column"),
            range(len(table.columns)),
            format_func=lambda place: names.axis(table.columns[place]),
            key=f"bounds_column_{table.source.key}_{len(table.columns)}",
            width=320,
        )
    )


# --- what bounds cost --------------------------------------------------------------------------------------------


def _preview(table: Table, place: int, n_people: int) -> None:
    column = table.columns[place]
    uppers = upper_candidates(column).tolist()
    picture = st.container()
    with st.container(key="bounds_upper_bound"):
        upper = st.select_slider(
            phrase("bounds.upper"),
            uppers,
            column.upper,
            format_func=lambda value: figures.amount(value, column.unit),
            key=f"bounds_upper_{place}_{column.lower:g}_{column.upper:g}",
        )
    cost = Cost(
        column=column,
        uppers=uppers,
        at=uppers.index(upper),
        noise=_noise(column, uppers, n_people),
        clipped=None if session.settings.only_public else _clipped(table, place),
    )
    with picture:
        bounds_picture.draw(cost)
    show("bounds_said", text=_said(cost, n_people), insider_value=cost.clipped is not None)
    if upper != column.upper and st.button(
        phrase("bounds.use", upper=figures.amount(upper, column.unit)), key="bounds_use", type="primary"
    ):
        _adopt(table, place, column.lower, upper)


def _noise(column: Column, uppers: list[float], n_people: int) -> list[float]:
    epsilon = session.settings.epsilon
    return [
        expected_noise_in_units(replace(column, upper=upper), epsilon=epsilon, n_people=n_people) for upper in uppers
    ]


@results.by_content
def _clipped(table: Table, place: int) -> list[float]:
    """Return which part of the people each upper bound would clip; exact, curator only."""
    column, values = table.columns[place], table.values[:, place]
    return [
        nonprivate_clipped_share(values, lower=column.lower, upper=upper).total for upper in upper_candidates(column)
    ]


def _said(cost: Cost, n_people: int) -> str:
    told = cost.told() | {
        "people": figures.people(n_people),
        "epsilon": figures.epsilon(session.settings.epsilon),
    }
    if cost.clipped is None:
        return phrase("bounds.said_public", **told)
    return f"{phrase('bounds.said', **told)} {phrase(_verdict(cost.at, cost.clipped))}"


def _verdict(at: int, clipped: list[float]) -> str:
    if clipped[at] > TIGHT_ABOVE:
        return "bounds.tight"
    return "bounds.wide" if clipped[max(at - TIGHTER_STEPS, 0)] < WIDE_BELOW else "bounds.fair"


def _adopt(table: Table, place: int, lower: float, upper: float) -> None:
    source, chosen = chosen_bounds.read(session.settings.bounds)
    kept = chosen if source == table.source.key else {}
    session.choose(bounds=chosen_bounds.written(table.source.key, kept | {place: (lower, upper)}))
    st.rerun()


def _reset(table: Table) -> None:
    """Offer the first bounds again; what was bought with them is still there."""
    if unbounded_key(table) == table.content_key:
        return
    show("quiet", text=phrase("bounds.chosen"))
    if st.button(phrase("bounds.reset"), key="bounds_reset", icon=":material/undo:"):
        session.choose(bounds="")
        st.rerun()


# --- bounds bought from the people -------------------------------------------------------------------------------


def _proposal(table: Table, place: int) -> None:
    st.subheader(phrase("bounds.propose"), anchor=False)
    show("quiet", text=phrase("bounds.propose_why"))
    with st.container(key="bounds_wish", horizontal=True):
        percent = st.select_slider(
            phrase("bounds.percent"),
            PERCENTS,
            PERCENT_DEFAULT,
            format_func=lambda percent: f"{percent}%",
            key="bounds_percent",
            persist_state="session",
            width=320,
        )
        epsilon = st.select_slider(
            phrase("bounds.epsilon"),
            EPSILONS,
            EPSILON_DEFAULT,
            format_func=figures.epsilon,
            key="bounds_epsilon",
            persist_state="session",
            width=320,
        )
    key = f"{unbounded_key(table)}|{table.columns[place].key}|{percent}|{epsilon:g}"
    try:
        if ("bounds", key) in releases.release_store(table) or _confirmed(table, key, epsilon):
            _proposed(table, place, _bought(table, key, place, percent, epsilon))
    except BudgetExceededError as error:
        context.over_budget(error)


def _confirmed(table: Table, key: str, epsilon: float) -> bool:
    """Draw the button that buys; people's data is asked about once more before anything is spent."""
    practice = table.source.is_synthetic
    label = phrase("bounds.ask_free") if practice else phrase("bounds.ask", epsilon=figures.epsilon(epsilon))
    pressed = st.button(label, key="bounds_ask", icon=":material/casino:")
    if practice:
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
        spent = st.button(phrase("bounds.spend", epsilon=figures.epsilon(epsilon)), key="bounds_spend", type="primary")
        st.button(phrase("bounds.keep"), key="bounds_keep", on_click=st.session_state.pop, args=("bounds_asked",))
    return spent


def _bought(table: Table, key: str, place: int, percent: int, epsilon: float) -> ReleasedBounds:
    """Return the proposal named ``key``: kept and free, or charged and drawn, and the page with its budget anew.

    Raises:
        BudgetExceededError: If the charge would pass the cap; nothing is drawn then.
    """
    is_new = ("bounds", key) not in releases.release_store(table)

    def draw() -> ReleasedBounds:
        rng = np.random.default_rng(public_seed(key)) if table.source.is_synthetic else secure_rng()
        # Raw values, not those clipped to the present bounds: the true ends may lie beyond them.
        values, grid = table.values[:, place].astype(np.float64), candidate_bounds(table.columns[place])
        return release_bounds(values, grid=grid, epsilon=epsilon, rng=rng, percent=percent)

    column = table.columns[place]
    parameters = {"column": column.key, "percent": percent, COLUMNS: (column,)}
    bought = releases.get_or_release(table, "bounds", epsilon, key=key, draw=draw, **parameters)
    if is_new:
        st.session_state.pop("bounds_asked", None)
        session.redraw()
    return bought


def _proposed(table: Table, place: int, bought: ReleasedBounds) -> None:
    column = table.columns[place]
    lower, upper = (figures.amount(end, column.unit) for end in (bought.lower, bought.upper))
    show(
        "bounds_proposed",
        text=phrase("bounds.proposed", percent=bought.percent, lower=lower, upper=upper),
        epsilon=figures.epsilon(bought.epsilon),
        seeded=not bought.is_private,
    )
    if (bought.lower, bought.upper) == (column.lower, column.upper):
        show("quiet", text=phrase("bounds.in_use"))
    elif st.button(phrase("bounds.use_proposed", lower=lower, upper=upper), key="bounds_take", type="primary"):
        _adopt(table, place, bought.lower, bought.upper)
