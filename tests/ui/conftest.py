"""A language to speak outside a script run."""

from types import SimpleNamespace

import pytest

from ui import text


@pytest.fixture
def speak(monkeypatch):
    """Let a test choose the language that phrases come in."""

    def in_language(language):
        visitor = SimpleNamespace(session_state={text.LANGUAGE_KEY: language}, context=SimpleNamespace(locale=None))
        monkeypatch.setattr(text, "st", visitor)

    return in_language
