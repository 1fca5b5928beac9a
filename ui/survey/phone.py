"""What a phone shows: the survey, or the view of the scene that its room's presenter leads."""

from collections.abc import Callable

import streamlit as st

from core.survey.problems import SurveyError
from core.survey.questions import SURVEY
from core.survey.rooms import WEB_ROOM, Room
from core.survey.scenes import Scene
from core.survey.store import SurveyStore
from ui import frame
from ui.markup import show
from ui.survey import companion, entry, form, guess, identity, participation, recommended
from ui.survey.participation import Participation
from ui.text import phrase

#: How often a phone looks where its room is; less often while it asks, for a room stays there for minutes and every
#: look of two hundred phones is taken from their answers.
WATCH_SECONDS, WATCH_ASKING_SECONDS = 2.0, 4.0

View = Callable[[SurveyStore, Participation], None]
#: The phone's view of each scene; a scene that is not here asks to look up.
VIEWS: dict[int, View] = {
    Scene.PLAYED: companion.screen,
    Scene.NOISE: companion.screen,
    Scene.PAIR: companion.screen,
    Scene.GUESS: guess.screen,
    Scene.RECOMMEND: recommended.screen,
    Scene.SURVEY: form.screen,
}


def view_of(room: Room) -> View:
    """Return what a phone shows in the room now; the open room has no presenter and always asks."""
    return form.screen if room.code == WEB_ROOM else VIEWS.get(room.scene, companion.screen)


def follow(store: SurveyStore, code: str) -> None:
    """Draw the room's view on this phone, and go along when the presenter goes on."""
    _has_moved(store, code)
    _screen(store, code)
    if code != WEB_ROOM:
        mine = participation.present(code)
        is_asked = mine is not None and mine.room.scene == Scene.SURVEY
        st.fragment(_watch, run_every=WATCH_ASKING_SECONDS if is_asked else WATCH_SECONDS)(store, code)


@st.fragment
def _screen(store: SurveyStore, code: str) -> None:
    frame.begin_fragment()
    try:
        mine = participation.present(code) or _come_in(store, code)
    except SurveyError as error:
        entry.shut(error.problem)
        return
    if mine is None:
        show("quiet", text=phrase("room.coming_in"))
        return
    if not mine.room.is_open:
        companion.closed(store, mine)
        return
    view_of(mine.room)(store, mine)


def _come_in(store: SurveyStore, code: str) -> Participation | None:
    """Join the room as the phone that this is; None until it has said so."""
    if code == WEB_ROOM:
        store.open_room(survey=SURVEY.version, at=participation.now(), code=WEB_ROOM, scene=Scene.SURVEY)
    else:
        store.room(code)
    token = identity.token(code)
    return None if token is None else participation.enter(store, code, token)


def _watch(store: SurveyStore, code: str) -> None:
    """Look whether the room is still where this phone is; nearly always it is, and nothing else is done."""
    mine = participation.present(code)
    if mine is None or st.session_state.get("whole_run"):
        return
    if _has_moved(store, code) or mine.needs_drawing():
        st.rerun(scope="app")


def _has_moved(store: SurveyStore, code: str) -> bool:
    """Take this phone to where its room is and return whether it was elsewhere."""
    mine = participation.present(code)
    if mine is None or code == WEB_ROOM:
        return False
    try:
        room = store.glance(code)
    except SurveyError:
        return False
    if _led(room) == _led(mine.room):
        return False
    if room.generation != mine.room.generation:
        participation.leave()
    mine.room = room
    return True


def _led(room: Room) -> tuple[object, ...]:
    """Return what of a room decides what its phones show."""
    return room.generation, room.scene, dict(room.stage), room.is_open, room.is_revealed
