"""The one person whose products are looked at: somebody from the data, or whoever types their own spending."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.arrays import FloatArray
from core.data import Table
from core.metrics.profile import Profile
from ui import choices, figures, names, person_search, session
from ui.markup import show
from ui.settings import PERSON_WAYS, SPENDING_STEPS
from ui.text import phrase

AGE_MOST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One person's spending.

    Attributes:
        name: What the screen calls them.
        values: Raw values in the table's columns, of shape ``(n_columns,)``.
        held: Indices of the products they hold already.
        age: Their age, which some products ask for; None if they did not say.
        is_insider: Whether they are from the data, so that everything about them is for the curator only.
    """

    name: str
    values: FloatArray
    held: frozenset[int]
    age: int | None
    is_insider: bool

    def point(self, table: Table) -> FloatArray:
        """Return the person's place in the box, of shape ``(1, n_columns)``."""
        scaled = [column.to_scale(self.values[j : j + 1]) for j, column in enumerate(table.columns)]
        return np.column_stack(scaled)


def more() -> DeltaGenerator:
    """Return the button behind which the rest is chosen."""
    return st.popover(phrase("person.more"), icon=":material/tune:", key="more")


def draw_age() -> int | None:
    """Draw the field for an age, and return it if one was given."""
    age: int | None = st.number_input(
        phrase("person.age"),
        min_value=0,
        max_value=AGE_MOST,
        value=None,
        step=1,
        key="age",
        persist_state="session",
        placeholder=phrase("person.age_unknown"),
        help=phrase("person.age_why"),
    )
    return age


def draw_choice(table: Table, average: Profile, age: int | None) -> Recipient | None:
    """Draw the ways to choose a person and return the one chosen; None when the search finds nobody."""
    if session.settings.only_public:
        return _read_own_spending(table, average, age)
    way = choices.draw_segments(
        "person.way",
        PERSON_WAYS,
        lambda way: phrase(f"person.{way}"),
        key="person_way",
        label_visibility="collapsed",
    )
    return _search(table, age) if way == "search" else _read_own_spending(table, average, age)


def _search(table: Table, age: int | None) -> Recipient | None:
    if not session.settings.person:
        session.choose(person=table.person_id(0))
    row = person_search.draw(table, key="search", width=170)
    if row is None:
        return None
    held = table.holdings.held[row] if table.holdings else np.empty(0, dtype=np.int16)
    return Recipient(
        name=phrase("person.name", id=table.person_id(row)),
        values=table.values[row].astype(np.float64),
        held=frozenset(int(product) for product in held if product >= 0),
        age=age,
        is_insider=True,
    )


def _read_own_spending(table: Table, average: Profile, age: int | None) -> Recipient:
    first = _first_amounts(table, average)
    with st.form(key="own_spending", border=False):
        show("lead", text=phrase("person.own_lead"))
        with st.container(horizontal=True, key="own_fields"):
            typed = [
                st.number_input(
                    names.axis(column),
                    min_value=column.lower,
                    max_value=column.upper,
                    value=float(np.clip(first[j], column.lower, column.upper)),
                    step=1.0,
                    format="%.0f",
                    key=f"own_{column.key}",
                    persist_state="session",
                    width=220,
                )
                for j, column in enumerate(table.columns)
            ]
        step = choices.draw_segments(
            "person.keep",
            SPENDING_STEPS,
            lambda step: phrase("person.keep_none" if not step else "person.keep_by", n=step),
            key="spending_step",
        )
        st.form_submit_button(phrase("person.own_done"), key="own_done", type="primary")
    session.choose(spending=".".join(f"{round(amount / step) * step:.0f}" for amount in typed) if step else "")
    return Recipient(
        name=phrase("person.me"),
        values=np.asarray(typed, dtype=np.float64),
        held=frozenset(),
        age=age,
        is_insider=False,
    )


def _first_amounts(table: Table, average: Profile) -> list[float]:
    """Return what the fields begin with: what the link carries of this table's columns, or the average."""
    kept = [float(amount) for amount in session.settings.spending.split(".") if amount]
    return kept if len(kept) == len(table.columns) else np.round(average.average, 0).tolist()


def show_spending(recipient: Recipient, table: Table, profile: Profile, group: int) -> None:
    """Draw the person's spending beside their private group's, largest differences first."""
    amounts = profile.amounts[group]
    ratios = np.abs(np.log((recipient.values + 1.0) / (amounts + 1.0)))
    rows = []
    for j in np.argsort(-ratios, kind="stable")[:6]:
        most = max(float(recipient.values[j]), float(amounts[j]), 1e-9)
        rows.append(
            {
                "label": names.column(table.columns[j]),
                "person": round(100 * float(recipient.values[j]) / most, 1),
                "person_text": figures.amount(float(recipient.values[j]), table.columns[j].unit),
                "group": round(100 * float(amounts[j]) / most, 1),
                "group_text": figures.amount(float(amounts[j]), table.columns[j].unit),
            }
        )
    show("spending", name=recipient.name, insider_person=recipient.is_insider, rows=rows)
