"""Pace by client: who guesses waits longer, who crowds in is let in a few at a time, and nobody else waits for them."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st

from ui.server.device import current_device

#: Wrong guesses that are free; then a client waits 1, 2, 4, … seconds before the next one is looked at.
FREE_GUESSES, WAIT_MOST_SECONDS = 3, 30.0
CLIENTS_MAX = 10_000


@dataclass(slots=True)
class _Guesses:
    """Wrong guesses of one client: how many, and when the last one was."""

    wrong: int
    last: float


@dataclass(slots=True)
class GuessPace:
    """Wrong guesses by client; those of clients that were here longest ago are forgotten first.

    A pace for all together would be simpler, and would let forty strangers keep the right key out.
    """

    _clients: OrderedDict[str, _Guesses] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def wait(self, client: str, now: float) -> float:
        """Return how many seconds a client has still to wait at the time ``now``, in seconds."""
        with self._lock:
            guesses = self._clients.get(client)
            if guesses is None or guesses.wrong < FREE_GUESSES:
                return 0.0
            pause = min(2.0 ** min(guesses.wrong - FREE_GUESSES, 10), WAIT_MOST_SECONDS)
            return max(pause - (now - guesses.last), 0.0)

    def note_wrong(self, client: str, now: float) -> None:
        """Count a wrong guess."""
        with self._lock:
            former = self._clients.pop(client, None)
            self._clients[client] = _Guesses(wrong=1 if former is None else former.wrong + 1, last=now)
            if len(self._clients) > CLIENTS_MAX:
                self._clients.popitem(last=False)

    def note_right(self, client: str) -> None:
        """Forget what a client got wrong."""
        with self._lock:
            self._clients.pop(client, None)


@dataclass(slots=True)
class CrowdPace:
    """How many may come from one address of the network: so many at once, then so many a second.

    Attributes:
        at_once: As many as a lecture hall behind one address, coming together.
        a_second: As many go on coming.
    """

    at_once: float
    a_second: float
    _left: OrderedDict[tuple[str, str], tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def admit(self, place: str, address: str, now: float) -> bool:
        """Return whether one more may come to a place from an address at the time ``now``, in seconds."""
        with self._lock:
            left, at = self._left.pop((place, address), (self.at_once, now))
            left = min(left + max(now - at, 0.0) * self.a_second, self.at_once)
            is_admitted = left >= 1.0
            self._left[place, address] = (left - 1.0 if is_admitted else left, now)
            if len(self._left) > CLIENTS_MAX:
                self._left.popitem(last=False)
            return is_admitted


def current_client() -> str:
    """Name who is at the other end: the device, whose cookie a reload does not change; without one, the session."""
    unknown: str = st.session_state.setdefault("client", secrets.token_hex(8))
    return current_device() or unknown
