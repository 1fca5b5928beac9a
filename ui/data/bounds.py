"""Bounds, honestly: what too tight and too wide ones cost, said for one column at a time."""

from dataclasses import replace

import streamlit as st

from core.data import Column, Table
from core.data.table import unbounded_key
from core.privacy.private_quantiles import expected_noise_in_units, nonprivate_clipped_share, upper_candidates
from ui import choices, figures, names, results, session
from ui.data import bounds_picture, bounds_proposal
from ui.data.bounds_picture import Cost
from ui.markup import show
from ui.text import phrase

#: Public sizes of a group whose mean is asked for: never the true number of people.
GROUPS, GROUP_DEFAULT = (30, 100, 300, 1_000, 3_000, 10_000), 300
#: More people than this outside the bounds: their differences are lost.
TIGHT_ABOVE = 0.05
#: Fewer people than this outside even tighter bounds: the width serves nobody.
WIDE_BELOW = 0.001
#: How many round numbers further in "even tighter" is.
TIGHTER_STEPS = 3


def draw(table: Table) -> None:
    """Draw what the bounds of one column cost, and the way to have them proposed."""
    with st.container(key="bounds_panel"):
        show("quiet", text=phrase("bounds.lead"))
        with st.container(key="bounds_choices", horizontal=True):
            place = _draw_column_choice(table)
            n_people = choices.draw_steps(
                "bounds.group", GROUPS, figures.people, value=GROUP_DEFAULT, key="bounds_group", width=320
            )
        _draw_cost(table, place, n_people)
        _draw_reset(table)
    with st.container(key="bounds_proposal"):
        bounds_proposal.draw(table, place)


def _draw_column_choice(table: Table) -> int:
    return int(
        st.selectbox(
            phrase("bounds.column"),
            range(len(table.columns)),
            format_func=lambda place: names.axis(table.columns[place]),
            key=f"bounds_column_{table.source.key}_{len(table.columns)}",
            width=320,
        )
    )


def _draw_cost(table: Table, place: int, n_people: int) -> None:
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
        noise=_expect_noise(column, uppers, n_people),
        clipped=None if session.settings.only_public else _count_clipped(table, place),
    )
    with picture:
        bounds_picture.draw(cost)
    show("bounds_said", text=_describe_cost(cost, n_people), insider_value=cost.clipped is not None)
    if upper != column.upper and st.button(
        phrase("bounds.use", upper=figures.amount(upper, column.unit)), key="bounds_use", type="primary"
    ):
        session.choose_bounds(table, place, (column.lower, upper))
        st.rerun()


def _expect_noise(column: Column, uppers: list[float], n_people: int) -> list[float]:
    epsilon = session.settings.epsilon
    return [
        expected_noise_in_units(replace(column, upper=upper), epsilon=epsilon, n_people=n_people) for upper in uppers
    ]


@results.by_content
def _count_clipped(table: Table, place: int) -> list[float]:
    """Return which part of the people each upper bound would clip; exact, curator only."""
    column, values = table.columns[place], table.values[:, place]
    return [
        nonprivate_clipped_share(values, lower=column.lower, upper=upper).total for upper in upper_candidates(column)
    ]


def _describe_cost(cost: Cost, n_people: int) -> str:
    words = cost.describe() | {
        "people": figures.people(n_people),
        "epsilon": figures.epsilon(session.settings.epsilon),
    }
    if cost.clipped is None:
        return phrase("bounds.said_public", **words)
    return f"{phrase('bounds.said', **words)} {phrase(_judge_width(cost.at, cost.clipped))}"


def _judge_width(at: int, clipped: list[float]) -> str:
    if clipped[at] > TIGHT_ABOVE:
        return "bounds.tight"
    return "bounds.wide" if clipped[max(at - TIGHTER_STEPS, 0)] < WIDE_BELOW else "bounds.fair"


def _draw_reset(table: Table) -> None:
    """Offer the first bounds again; what was released of them is still there."""
    if unbounded_key(table) == table.content_key:
        return
    show("quiet", text=phrase("bounds.chosen"))
    if st.button(phrase("bounds.reset"), key="bounds_reset", icon=":material/undo:"):
        session.choose(bounds="")
        st.rerun()
