"""What the survey asks, in versions: an answer belongs to the version it was given to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.survey.answers import Answer
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.randomised_response import RandomisedResponse


class Kind(StrEnum):
    """How a question is answered: by one choice, any number of topics, or a choice randomised on the phone."""

    CHOICE = "choice"
    TOPICS = "topics"
    COIN = "coin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    Attributes:
        key: Its name in answers.
        words: Its name in phrases; the same question asked twice has the same words.
        kind: How it is answered.
        choices: What may be chosen, in the order shown.
        right: The right choice, where there is one.
        takes_text: Whether own words may be added.
        randomised_response: The mechanism by which the phone randomises the answer, where it does.
    """

    key: str
    words: str
    kind: Kind
    choices: tuple[str, ...]
    right: str | None = None
    takes_text: bool = False
    randomised_response: RandomisedResponse | None = None

    def answer(self, *choices: str, text: str = "", submission: str, at: datetime) -> Answer:
        """Return an answer to this question; one without choices and words passes the question over.

        Raises:
            SurveyError: If a choice is not offered, are too many, or own words are not asked for (INVALID); or as
                ``Answer`` does.
        """
        is_single = self.kind is not Kind.TOPICS
        if not set(choices) <= set(self.choices) or (is_single and len(choices) > 1) or (text and not self.takes_text):
            raise SurveyError(SurveyProblem.INVALID, f"{self.key} does not offer {choices!r}")
        return Answer(question=self.key, choices=choices, text=text, submission=submission, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The questions of one version, in the order of its screens.

    Attributes:
        version: Stands beside every answer.
        before: Questions asked before people try things out.
        after: Questions asked after that; the last one ends the survey.
    """

    version: int
    before: tuple[Question, ...]
    after: tuple[Question, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order."""
        return self.before + self.after

    def question(self, key: str) -> Question:
        """Return the question named ``key``.

        Raises:
            SurveyError: If there is none (INVALID).
        """
        for question in self.questions:
            if question.key == key:
                return question
        raise SurveyError(SurveyProblem.INVALID, f"no question {key!r}")

    def first_unanswered(self, answered: Collection[str]) -> Question | None:
        """Return the first question that is not answered; None when all are."""
        return next((question for question in self.questions if question.key not in answered), None)


#: Names of the questions with a right answer, asked before and after.
UNDERSTANDING = ("epsilon", "trace")
#: What was found lacking in 2020.
TOPICS = ("features", "errors", "iterations", "dimensions", "unseen", "real_data", "evaluation")


def _understanding(when: str) -> tuple[Question, ...]:
    return (
        Question(
            key=f"epsilon_{when}",
            words="epsilon",
            kind=Kind.CHOICE,
            choices=("sharper", "safer", "faster", "unsure"),
            right="safer",
        ),
        Question(
            key=f"trace_{when}",
            words="trace",
            kind=Kind.CHOICE,
            choices=("yes", "bounded", "never", "unsure"),
            right="bounded",
        ),
    )


HELPFUL = Question(
    key="helpful", words="helpful", kind=Kind.CHOICE, choices=("much", "a_little", "so_so", "hardly", "unsure")
)
LACKING = Question(key="lacking", words="lacking", kind=Kind.TOPICS, choices=TOPICS, takes_text=True)
USE = Question(key="use", words="use", kind=Kind.CHOICE, choices=("yes", "maybe", "no"), takes_text=True)
#: Answered by randomised response: the true answer never leaves the phone.
LATE = Question(
    key="late", words="late", kind=Kind.COIN, choices=("yes", "no"), randomised_response=RandomisedResponse()
)

SURVEY = Survey(
    version=1, before=_understanding("before"), after=(*_understanding("after"), HELPFUL, LACKING, USE, LATE)
)
