"""Every phrase the app says, in the session's language, from ``assets/text``."""

import tomllib
from collections.abc import Callable, Mapping
from contextvars import ContextVar, copy_context
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from core.data.labels import Labels, choose_label
from ui.languages import FALLBACK, LANGUAGES, Language

Result = TypeVar("Result")

TEXT_FOLDER = Path(__file__).parent.parent / "assets" / "text"
LANGUAGE_KEY = "lang"

_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


@cache
def phrases(language: str) -> Mapping[str, str]:
    """Return all phrases of the language with this key, by dotted key; the fallback's where it has none of its own.

    Raises:
        FileNotFoundError: If the language has no file.
    """
    return own_phrases(FALLBACK) | own_phrases(language)


def own_phrases(language: str) -> dict[str, str]:
    """Return the phrases that a language has itself, by dotted key.

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
    """Return the language the browser asks for; the first one when it does not say."""
    locale = st.context.locale
    if locale is None:
        return next(iter(LANGUAGES.values()))
    code = locale.lower().replace("_", "-").split("-")[0]
    return next((each for each in LANGUAGES.values() if code in each.locales), LANGUAGES[FALLBACK])


def language() -> Language:
    """Return the language of this session."""
    return _spoken.get() or _chosen()


def settle_language() -> None:
    """Look the session's language up once for the run that begins: a screen asks for it two hundred times."""
    _spoken.set(_chosen())


def bind_language(make: Callable[[], Result]) -> Callable[[], Result]:
    """Return ``make`` so that it may run when the session's script does not, as what writes a download does.

    Nothing of the session is there then: it speaks the language of now, and whatever else it needs it has to bring.
    """
    here = copy_context()
    return lambda: here.copy().run(make)


def _chosen() -> Language:
    chosen = st.session_state.get(LANGUAGE_KEY)
    return LANGUAGES[chosen] if chosen else browser_language()


def phrase(key: str, **blanks: object) -> str:
    """Return the phrase under ``key`` in the session's language, with its ``{blanks}`` filled in.

    Raises:
        KeyError: If there is no such phrase, or a blank is missing: a mistake of ours, caught by the tests.
    """
    return phrase_in(language(), key, **blanks)


def phrase_in(spoken: Language, key: str, /, **blanks: object) -> str:
    """Return the phrase under ``key`` in one language, whatever the session's is.

    Raises:
        KeyError: As for ``phrase``.
    """
    return spoken.fill(phrases(spoken.key)[key], blanks)


def label(labels: Labels) -> str:
    """Return the label for the session's language, or else for another one.

    A language without a label of its own may translate the English one in the table ``[labels]`` of its phrases.
    """
    spoken = language().key
    own = labels.get(spoken) or phrases(spoken).get(f"labels.{labels.get(FALLBACK)}")
    return own or choose_label(labels, spoken)


def known(key: str) -> bool:
    """Return whether there is a phrase under ``key``."""
    return key in phrases(language().key)
