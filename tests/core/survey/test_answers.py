import secrets
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.survey.answers import Answer, check_token, clean_text
from core.survey.limits import CHOICES_MAX, TEXT_MAX
from core.survey.problems import SurveyError, SurveyProblem

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def answer(**given_):
    return Answer(**({"question": "helpful", "submission": "12345678", "at": NOON} | given_))


def problem(**given_):
    with pytest.raises(SurveyError) as refused:
        answer(**given_)
    return refused.value.problem


def test_choices_come_back_sorted_and_once():
    assert answer(choices=("b", "a", "b")).choices == ("a", "b")


@pytest.mark.parametrize("text", ["좋아요 👍🏽", "שלום עולם", "<script>alert(1)</script>", "한\n줄", "=1+1"])
def test_any_script_and_any_markup_is_text(text):
    assert answer(text=text).text == text


def test_text_is_composed_and_loses_its_control_characters():
    assert clean_text(unicodedata.normalize("NFD", "  한글\x00\x07\r\n끝\t.\ud800 ")) == "한글\n끝 ."


@given(st.text(max_size=TEXT_MAX // 3))
def test_cleaning_twice_changes_nothing_and_what_is_clean_can_be_stored(text):
    cleaned = clean_text(text)

    assert clean_text(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned


def test_a_text_of_the_longest_length_is_taken_and_a_longer_one_refused():
    assert len(answer(text="가" * TEXT_MAX).text) == TEXT_MAX
    assert problem(text="가" * (TEXT_MAX + 1)) is SurveyProblem.TOO_LONG
    assert problem(text="가" * 10_000) is SurveyProblem.TOO_LONG


@pytest.mark.parametrize(
    "given_",
    [
        {"question": ""},
        {"question": "Helpful"},
        {"question": "a" * 41},
        {"question": "a\n"},
        {"choices": ("많이",)},
        {"choices": ("'; DROP TABLE answers",)},
        {"choices": tuple(f"c{number}" for number in range(CHOICES_MAX + 1))},
        {"submission": "short"},
        {"submission": "1234567;"},
    ],
)
def test_what_no_form_sends_is_refused(given_):
    assert problem(**given_) is SurveyProblem.INVALID


def test_a_time_without_a_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="time zone"):
        answer(at=NOON.replace(tzinfo=None))


@pytest.mark.parametrize("draw", [lambda: secrets.token_urlsafe(16), lambda: secrets.token_hex(16)])
def test_a_token_of_128_bits_is_taken(draw):
    token = draw()

    assert check_token(token) == token


@pytest.mark.parametrize("token", ["", "a" * 21, "a" * 65, "가" * 30, f"{'a' * 30}\n"])
def test_a_token_that_no_phone_drew_is_refused(token):
    with pytest.raises(SurveyError) as refused:
        check_token(token)

    assert refused.value.problem is SurveyProblem.INVALID
