"""What stands around every page: style, language, the two switches, the budget, and notices."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.data import Table
from ui import choices, figures, names, releases, session
from ui.languages import LANGUAGES
from ui.markup import show
from ui.text import language, phrase, settle_language

#: Pages in the order of the navigation, each with its icon.
PAGES = {
    "home": ":material/home:",
    "data": ":material/table_rows:",
    "compare": ":material/compare:",
    "recommend": ":material/redeem:",
    "privacy": ":material/shield_lock:",
    "lab": ":material/science:",
    "survey": ":material/rate_review:",
    "present": ":material/present_to_all:",
}

_DOCUMENT_LANGUAGE = "<script>document.documentElement.lang = '{language}';</script>"


def page_path(page: str) -> str:
    """Return where a page's script is, seen from the frame's."""
    return f"../pages/{page}.py"


def draw_link(page: str, *, label: str, icon: str) -> None:
    """Draw a link to another page of the app."""
    st.page_link(page_path(page), label=phrase(label), icon=icon, width="content")


def open_page() -> None:
    """Draw what stands above every page: what has to be said once."""
    show_notices()


def draw_sidebar() -> None:
    """Draw what stands beside every page: the brand, the two switches, the budget."""
    with st.sidebar:
        show("brand")
        _switches()
        with st.container(key="budget"):
            show_budget()
            draw_ledger_link(phrase("frame.ledger"), key="open_ledger")
        _name_language()


def begin_fragment() -> None:
    """Do at the start of a fragment what the frame does at the start of a page: it may run without it."""
    settle_language()
    session.apply_choices()
    show_notices()


def show_notices() -> None:
    """Draw what has to be said once."""
    for notice in session.take_notices():
        st.info(notice, icon=":material/info:")


def _switches() -> None:
    choices.draw_segments(
        "frame.language",
        list(LANGUAGES),
        lambda key: LANGUAGES[key].name,
        key="lang",
        label_visibility="collapsed",
        width="stretch",
    )
    st.toggle(
        phrase("frame.only_public"),
        key="only_public",
        persist_state="session",
        help=phrase("frame.only_public_why"),
    )


def show_budget() -> None:
    """Draw what the data at hand has cost so far."""
    table = session.table()
    ledger = releases.ledger(table)
    show(
        "budget",
        data=names.data(table),
        practice=table.source.is_synthetic,
        spent=figures.epsilon(ledger.spent),
        cap=None if ledger.cap is None else figures.epsilon(ledger.cap),
        remaining=figures.epsilon(ledger.remaining),
        share=0.0 if ledger.cap is None else min(ledger.spent / ledger.cap, 1.0),
    )


def draw_ledger_link(label: str, *, key: str) -> None:
    """Draw what leads to the ledger from wherever a price is told."""
    if st.button(label, key=key, icon=":material/receipt_long:", type="tertiary"):
        session.choose_later(part="ledger")
        st.switch_page(page_path("privacy"))


def describe_spent(table: Table) -> str:
    """Say in a few words what the data at hand has cost so far."""
    ledger = releases.ledger(table)
    if ledger.cap is None:
        return phrase("marks.practice")
    return phrase("frame.price", spent=figures.epsilon(ledger.spent), cap=figures.epsilon(ledger.cap))


def _name_language() -> None:
    """Tell the browser which language the document is in; Streamlit's page says English."""
    st.html(_DOCUMENT_LANGUAGE.format(language=language().key), unsafe_allow_javascript=True)


def title_line(page: str) -> DeltaGenerator:
    """Draw a page's heading in one line, and return the line: what belongs beside it is drawn inside."""
    line = st.container(key="title", horizontal=True, vertical_alignment="center")
    line.title(phrase(f"{page}.title"), anchor=False)
    return line


def bar() -> DeltaGenerator:
    """Return the bar that stays in view while one scrolls: above on a desk, at the thumb on a phone."""
    return st.container(key="bar", horizontal=True, vertical_alignment="center")


def draw_title(page: str) -> None:
    """Draw a page's heading and its sentence."""
    st.title(phrase(f"{page}.title"), anchor=False)
    show("lead", text=phrase(f"{page}.lead"))
