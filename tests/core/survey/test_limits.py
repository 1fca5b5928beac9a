"""The bounds of rooms fit each other: no honest use of one runs into another."""

from core.survey import limits
from core.survey.guess_stage import ROUNDS_MAX, GuessStage
from core.survey.questions import SURVEY
from core.survey.rooms import check_stage


def test_a_whole_survey_and_every_round_of_the_game_fit_into_the_answers_of_one_participant():
    assert len(SURVEY.questions) + ROUNDS_MAX < limits.ANSWERS_PER_MINUTE_MAX < limits.ANSWERS_MAX
    assert max(len(question.choices) for question in SURVEY.questions) <= limits.CHOICES_MAX


def test_a_room_that_fills_up_within_a_few_minutes_turns_nobody_away():
    assert limits.PARTICIPANTS_MAX <= 4 * limits.JOINS_PER_MINUTE_MAX


def test_the_longest_game_fits_into_the_state_of_a_room():
    longest = GuessStage(round=ROUNDS_MAX, revealed=("out",) * ROUNDS_MAX, epsilon=0.05)

    assert check_stage(longest.write()) == longest.write()
