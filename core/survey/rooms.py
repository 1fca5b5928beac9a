"""Rooms: what a presenter leads and phones follow."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

import numpy as np

from core.survey.limits import KEY_MAX, SCENE_MAX, STAGE_ENTRIES_MAX, STAGE_TEXT_MAX
from core.survey.problems import SurveyError, SurveyProblem

#: The room of those who come without a presenter. Drawn codes are digits, so none is ever equal to it.
WEB_ROOM = "WEB"
#: Digits are typed on the number pad, whatever language the phone's keyboard is in.
CODE_LENGTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room as it was when it was read.

    Attributes:
        code: What people type, six digits, or ``WEB_ROOM``.
        survey: Version of the questions that are asked in it.
        generation: 1 for a new room; every reset adds 1, and only answers of the present generation count.
        scene: Number of the scene that the presenter shows.
        stage: What the scene itself needs phones to know, such as the round and ε; read-only.
        is_open: Whether people may join and answer.
        is_revealed: Whether phones and the big screen show results.
        joined: People of this generation.
        finished: Those of them who sent their last question.
        created: When it was opened.
        changed: Grows with everything that happens in the room: equal numbers mean that nothing is new.
    """

    code: str
    survey: int
    generation: int
    scene: int
    stage: Mapping[str, str] = field(hash=False)
    is_open: bool
    is_revealed: bool
    joined: int
    finished: int
    created: datetime
    changed: int


def draw_code(rng: np.random.Generator) -> str:
    """Draw the code of a new room; it never begins with 0, which spreadsheets drop."""
    return str(rng.integers(10 ** (CODE_LENGTH - 1), 10**CODE_LENGTH))


def read_code(text: str) -> str:
    """Read a code as people type it: with blanks or hyphens, in full-width digits, in small letters.

    Raises:
        SurveyError: If it cannot be the code of any room (UNKNOWN_ROOM).
    """
    typed = unicodedata.normalize("NFKC", text[: 4 * CODE_LENGTH])
    code = "".join(letter for letter in typed if not letter.isspace() and letter != "-").upper()
    if code != WEB_ROOM and not (len(code) == CODE_LENGTH and code.isascii() and code.isdigit()):
        raise SurveyError(SurveyProblem.UNKNOWN_ROOM, repr(text[:CODE_LENGTH]))
    return code


def check_scene(scene: int) -> int:
    """Return ``scene`` if a room can be in it.

    Raises:
        SurveyError: If it is not in [0, SCENE_MAX] (INVALID).
    """
    if not 0 <= scene <= SCENE_MAX:
        raise SurveyError(SurveyProblem.INVALID, f"scene must be in [0, {SCENE_MAX}], not {scene}")
    return scene


def check_stage(stage: Mapping[str, str]) -> Mapping[str, str]:
    """Return a read-only copy of ``stage`` if it is as small as a scene's state should be.

    Raises:
        SurveyError: If it has too many entries, or a key or a value is too long (INVALID).
    """
    if len(stage) > STAGE_ENTRIES_MAX:
        raise SurveyError(SurveyProblem.INVALID, f"stage has {len(stage)} entries, more than {STAGE_ENTRIES_MAX}")
    for key, text in stage.items():
        if len(key) > KEY_MAX or len(text) > STAGE_TEXT_MAX:
            raise SurveyError(SurveyProblem.INVALID, f"stage entry {key[:KEY_MAX]!r} is too long")
    return MappingProxyType(dict(stage))
