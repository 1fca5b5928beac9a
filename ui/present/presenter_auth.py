"""The presenter's key: without it nobody leads a room."""

import hashlib
import hmac
import math
import secrets
import sys
from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import cast

import streamlit as st

from ui.languages import LANGUAGES
from ui.text import phrase, phrase_in

SECRET = "presenter_key"  # noqa: S105 - the name under which secrets.toml keeps it
LENGTH_LEAST, LENGTH_MOST = 8, 128
KEY_BYTES = 9
#: Wrong keys that a session may try at once; then it waits 1, 2, 4, … seconds, at most so long.
FREE_TRIES, WAIT_MOST_SECONDS = 3, 30.0
#: When the whole server sees more wrong keys than this in a minute, it looks at one a second: many sessions together
#: are as slow as that, and the presenter waits a second at most between two tries.
SERVER_TRIES, MINUTE_SECONDS, SERVER_WAIT_SECONDS = 20, 60.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCheck:
    """What came of trying a key.

    Attributes:
        is_right: Whether it was the key.
        wait_seconds: How long to wait before the next try is looked at; this one was not if it is positive.
    """

    is_right: bool = False
    wait_seconds: float = 0.0


@dataclass(slots=True)
class Tries:
    """Wrong keys of one session: how many, and when the last one was."""

    wrong: int = 0
    last: float = -math.inf

    def wait(self, now: float) -> float:
        """Return how many seconds this session has still to wait."""
        if self.wrong < FREE_TRIES:
            return 0.0
        pause = min(2.0 ** min(self.wrong - FREE_TRIES, 10), WAIT_MOST_SECONDS)
        return max(pause - (now - self.last), 0.0)


@dataclass(slots=True)
class PresenterAuth:
    """Knows the key of this server, compares in constant time, and slows down whoever guesses.

    Attributes:
        key: The key.
    """

    key: str
    _wrong: deque[float] = field(default_factory=lambda: deque(maxlen=SERVER_TRIES))
    _lock: Lock = field(default_factory=Lock)

    def try_key(self, typed: str, *, tries: Tries, now: float) -> KeyCheck:
        """Try a key at the time ``now``, in seconds; ``tries`` is the session's and takes note."""
        with self._lock:
            wait = max(tries.wait(now), self._server_wait(now))
            if wait > 0:
                return KeyCheck(wait_seconds=wait)
            # Digests are of one length, so that comparing says nothing about the key's.
            if hmac.compare_digest(_digest(typed), _digest(self.key)):
                tries.wrong = 0
                return KeyCheck(is_right=True)
            tries.wrong, tries.last = tries.wrong + 1, now
            self._wrong.append(now)
            return KeyCheck()

    def _server_wait(self, now: float) -> float:
        if len(self._wrong) < SERVER_TRIES or self._wrong[0] < now - MINUTE_SECONDS:
            return 0.0
        return max(self._wrong[-1] + SERVER_WAIT_SECONDS - now, 0.0)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text[: LENGTH_MOST + 1].encode()).digest()


@st.cache_resource(show_spinner=False)
def server_auth() -> PresenterAuth:
    """Return this server's check of keys: its key from ``secrets.toml``, or drawn now and told to the console once."""
    kept = str(st.secrets.get(SECRET, "")) if st.secrets.load_if_toml_exists() else ""
    if LENGTH_LEAST <= len(kept) <= LENGTH_MOST:
        return PresenterAuth(kept)
    if kept:
        _print("present.console_short", least=LENGTH_LEAST, most=LENGTH_MOST)
    key = secrets.token_urlsafe(KEY_BYTES)
    _print("present.console", key=key)
    return PresenterAuth(key)


def _print(name: str, /, **blanks: object) -> None:
    for language in LANGUAGES.values():
        sys.stdout.write(f"{phrase_in(language, name, **blanks)}\n")
    sys.stdout.flush()


def is_presenter() -> bool:
    """Return whether this session has shown the key."""
    return bool(st.session_state.get("presenter"))


def forget() -> None:
    """Let this session be an onlooker again."""
    st.session_state["presenter"] = False


def ask() -> None:
    """Draw the field for the key, and what came of the last one typed."""
    with st.form(key="key_form", border=False), st.container(horizontal=True, vertical_alignment="bottom", key="door"):
        st.text_input(
            phrase("present.key"),
            key="presenter_key",
            type="password",
            max_chars=LENGTH_MOST,
            autocomplete="off",
            help=phrase("present.key_why"),
            width=320,
        )
        st.form_submit_button(phrase("present.key_done"), key="key_done", type="primary", on_click=_try)
    if refusal := st.session_state.pop("key_refusal", ""):
        st.warning(refusal, icon=":material/key_off:")


def _try() -> None:
    tries = cast("Tries", st.session_state.setdefault("key_tries", Tries()))
    check = server_auth().try_key(str(st.session_state.get("presenter_key", "")).strip(), tries=tries, now=monotonic())
    st.session_state["presenter_key"] = ""
    if check.is_right:
        st.session_state["presenter"] = True
    elif check.wait_seconds:
        st.session_state["key_refusal"] = phrase("present.key_wait", seconds=math.ceil(check.wait_seconds))
    else:
        st.session_state["key_refusal"] = phrase("present.key_wrong")
