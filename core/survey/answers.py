"""Answers: what a phone sends, checked and in one canonical form."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.survey.limits import CHOICES_MAX, KEY_MAX, TEXT_MAX
from core.survey.problems import SurveyError, SurveyProblem

_KEY = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{KEY_MAX - 1}}}")
#: 22 characters of base64url or 32 of hexadecimal hold 128 random bits.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")
_SUBMISSION = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to one question. Of several that a participant gave to a question, the latest counts.

    Making one checks it: choices come back sorted and without repetition, the text cleaned by ``clean_text``.

    Attributes:
        question: Key of the question, such as ``"helpful"`` or ``"guess.3"``: small letters, digits, dots, hyphens and
            underscores, as choices too.
        choices: Keys of what was chosen: one, several, or none.
        text: Free text; nobody sees it before the presenter has approved it.
        submission: Random name that the phone gives to this sending, at least 8 letters or digits: the same one again
            counts once.
        at: When it was given, with a time zone; sending it again later keeps the time. The latest of a participant's
            answers to a question is the one with the latest time.

    Raises:
        SurveyError: If the text is too long (TOO_LONG), or anything is not as a form of ours sends it (INVALID).
    """

    question: str
    choices: tuple[str, ...] = ()
    text: str = ""
    submission: str
    at: datetime

    def __post_init__(self) -> None:
        _check(_KEY, self.question, "question")
        _check(_SUBMISSION, self.submission, "submission")
        if self.at.tzinfo is None:
            raise ValueError("at must say its time zone")
        object.__setattr__(self, "choices", _check_choices(self.choices))
        object.__setattr__(self, "text", clean_text(self.text))


def check_token(token: str) -> str:
    """Return ``token`` if a phone of ours can have drawn it: 128 bits or more, in letters, digits, ``_`` and ``-``.

    Raises:
        SurveyError: If not (INVALID).
    """
    return _check(_TOKEN, token, "token")


def clean_text(text: str) -> str:
    """Return free text as it is kept: composed, without control characters, without blanks around it.

    Letters of any script, emoji and markup stay: whoever shows it shows it as text.

    Raises:
        SurveyError: If it is longer than ``TEXT_MAX`` characters (TOO_LONG).
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(letter for letter in lines if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"})
    cleaned = unicodedata.normalize("NFC", kept).strip()
    if len(cleaned) > TEXT_MAX:
        raise SurveyError(SurveyProblem.TOO_LONG, f"{len(cleaned)} characters, more than {TEXT_MAX}")
    return cleaned


def _check_choices(choices: Iterable[str]) -> tuple[str, ...]:
    unique = tuple(sorted(set(choices)))
    if len(unique) > CHOICES_MAX:
        raise SurveyError(SurveyProblem.INVALID, f"{len(unique)} choices, more than {CHOICES_MAX}")
    return tuple(_check(_KEY, choice, "choice") for choice in unique)


def _check(pattern: re.Pattern[str], text: str, name: str) -> str:
    if not pattern.fullmatch(text):
        raise SurveyError(SurveyProblem.INVALID, f"{name} {text[:KEY_MAX]!r}")
    return text
