"""The questions: each takes the answers it offers and refuses the rest; a survey knows what is still open."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.survey.problems import SurveyError
from core.survey.questions import HELPFUL, LACKING, LATE, SURVEY, UNDERSTANDING, USE, Kind

SENT = {"submission": "a" * 16, "at": datetime(2026, 5, 28, tzinfo=UTC)}


def test_the_survey_asks_what_it_was_made_to_ask_in_this_order():
    assert [question.key for question in SURVEY.questions] == [
        *("epsilon_before", "trace_before"),
        *("epsilon_after", "trace_after", "helpful", "lacking", "use", "late"),
    ]


def test_no_two_questions_have_the_same_key():
    keys = [question.key for question in SURVEY.questions]

    assert len(set(keys)) == len(keys)


def test_what_is_understood_is_asked_in_the_same_words_before_and_after():
    for words in UNDERSTANDING:
        before, after = SURVEY.question(f"{words}_before"), SURVEY.question(f"{words}_after")
        assert (before.words, before.choices, before.right) == (after.words, after.choices, after.right)
        assert before.right in before.choices
        assert "unsure" in before.choices


@pytest.mark.parametrize("question", SURVEY.questions, ids=lambda question: question.key)
def test_a_question_takes_every_choice_it_offers_and_being_passed_over(question):
    for choice in question.choices:
        assert question.answer(choice, **SENT).choices == (choice,)
    assert question.answer(**SENT).choices == ()


@given(st.sampled_from(SURVEY.questions), st.text(max_size=12))
def test_a_question_refuses_what_it_does_not_offer(question, choice):
    if choice not in question.choices:
        with pytest.raises(SurveyError, match="does not offer"):
            question.answer(choice, **SENT)


def test_only_topics_take_several_choices():
    assert LACKING.answer("unseen", "errors", **SENT).choices == ("errors", "unseen")
    for question in (HELPFUL, USE, LATE):
        with pytest.raises(SurveyError, match="does not offer"):
            question.answer(*question.choices[:2], **SENT)


def test_own_words_are_taken_where_they_are_asked_for_only():
    assert USE.answer("no", text="<b>아직</b>", **SENT).text == "<b>아직</b>"
    with pytest.raises(SurveyError, match="does not offer"):
        HELPFUL.answer("much", text="왜냐하면", **SENT)


def test_a_key_of_no_question_is_refused():
    with pytest.raises(SurveyError, match="no question"):
        SURVEY.question("salary")


def test_what_is_open_comes_in_order_until_nothing_is():
    answered = set()
    for question in SURVEY.questions:
        assert SURVEY.first_unanswered(answered) is question
        answered.add(question.key)
    assert SURVEY.first_unanswered(answered) is None


def test_only_the_private_question_is_answered_by_coins_and_it_comes_last():
    assert [question.key for question in SURVEY.questions if question.kind is Kind.COIN] == ["late"]
    assert SURVEY.questions[-1] is LATE
    assert LATE.randomised_response is not None
