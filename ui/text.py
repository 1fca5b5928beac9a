"""Every phrase the app says, in Korean and English, from ``assets/text``."""

import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

TEXT_FOLDER = Path(__file__).parent.parent / "assets" / "text"
LANGUAGE_KEY = "lang"


class Language(StrEnum):
    """The languages that the app speaks; the first is the fallback."""

    KOREAN = "ko"
    ENGLISH = "en"


_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


@cache
def phrases(language: Language) -> dict[str, str]:
    """Return all phrases of ``language`` by dotted key.

    Raises:
        FileNotFoundError: If the language has no file.
    """
    with (TEXT_FOLDER / f"{language}.toml").open("rb") as file:
        return dict(_flattened(tomllib.load(file), prefix=""))


def _flattened(tree: dict[str, Any], *, prefix: str) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for name, branch in tree.items():
        if isinstance(branch, dict):
            flat += _flattened(branch, prefix=f"{prefix}{name}.")
        else:
            flat.append((f"{prefix}{name}", str(branch)))
    return flat


def browser_language() -> Language:
    """Return the language the browser asks for; Korean when it does not say."""
    locale = st.context.locale
    return Language.KOREAN if locale is None or locale.lower().startswith("ko") else Language.ENGLISH


def language() -> Language:
    """Return the language of this session."""
    return _spoken.get() or _chosen()


def settle_language() -> None:
    """Look the session's language up once for the run that begins: a screen asks for it two hundred times."""
    _spoken.set(_chosen())


def _chosen() -> Language:
    chosen = st.session_state.get(LANGUAGE_KEY)
    return Language(chosen) if chosen else browser_language()


def phrase(key: str, **blanks: object) -> str:
    """Return the phrase under ``key`` in the session's language, with its ``{blanks}`` filled in.

    Raises:
        KeyError: If there is no such phrase, or a blank is missing: a mistake of ours, caught by the tests.
    """
    return phrases(language())[key].format(**blanks)


def pick(korean: str, english: str) -> str:
    """Return whichever of a pair of names, such as a column's labels, fits the session's language."""
    return korean if language() is Language.KOREAN else english


def label(labels: Mapping[str, str]) -> str:
    """Return the label for the session's language, or the English one where there is none."""
    return labels.get(str(language()), labels[Language.ENGLISH])


def known(key: str) -> bool:
    """Return whether there is a phrase under ``key``."""
    return key in phrases(language())
