"""The stage: which scene everybody sees, and what its presenter changes. In a room the room says; alone, the link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self, cast

import streamlit as st

from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import WEB_ROOM, Room
from core.survey.store import SurveyStore
from ui import session
from ui.present import presenter_auth, scene_state, trouble
from ui.settings import SETTINGS
from ui.survey import door, room_updates
from ui.survey.participation import Participation
from ui.text import phrase

#: How often the stage asks whether its room has changed: it is one screen, and everybody looks at it.
ASK_SECONDS = 0.7
#: Number of the scene where people join, before the first one.
LOBBY = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One scene: everything that the stage, phones and the server's start need to know of it.

    Attributes:
        number: What rooms and links carry; never reused, for rooms are kept.
        name: Names its phrases: ``scene.NAME`` (title), ``scene.NAME_ask`` (question), ``scene.NAME_notes`` (notes for
            the presenter, parted by ``|``), and, where ``phone`` is None, ``scene.NAME_phone`` and
            ``scene.NAME_phone_text``.
        picture: Drawing of ``assets/pictures`` that stands for it on the list of scenes and on phones.
        draw: Draws it on the projector.
        step: Goes on within it (1) or back (-1), and returns whether it did: at its ends it stays as it is. None where
            there is nothing to go on with.
        phone: Draws it on a phone; None for its picture and two phrases.
        at_epsilon: Whether it is shown at the presenter's ε, which the room then carries to every other screen.
        first_epsilon: The ε at which it begins; None for that of the scene before.
        rehearse: Computes what it shows without a room, before the port opens.
        prepare: Computes what it will show in a room, when that is opened.
    """

    number: int
    name: str
    picture: str
    draw: Callable[["Stage"], None]
    step: Callable[["Stage", int], bool] | None = None
    phone: Callable[[Participation], None] | None = None
    at_epsilon: bool = False
    first_epsilon: float | None = None
    rehearse: Callable[[], object] | None = None
    prepare: Callable[[Room], object] | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return phrase(f"scene.{self.name}")

    @property
    def question(self) -> str:
        """What it asks."""
        return phrase(f"scene.{self.name}_ask")

    @property
    def notes(self) -> list[str]:
        """What its presenter may say."""
        return phrase(f"scene.{self.name}_notes").split("|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What this screen shows now, and how that is changed.

    Attributes:
        store: Where rooms are.
        scenes: All scenes by number.
        number: Number of the present scene.
        state: How far the scene is, as the room carries it.
        room: The room as it was last read; None without one.
        leads: Whether this session may change what is shown.
        trouble: Why the room cannot be read at the moment; the scenes go on without it.
    """

    store: SurveyStore = field(repr=False)
    scenes: Mapping[int, Scene] = field(repr=False)
    number: int
    state: Mapping[str, str]
    room: Room | None = None
    leads: bool = True
    trouble: SurveyProblem | None = None

    @classmethod
    def open(cls, store: SurveyStore, scenes: Mapping[int, Scene]) -> Self:
        """Read what to show: the scene of the room if there is one, of the link if not."""
        number = _read_link(scenes)
        alone = cls(store=store, scenes=scenes, number=number, state=scene_state.kept_states().get(number, {}))
        code = session.settings.room
        if code in {"", WEB_ROOM}:
            return alone
        try:
            room = store.room(code) if presenter_auth.is_presenter() else door.find_room(store, code)
        except SurveyError as error:
            return alone._without_room(error)
        st.session_state["last_room"] = room
        number = _known_number(room.scene, scenes)
        session.choose(scene=number)
        scene_state.kept_states()[number] = dict(room.stage)
        leads = presenter_auth.is_presenter()
        return cls(store=store, scenes=scenes, number=number, state=room.stage, room=room, leads=leads)

    def _without_room(self, error: SurveyError) -> Self:
        """Go on without the room: for good if there is none, for a while if the store does not answer."""
        if error.problem in {SurveyProblem.UNKNOWN_ROOM, SurveyProblem.GUESSING}:
            session.choose(room="")
            trouble.notify(SurveyProblem.UNKNOWN_ROOM)
            return self
        last = cast("Room | None", st.session_state.get("last_room"))
        leads = presenter_auth.is_presenter()
        return replace(self, room=last, leads=leads, trouble=error.problem)

    @property
    def scene(self) -> Scene:
        """The present scene."""
        return self.scenes[self.number]

    @property
    def next_scene(self) -> Scene | None:
        """The scene after this one; None after the last."""
        return self.scenes.get(self.number + 1)

    @property
    def last_number(self) -> int:
        """Number of the last scene."""
        return max(self.scenes)

    @property
    def shows_notes(self) -> bool:
        """Whether this is the presenter's own screen, with notes, rather than the projector's."""
        return session.settings.notes

    def read_number(self, key: str, *, below: int) -> int:
        """Return what the scene's state says under ``key``; 0 if that is no whole number from 0 to below ``below``."""
        text = self.state.get(key, "0")
        return int(text) if text in {str(number) for number in range(below)} else 0

    # --- following the room --------------------------------------------------------------------------------------

    def read_room(self) -> Room | None:
        """Return the room as it was a second ago at most; as it was last read if that is newer or nothing answers."""
        if self.room is None:
            return None
        try:
            room = self.store.glance(self.room.code)
        except SurveyError:
            return self.room
        return room if room.changed > self.room.changed else self.room

    def hear_room(self, place: str, *, follows: bool = False) -> Room | None:
        """Read the room for the present fragment, and let that run again when the room has changed.

        Args:
            place: Tells the fragments of a screen apart.
            follows: Whether it has to run when the room is led on, too, rather than only when people come and answer.

        Returns:
            The room; None without one.
        """
        room = self.read_room()
        if room is not None:
            room_updates.listen(self.store, room, follows=follows, counts=True, place=place, seconds=ASK_SECONDS)
        return room

    def follow_room(self, place: str) -> Room | None:
        """Read the room, now and when it changes, and draw this screen anew if another one has led it on."""
        room = self.hear_room(place, follows=True)
        if room is not None and self._has_moved(room) and not st.session_state.get("whole_run"):
            st.rerun(scope="app")
        return room

    def _has_moved(self, room: Room) -> bool:
        former = self.room
        return former is not None and room.changed > former.changed and self._visible(room) != self._visible(former)

    def _visible(self, room: Room) -> tuple[object, ...]:
        number = _known_number(room.scene, self.scenes)
        return number, dict(room.stage), room.is_revealed, room.is_open, room.generation

    # --- leading it ----------------------------------------------------------------------------------------------

    def go_to(self, number: int) -> None:
        """Go to a scene, which goes on where it was left; in a room, for everybody in it."""
        number = min(max(number, LOBBY), self.last_number)
        if number == self.number:
            return
        state = {
            key: text for key, text in scene_state.kept_states().get(number, {}).items() if key != scene_state.BLACK
        }
        if self.scenes[number].first_epsilon is not None:
            session.choose(epsilon=scene_state.read_epsilon(state) or self.scenes[number].first_epsilon)
        self._show(number, state)

    def advance(self, by: int) -> None:
        """Go on within the scene (1) and from its end to the next one, or back likewise (-1): what a clicker can do."""
        if self.is_black:
            self.turn_black()
        elif not self.step(by):
            self.go_to(self.number + by)

    def turn_black(self) -> None:
        """Make the big screen black, so that everybody looks at the presenter; or show the scene again."""
        if self.leads:
            self.set_state(**{scene_state.BLACK: "" if self.is_black else "1"})

    @property
    def is_black(self) -> bool:
        """Whether the big screen is black."""
        return bool(self.state.get(scene_state.BLACK))

    def set_state(self, **state: str) -> None:
        """Change some of the present scene's state; in a room, for everybody in it."""
        self._show(self.number, {**self.state, **state})

    def step(self, by: int) -> bool:
        """Go on within the scene, or back; return whether it went on."""
        return self.scene.step is not None and self.leads and self.scene.step(self, by)

    def press_step(self, by: int) -> None:
        """Go on within the scene, or back, as its button does; at its end nothing follows."""
        self.step(by)

    def start_anew(self) -> None:
        """Empty the room and begin with the lobby; former answers stay in the file."""
        self.change_room(lambda room: self.store.reset_room(room.code))
        st.session_state.pop("stages", None)
        self._show(LOBBY, {})

    def _show(self, number: int, state: Mapping[str, str]) -> None:
        """Show a scene in a state. Who does not lead the room cannot change it, whatever their browser sends."""
        if self.room is not None and not presenter_auth.is_presenter():
            return
        kept = dict(state)
        if self.scenes[number].at_epsilon:
            kept["epsilon"] = SETTINGS["epsilon"].write(session.settings.epsilon)
        session.choose(scene=number)
        scene_state.kept_states()[number] = kept
        self.change_room(lambda room: self.store.change_room(room.code, scene=number, stage=kept))

    def change_room(self, change: Callable[[Room], object]) -> None:
        """Change the room if this session leads it; a refusal becomes a notice."""
        if self.room is None or not presenter_auth.is_presenter():
            return
        try:
            change(self.room)
        except SurveyError as error:
            trouble.notify(error.problem)

    # --- entering and leaving ------------------------------------------------------------------------------------

    def enter(self, room: Room) -> None:
        """Show this room from now on."""
        session.choose(room=room.code, scene=_known_number(room.scene, self.scenes))
        st.session_state["last_room"] = room

    @staticmethod
    def leave() -> None:
        """Go back to the front page; the room stays as it is."""
        session.choose(room="", scene=LOBBY, notes=False)
        for gone in ("stages", "last_room"):
            st.session_state.pop(gone, None)

    def warn_of_trouble(self) -> None:
        """Say calmly that the room does not answer, if it does not."""
        if self.trouble is not None:
            trouble.warn(self.trouble)


def _read_link(scenes: Mapping[int, Scene]) -> int:
    """Return the link's scene; the lobby, and a notice, if there is no such scene."""
    number = session.settings.scene
    if number in scenes:
        return number
    session.choose(scene=LOBBY)
    session.notify("notice.bad_link", setting="settings.scene")
    return LOBBY


def _known_number(number: int, scenes: Mapping[int, Scene]) -> int:
    """Return a room's scene: the last one, if a newer server has led the room further than this one goes."""
    return min(number, max(scenes))
