"""Free texts, which wait for the presenter before anybody sees them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TextState(StrEnum):
    """What the presenter decided about a text."""

    WAITING = "waiting"
    APPROVED = "approved"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """One free text of the present generation: the latest of its participant to its question.

    Attributes:
        id: Names it in the store.
        question: Key of the question it answers.
        text: As it was sent: untrusted, to be shown as text only.
        state: What the presenter decided; a participant's newer text waits again.
        at: When it was given.
    """

    id: int
    question: str
    text: str
    state: TextState
    at: datetime
