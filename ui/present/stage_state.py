"""Leading: which scene everybody sees, and what the presenter changes. In a room the room says; alone, the link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import streamlit as st

from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import WEB_ROOM, Room
from core.survey.scenes import Scene
from store.survey import SurveyStore
from ui import session
from ui.present import presenter_auth
from ui.settings import SCENE_LAST, SETTINGS
from ui.text import phrase

#: Where people join, before the first scene.
LOBBY = 0
#: Scenes at the presenter's ε, which a room carries to its phones and other screens.
AT_EPSILON = {Scene.NOISE, Scene.PAIR, Scene.RECOMMEND}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What this screen shows now.

    Attributes:
        scene: The scene's number; ``LOBBY`` before the first.
        stage: State of the scene.
        room: The room as it was last read; None without one.
        leads: Whether this session may change what is shown.
        trouble: Why the room cannot be read at the moment; the scenes go on without it.
    """

    scene: int
    stage: Mapping[str, str]
    room: Room | None = None
    leads: bool = True
    trouble: SurveyProblem | None = None

    @property
    def is_noted(self) -> bool:
        """Whether this is the presenter's own screen, with notes, rather than the projector's."""
        return bool(session.value("notes"))


def shown(store: SurveyStore) -> Shown:
    """Return what to show: the scene of the room if there is one, of the link if not."""
    alone = Shown(scene=int(session.value("scene")), stage=_kept_stage(int(session.value("scene"))))
    code = str(session.value("room"))
    if code in {"", WEB_ROOM}:
        return alone
    try:
        room = store.room(code)
    except SurveyError as error:
        return _without(error, alone)
    st.session_state["last_room"] = room
    scene = _scene(room)
    session.choose(scene=scene)
    _stages()[scene] = dict(room.stage)
    return Shown(scene=scene, stage=room.stage, room=room, leads=presenter_auth.is_known())


def _without(error: SurveyError, alone: Shown) -> Shown:
    """Go on without the room: for good if there is none, for a while if the store does not answer."""
    if error.problem is SurveyProblem.UNKNOWN_ROOM:
        session.choose(room="")
        session.notify("present.problem_unknown_room")
        return alone
    last = cast("Room | None", st.session_state.get("last_room"))
    leads = presenter_auth.is_known()
    return Shown(scene=alone.scene, stage=alone.stage, room=last, leads=leads, trouble=error.problem)


def _scene(room: Room) -> int:
    return min(room.scene, SCENE_LAST)


def _stages() -> dict[int, Mapping[str, str]]:
    """Return how far every scene was when it was left, so that coming back goes on from there."""
    return cast("dict[int, Mapping[str, str]]", st.session_state.setdefault("stages", {}))


def _kept_stage(scene: int) -> Mapping[str, str]:
    return _stages().get(scene, {})


def glance(store: SurveyStore, now: Shown) -> Room | None:
    """Return the room as it was a second ago at most; as it was last read if that is newer or nothing answers."""
    if now.room is None:
        return None
    try:
        room = store.glance(now.room.code)
    except SurveyError:
        return now.room
    return room if room.changed > now.room.changed else now.room


def has_moved(room: Room, now: Shown) -> bool:
    """Return whether the room shows something else by now than this screen."""
    drawn = now.room
    return (
        drawn is not None
        and room.changed > drawn.changed
        and (
            (_scene(room), dict(room.stage), room.is_revealed, room.is_open, room.generation)
            != (_scene(drawn), dict(drawn.stage), drawn.is_revealed, drawn.is_open, drawn.generation)
        )
    )


def move(store: SurveyStore, now: Shown, *, scene: int | None = None, stage: Mapping[str, str] | None = None) -> None:
    """Go to a scene, or change the stage of the present one; in a room, for everybody in it.

    Whoever does not lead the room cannot move it, whatever their browser sends.
    """
    if now.room is not None and not presenter_auth.is_known():
        return
    to = now.scene if scene is None else min(max(scene, LOBBY), SCENE_LAST)
    kept = dict(_kept_stage(to) if stage is None else stage)
    if now.room is not None and to in AT_EPSILON:
        kept["epsilon"] = SETTINGS["epsilon"].write(session.value("epsilon"))
    session.choose(scene=to)
    _stages()[to] = kept
    attempt(lambda room: store.change_room(room.code, scene=to, stage=kept), now)


def attempt(change: Callable[[Room], object], now: Shown) -> None:
    """Change the room if this session leads it; a refusal becomes a notice."""
    if now.room is None or not presenter_auth.is_known():
        return
    try:
        change(now.room)
    except SurveyError as error:
        session.notify(problem_key(error.problem))


def problem_key(problem: SurveyProblem) -> str:
    """Name the sentence that says to a presenter what was refused and what to do."""
    known = {SurveyProblem.UNKNOWN_ROOM, SurveyProblem.DISK_FULL, SurveyProblem.READ_ONLY, SurveyProblem.UNAVAILABLE}
    return f"present.problem_{problem}" if problem in known else "present.problem_other"


# --- entering and leaving ----------------------------------------------------------------------------------------


def enter(room: Room) -> None:
    """Show this room from now on."""
    session.choose(room=room.code, scene=_scene(room))
    st.session_state["last_room"] = room


def leave() -> None:
    """Go back to the front page; the room stays as it is."""
    session.choose(room="", scene=LOBBY, notes=False)
    for gone in ("stages", "last_room"):
        st.session_state.pop(gone, None)


def warn_of(now: Shown) -> None:
    """Say calmly that the room does not answer, if it does not."""
    if now.trouble is not None:
        st.warning(phrase(problem_key(now.trouble)), icon=":material/cloud_off:")
