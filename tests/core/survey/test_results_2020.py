"""The survey of 2020 says what its report says."""

import pytest

from core.survey import results_2020
from core.survey.questions import HELPFUL, TOPICS


def test_fourteen_of_fifteen_found_it_helpful():
    assert sum(results_2020.HELPFUL_COUNTS.values()) == results_2020.N_PEOPLE == 15
    assert results_2020.helpful_share() == pytest.approx(0.933, abs=5e-4)


def test_its_choices_are_those_of_today():
    assert tuple(results_2020.HELPFUL_COUNTS) == HELPFUL.choices
    assert set(results_2020.HELPFUL_CHOICES) <= set(HELPFUL.choices)


def test_every_topic_of_today_has_its_theme_of_then():
    assert tuple(theme.topic for theme in results_2020.THEMES) == TOPICS
