"""Rates, terms, kinds, benefits and months in the spellings of catalogues."""

import pytest

from core.data.catalogue import ProductKind
from core.ingest.catalogue_problems import RowProblem
from core.ingest.spelling import (
    SpellingError,
    compose,
    read_benefits,
    read_kind,
    read_month,
    read_rate,
    read_term,
)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("3.5", 3.5),
        ("연 3.5%", 3.5),
        ("3,5", 3.5),
        ("연3,5 %", 3.5),
        ("최고 연 4.05퍼센트", 4.05),
        ("3.5% p.a.", 3.5),
        ("３．５％", 3.5),
        ("-0.1", -0.1),
        ("0", 0.0),
        ("", None),
        ("-", None),
        ("없음", None),
    ],
)
def test_rates_are_read_as_people_write_them(text, rate):
    assert read_rate(text) == rate


@pytest.mark.parametrize("text", ["높음", "=3+1", "3.5.1", "3 또는 4", "nan", "1e400", "inf"])
def test_what_is_no_rate_is_not_guessed(text):
    with pytest.raises(SpellingError) as caught:
        read_rate(text)
    assert caught.value.code is RowProblem.NOT_A_RATE


@pytest.mark.parametrize(
    ("text", "months"), [("12", 12), ("12개월", 12), ("3년", 36), ("2 years", 24), ("수시", 0), ("", 0), ("12.0", 12)]
)
def test_terms_are_read_in_months(text, months):
    assert read_term(text) == months


@pytest.mark.parametrize("text", ["202605", "2026-05", "2026.5", "2026년 5월", "2026-05-20"])
def test_months_are_read_in_any_spelling(text):
    assert read_month(text) == "2026-05"


def test_benefits_name_categories_by_key_or_by_word():
    assert dict(read_benefits("restaurants:5|교통 3%; 우주여행=1,5")) == {
        "restaurants": 5.0,
        "transport": 3.0,
        "우주여행": 1.5,
    }


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (read_rate, "100.1", RowProblem.RATE_TOO_LARGE),
        (read_term, "1201", RowProblem.NOT_A_TERM),
        (read_term, "언젠가", RowProblem.NOT_A_TERM),
        (read_kind, "", RowProblem.MISSING),
        (read_kind, "복권", RowProblem.UNKNOWN_KIND),
        (read_month, "2026-13", RowProblem.NOT_A_MONTH),
        (read_benefits, "외식", RowProblem.NOT_BENEFITS),
        (read_benefits, "외식 101%", RowProblem.NOT_BENEFITS),
    ],
)
def test_what_cannot_be_read_is_named(read, text, code):
    with pytest.raises(SpellingError) as refused:
        read(text)

    assert refused.value.code is code


@pytest.mark.parametrize(("text", "kind"), [("적금", ProductKind.SAVINGS), (" Loan ", ProductKind.LOAN)])
def test_kinds_are_read_in_korean_or_by_key(text, kind):
    assert read_kind(text) is kind


def test_a_cell_becomes_one_composed_line():
    assert compose("\u1100\u1161 \n 나") == "가 나"
