"""The way into a room by its number: who tries numbers waits longer and longer, and nobody else does."""

from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic

import streamlit as st

from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import Room, read_code
from core.survey.store import SurveyStore
from ui.server.pace import CLIENTS_MAX, GuessPace, current_client


@dataclass(slots=True)
class Door:
    """Who has found which room, and who tries numbers."""

    _pace: GuessPace = field(default_factory=GuessPace)
    _found: OrderedDict[tuple[str, str], None] = field(default_factory=OrderedDict)

    def find_room(self, store: SurveyStore, typed: str, *, client: str, now: float) -> Room:
        """Return the room with a number that was typed or stood in a link; what a client has found stays open to it.

        Raises:
            SurveyError: If there is none (UNKNOWN_ROOM), or this client has tried too many (GUESSING); as the store
                does.
        """
        code = read_code(typed)
        if (client, code) not in self._found and self._pace.wait(client, now) > 0:
            raise SurveyError(SurveyProblem.GUESSING)
        try:
            room = store.room(code)
        except SurveyError as error:
            if error.problem is SurveyProblem.UNKNOWN_ROOM:
                self._pace.note_wrong(client, now)
            raise
        # What was wrong before is not forgotten: a known number between the guesses would make them free.
        self._found[client, code] = None
        if len(self._found) > CLIENTS_MAX:
            self._found.popitem(last=False)
        return room


@st.cache_resource(show_spinner=False)
def server_door() -> Door:
    """Return the door of this server."""
    return Door()


def find_room(store: SurveyStore, typed: str) -> Room:
    """Return the room with a number that this session's client has typed or followed, as ``Door.find_room`` does."""
    return server_door().find_room(store, typed, client=current_client(), now=monotonic())
