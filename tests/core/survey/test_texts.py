"""Free texts carry the states that databases and exports keep."""

from core.survey.texts import TextState


def test_states_are_kept_under_these_words():
    assert [str(state) for state in TextState] == ["waiting", "approved", "hidden"]
