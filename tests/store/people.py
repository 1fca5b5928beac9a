"""People who join rooms and answer, and the time on their clocks."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from core.survey.answers import Answer
from core.survey.problems import SurveyError

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def later(seconds):
    """Return the time so many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def token():
    """Draw a token as a phone does."""
    return secrets.token_hex(16)


def answer(question="helpful", *choices, text="", submission=None, at=NOON):
    """Answer a question, in a submission of its own."""
    return Answer(question=question, choices=choices, text=text, submission=submission or secrets.token_hex(8), at=at)


def answered(store, room, *choices, question="helpful", n_people=1):
    """Let new people choose the same."""
    for _ in range(n_people):
        store.submit(room, token(), [answer(question, *choices)], at=NOON)


def refusal(call, *arguments, **named):
    """Return why the store refuses a call."""
    with pytest.raises(SurveyError) as refused:
        call(*arguments, **named)
    return refused.value.problem
