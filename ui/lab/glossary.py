"""The glossary: every word of the app in two sentences, each with a link of its own."""

from typing import Any

import streamlit as st

from core.data import Table
from ui import session
from ui.lab.terms import RELATED, TERMS, THEMES
from ui.markup import show
from ui.text import phrase


def screen(_table: Table) -> None:
    """Draw the search, the word that was asked for, and all words by theme."""
    st.selectbox(
        phrase("glossary.search"),
        ("", *TERMS),
        format_func=lambda term: phrase("glossary.all") if term == "" else name_term(term),
        key="term",
        persist_state="session",
    )
    chosen = session.settings.term
    show(
        "glossary",
        chosen=describe_term(chosen) if chosen else None,
        themes=[
            (phrase(f"glossary.theme_{theme}"), [describe_term(term) for term in terms])
            for theme, terms in THEMES.items()
        ],
    )


def name_term(term: str) -> str:
    """Return what a word is called."""
    return phrase(f"glossary.term_{term}").split("|")[0]


def describe_term(term: str) -> dict[str, Any]:
    """Return a word as it is explained, and what to read next."""
    called, text = phrase(f"glossary.term_{term}").split("|")
    return {
        "key": term,
        "name": called,
        "text": text,
        "related": [(other, name_term(other)) for other in RELATED[term]],
    }
