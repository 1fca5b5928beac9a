"""What a phone shows: the survey, or the view of the scene that its room's presenter leads."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.survey.problems import SurveyError
from core.survey.questions import SURVEY
from core.survey.rooms import WEB_ROOM
from core.survey.store import SurveyStore
from ui import connection, frame
from ui.markup import show
from ui.present.scenes import voices
from ui.present.scenes.registry import SCENES
from ui.survey import companion, door, entry, form, identity, participation, room_updates
from ui.survey.participation import THANKS, Participation
from ui.text import phrase

View = Callable[[Participation], None]


def view_of(mine: Participation) -> View:
    """Return what a phone shows in its room now; the open room has no presenter and always asks."""
    if mine.room.code == WEB_ROOM:
        return form.screen
    scene = SCENES.get(mine.room.scene)
    if scene is None:
        return companion.look_up
    return scene.phone or partial(companion.screen, name=scene.name, picture=scene.picture)


def follow(store: SurveyStore, code: str) -> None:
    """Draw the room's view on this phone, again when the presenter goes on."""
    connection.watch()
    _screen(store, code)


@st.fragment
def _screen(store: SurveyStore, code: str) -> None:
    frame.begin_fragment()
    try:
        mine = participation.current_participation(code)
        mine = _join(store, code) if mine is None else _follow_room(mine)
    except SurveyError as error:
        entry.show_refusal(error.problem)
        connection.acknowledge()
        return
    if mine is None:
        show("quiet", text=phrase("room.coming_in"))
        return
    follows = code != WEB_ROOM
    shows_results = not mine.room.is_open or (view_of(mine) is form.screen and mine.screen == THANKS)
    if follows or shows_results:
        room_updates.listen(mine.store, mine.room, follows=follows, counts=shows_results)
    if mine.room.is_open:
        view_of(mine)(mine)
    else:
        companion.show_closing(mine)
    connection.acknowledge()


def _join(store: SurveyStore, code: str) -> Participation | None:
    """Join the room; None until the browser has sent the phone's token."""
    if code == WEB_ROOM:
        store.open_room(survey=SURVEY.version, at=participation.now(), code=WEB_ROOM, scene=voices.SCENE.number)
    else:
        door.find_room(store, code)
    token = identity.read_token(code)
    return None if token is None else participation.join_room(store, code, token)


def _follow_room(mine: Participation) -> Participation | None:
    """Read the room anew; join it again where it was reset.

    Raises:
        SurveyError: If the phone cannot come into the room that was started anew.
    """
    try:
        room = mine.store.glance(mine.room.code)
    except SurveyError:
        # What was last seen goes on.
        return mine
    if room.generation > mine.room.generation:
        participation.leave()
        return _join(mine.store, room.code)
    # A glance may be older than what this phone has seen itself.
    if room.changed > mine.room.changed:
        mine.room = room
    return mine
