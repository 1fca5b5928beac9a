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

from ui.text import Language, phrase, phrases

SECRET = "presenter_key"  # noqa: S105 - the name under which secrets.toml keeps it
LENGTH_LEAST, LENGTH_MOST = 8, 128
DRAWN_BYTES = 9
#: Wrong keys that a session may try at once; then it waits 1, 2, 4, … seconds, at most so long.
FREE_TRIES, WAIT_MOST_SECONDS = 3, 30.0
#: When the whole server sees more wrong keys than this in a minute, it looks at one a second: many sessions together
#: are as slow as that, and the presenter waits a second at most between two tries.
SERVER_TRIES, MINUTE_SECONDS, SERVER_WAIT_SECONDS = 20, 60.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """What came of trying a key.

    Attributes:
        opens: Whether it was the key.
        wait_seconds: How long to wait before the next try is looked at; this one was not if it is positive.
    """

    opens: bool = False
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
class Door:
    """Knows the key of this server, compares in constant time, and slows down whoever guesses.

    Attributes:
        key: The key.
    """

    key: str
    _wrong: deque[float] = field(default_factory=lambda: deque(maxlen=SERVER_TRIES))
    _lock: Lock = field(default_factory=Lock)

    def knock(self, typed: str, *, tries: Tries, now: float) -> Knock:
        """Try a key at the time ``now``, in seconds; ``tries`` is the session's and takes note."""
        with self._lock:
            wait = max(tries.wait(now), self._server_wait(now))
            if wait > 0:
                return Knock(wait_seconds=wait)
            # Digests are of one length, so that comparing says nothing about the key's.
            if hmac.compare_digest(_digest(typed), _digest(self.key)):
                tries.wrong = 0
                return Knock(opens=True)
            tries.wrong, tries.last = tries.wrong + 1, now
            self._wrong.append(now)
            return Knock()

    def _server_wait(self, now: float) -> float:
        if len(self._wrong) < SERVER_TRIES or self._wrong[0] < now - MINUTE_SECONDS:
            return 0.0
        return max(self._wrong[-1] + SERVER_WAIT_SECONDS - now, 0.0)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text[: LENGTH_MOST + 1].encode()).digest()


@st.cache_resource(show_spinner=False)
def door() -> Door:
    """Return this server's door: its key from ``secrets.toml``, or drawn now and told to the console once."""
    kept = str(st.secrets.get(SECRET, "")) if st.secrets.load_if_toml_exists() else ""
    if LENGTH_LEAST <= len(kept) <= LENGTH_MOST:
        return Door(kept)
    if kept:
        _tell("present.console_short", least=LENGTH_LEAST, most=LENGTH_MOST)
    drawn = secrets.token_urlsafe(DRAWN_BYTES)
    _tell("present.console", key=drawn)
    return Door(drawn)


def _tell(said: str, **blanks: object) -> None:
    for language in Language:
        sys.stdout.write(f"{phrases(language)[said].format(**blanks)}\n")
    sys.stdout.flush()


def is_known() -> bool:
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
    if said := st.session_state.pop("knock", ""):
        st.warning(said, icon=":material/key_off:")


def _try() -> None:
    tries = cast("Tries", st.session_state.setdefault("key_tries", Tries()))
    knock = door().knock(str(st.session_state.get("presenter_key", "")).strip(), tries=tries, now=monotonic())
    st.session_state["presenter_key"] = ""
    if knock.opens:
        st.session_state["presenter"] = True
    elif knock.wait_seconds:
        st.session_state["knock"] = phrase("present.key_wait", seconds=math.ceil(knock.wait_seconds))
    else:
        st.session_state["knock"] = phrase("present.key_wrong")
