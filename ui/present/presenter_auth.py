"""The presenter's key: without it nobody leads a room. A device that has shown it is known for a day's presenting."""

import hashlib
import hmac
import math
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import cast

import streamlit as st

from core.survey.problems import SurveyError
from core.survey.store import SurveyStore
from ui.languages import LANGUAGES
from ui.server.device import current_device, installation_key
from ui.server.pace import GuessPace, current_client
from ui.text import phrase, phrase_in

SECRET = "presenter_key"  # noqa: S105 - the name under which secrets.toml keeps it
#: Guesses are slowed down by client, and a client can be made anew: what keeps strangers out is the key's length.
LENGTH_LEAST, LENGTH_MOST = 12, 128
KEY_BYTES = 9
#: How long a device stays known: a day of presenting, not the next user of the lecture hall's computer.
KNOWN_FOR = timedelta(hours=12)
#: Where the session keeps that it leads.
GRANT = "presenter"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCheck:
    """What came of trying a key.

    Attributes:
        is_right: Whether it was the key.
        wait_seconds: How long to wait before the next try is looked at; this one was not if it is positive.
    """

    is_right: bool = False
    wait_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Leave to lead rooms.

    Attributes:
        name: Of the device in the store; None where the browser keeps no cookie, and a reload asks again.
        until: When it ends.
        epoch: Of the server when it was given: who is taken the key from everywhere makes it a former one.
    """

    name: str | None
    until: datetime
    epoch: int


@dataclass(slots=True)
class PresenterAuth:
    """Knows the key of this server, compares in constant time, and slows down whoever guesses, nobody else.

    Attributes:
        key: The key.
    """

    key: str
    _pace: GuessPace = field(default_factory=GuessPace)
    _epochs: dict[str | None, int] = field(default_factory=dict)

    def try_key(self, typed: str, *, client: str, now: float) -> KeyCheck:
        """Try a key at the time ``now``, in seconds."""
        wait = self._pace.wait(client, now)
        if wait > 0:
            return KeyCheck(wait_seconds=wait)
        # Digests are of one length, so that comparing says nothing about the key's.
        if hmac.compare_digest(_digest(typed), _digest(self.key)):
            self._pace.note_right(client)
            return KeyCheck(is_right=True)
        self._pace.note_wrong(client, now)
        return KeyCheck()

    def grant(self, name: str | None, until: datetime) -> Grant:
        """Give leave to lead until then."""
        return Grant(name=name, until=until, epoch=self._epoch(name))

    def revoke(self, name: str | None) -> None:
        """Take it from all sessions of a device; of everybody if it is None."""
        self._epochs[name] = self._epochs.get(name, 0) + 1

    def holds(self, grant: Grant, now: datetime) -> bool:
        """Return whether a grant is good at that time."""
        return now < grant.until and grant.epoch == self._epoch(grant.name)

    def name_device(self, device: str, *, key: bytes) -> str:
        """Name a device as the store keeps it: another key of the presenter's makes it an unknown one."""
        return hmac.digest(key, f"presenter|{self.key}|{device}".encode(), hashlib.sha256).hex()

    def _epoch(self, name: str | None) -> int:
        return self._epochs.get(None, 0) + (0 if name is None else self._epochs.get(name, 0))


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


# --- who leads ---------------------------------------------------------------------------------------------------


def is_presenter() -> bool:
    """Return whether this session may lead: it or its device has shown the key, not too long ago."""
    grant = cast("Grant | None", st.session_state.get(GRANT))
    return grant is not None and server_auth().holds(grant, datetime.now(UTC))


def recognise(store: SurveyStore) -> None:
    """Let a session that begins lead if its device is known: a reload in front of an audience asks for no key."""
    if GRANT in st.session_state:
        return
    name = _device_name()
    try:
        until = None if name is None else store.presenter_until(name)
    except SurveyError:
        # It is asked again when the page runs again.
        return
    st.session_state[GRANT] = None if until is None else server_auth().grant(name, until)


def admit(store: SurveyStore) -> None:
    """Let this session lead, and its device after a reload."""
    name, until = _device_name(), datetime.now(UTC) + KNOWN_FOR
    st.session_state[GRANT] = server_auth().grant(name, until)
    if name is not None:
        # A store that does not answer keeps nobody from presenting.
        with suppress(SurveyError):
            store.keep_presenter(name, until=until)


def forget(store: SurveyStore) -> None:
    """Let this device be an onlooker again."""
    grant = cast("Grant | None", st.session_state.get(GRANT))
    st.session_state[GRANT] = None
    if grant is not None and grant.name is not None:
        server_auth().revoke(grant.name)
        with suppress(SurveyError):
            store.forget_presenter(grant.name)


def forget_everywhere(store: SurveyStore) -> None:
    """Let every device be an onlooker again, also those that lead at this moment."""
    server_auth().revoke(None)
    st.session_state[GRANT] = None
    with suppress(SurveyError):
        store.forget_presenters()


def _device_name() -> str | None:
    device, key = current_device(), installation_key()
    return None if device is None or key is None else server_auth().name_device(device, key=key)


# --- asking for it -----------------------------------------------------------------------------------------------


def ask(store: SurveyStore) -> None:
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
        st.form_submit_button(phrase("present.key_done"), key="key_done", type="primary", on_click=_try, args=(store,))
    if refusal := st.session_state.pop("key_refusal", ""):
        st.warning(refusal, icon=":material/key_off:")


def _try(store: SurveyStore) -> None:
    typed = str(st.session_state.get("presenter_key", "")).strip()
    check = server_auth().try_key(typed, client=current_client(), now=monotonic())
    st.session_state["presenter_key"] = ""
    if check.is_right:
        admit(store)
    elif check.wait_seconds:
        st.session_state["key_refusal"] = phrase("present.key_wait", seconds=math.ceil(check.wait_seconds))
    else:
        st.session_state["key_refusal"] = phrase("present.key_wrong")
