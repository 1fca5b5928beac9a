"""The survey of 2020 as its report gives it: 15 people saw a video and filled in a form."""

from dataclasses import dataclass
from datetime import date

from core.survey.questions import HELPFUL

FIRST_DAY, LAST_DAY = date(2020, 5, 28), date(2020, 5, 29)
N_PEOPLE = 15
#: "Is it helpful?": how many chose what; nobody chose the rest.
HELPFUL_COUNTS = dict.fromkeys(HELPFUL.choices, 0) | {"much": 12, "a_little": 2, "unsure": 1}
#: Choices that count as "helpful".
HELPFUL_CHOICES = ("much", "a_little")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Something that was found lacking, and where its answer is today.

    Attributes:
        topic: Its name, as in the question of today.
        page: The page that answers it.
    """

    topic: str
    page: str


THEMES = (
    Theme(topic="features", page="data"),
    Theme(topic="errors", page="compare"),
    Theme(topic="iterations", page="lab"),
    Theme(topic="dimensions", page="lab"),
    Theme(topic="unseen", page="recommend"),
    Theme(topic="real_data", page="data"),
    Theme(topic="evaluation", page="recommend"),
)


def helpful_share() -> float:
    """Return the part of the 15 who found it helpful, much or a little."""
    return sum(HELPFUL_COUNTS[choice] for choice in HELPFUL_CHOICES) / N_PEOPLE
