"""Why the survey refused something."""

from enum import StrEnum


class SurveyProblem(StrEnum):
    """What went wrong, for the page to say in a sentence.

    UNKNOWN_ROOM: No room has this code, or it is not a code at all.
    GUESSING: This client has tried too many codes of rooms and has to wait before the next.
    CLOSED_ROOM: The room takes no more answers; those who had joined may still look.
    RESET_ROOM: The room was started anew; the phone reads the room again and joins again.
    FULL_ROOM: As many people joined as a room may hold.
    TOO_FAST: Too many joins or answers within a minute; the same may be sent again a little later.
    TOO_MANY: This participant has sent as many answers as one may, or too many at once.
    TOO_LONG: A text is longer than ``TEXT_MAX``.
    INVALID: A key, a choice, a token or a state that no form of ours sends.
    UNKNOWN_TEXT: No free text has this id.
    UNAVAILABLE: The database did not answer, also after some retries. Nothing unconfirmed is kept.
    DISK_FULL: There is no room on the disk. What was confirmed stays.
    READ_ONLY: The database may only be read. What was confirmed stays.
    NEWER: A newer version of the app has been at the database, and this one does not know what it keeps there.
    """

    UNKNOWN_ROOM = "unknown_room"
    GUESSING = "guessing"
    CLOSED_ROOM = "closed_room"
    RESET_ROOM = "reset_room"
    FULL_ROOM = "full_room"
    TOO_FAST = "too_fast"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    INVALID = "invalid"
    UNKNOWN_TEXT = "unknown_text"
    UNAVAILABLE = "unavailable"
    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    NEWER = "newer"


#: The same may be sent again, unchanged, and may then succeed.
PASSING = frozenset(
    {SurveyProblem.TOO_FAST, SurveyProblem.UNAVAILABLE, SurveyProblem.DISK_FULL, SurveyProblem.READ_ONLY}
)


class SurveyError(ValueError):
    """Something was refused; the store is unchanged.

    Attributes:
        problem: Why.
    """

    def __init__(self, problem: SurveyProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else str(problem))
        self.problem = problem

    @property
    def passes(self) -> bool:
        """Whether sending the same again may succeed."""
        return self.problem in PASSING
