"""The store that pages see is the one that keeps rooms in a database: the same calls, the same arguments."""

import inspect

import pytest

from core.survey.store import SurveyStore
from store.survey import DatabaseStore

CALLS = [name for name, call in vars(SurveyStore).items() if inspect.isfunction(call) and not name.startswith("_")]


@pytest.mark.parametrize("call", CALLS)
def test_a_call_takes_and_returns_the_same_on_both_sides(call):
    assert inspect.signature(getattr(SurveyStore, call)) == inspect.signature(getattr(DatabaseStore, call))


def test_pages_see_every_call_of_the_store():
    public = {name for name, call in vars(DatabaseStore).items() if callable(call) and not name.startswith("_")}

    assert public == set(CALLS)
