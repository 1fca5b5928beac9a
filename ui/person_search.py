"""The search for one person of the data, by their identifier or at random; for the curator only."""

from collections.abc import Callable

import streamlit as st

from core.data import Table
from core.privacy.noise import secure_rng
from ui import session
from ui.settings import PERSON_ID_LENGTH_MAX
from ui.text import phrase


def draw(table: Table, *, key: str, width: int, others: Callable[[], object] = bool) -> int | None:
    """Draw the field, what ``others`` draws, and the dice; return the person's row, None if nobody is found."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=key):
        length = PERSON_ID_LENGTH_MAX
        st.text_input(phrase("person.id"), key="person", persist_state="session", max_chars=length, width=width)
        others()
        dice = ":material/casino:"
        st.button(phrase("person.surprise"), key="surprise", icon=dice, on_click=_choose_anybody, args=(table,))
    row = table.row_of(session.settings.person.strip())
    if row is None:
        ends = {"first": table.person_id(0), "last": table.person_id(table.n_people - 1)}
        st.warning(phrase("person.nobody", **ends), icon=":material/person_search:")
    return row


def _choose_anybody(table: Table) -> None:
    session.choose(person=table.person_id(int(secure_rng().integers(table.n_people))))
