"""Figures read as people write them; expected values by hand, after interface.md's examples."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest import column_rules, columns
from core.limits import EPSILON_CHOICES
from ui import figures
from ui.languages.korean import KOREAN


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (7, "7"),
        (1234, "1,234"),
        (1_470_000, "1,470,000"),
        (2.71, "2.7"),
        (99.95, "100.0"),
        (123.4, "123"),
        (0.123, "0.12"),
        (-1234, "-1,234"),
    ],
)
def test_a_number_has_separators_and_as_many_decimals_as_it_deserves(value, shown):
    assert figures.number(value) == shown


@pytest.mark.parametrize(
    ("language", "count", "shown"),
    [
        ("ko", 1234.4, "1,234명"),
        ("ko", 1, "1명"),
        ("en", 1234.4, "1,234 people"),
        ("en", 0, "0 people"),
        ("en", 1, "1 person"),
        ("en", 1.4, "1 person"),
    ],
)
def test_people_are_counted_in_the_words_of_the_language(speak, language, count, shown):
    speak(language)

    assert figures.people(count) == shown


@pytest.mark.parametrize(("value", "shown"), [(0.05, "0.05"), (0.5, "0.5"), (1.0, "1"), (1.5, "1.5"), (10.0, "10")])
def test_epsilon_has_no_trailing_zeros(value, shown):
    assert figures.epsilon(value) == shown


def test_every_epsilon_of_the_slider_reads_differently():
    assert len({figures.epsilon(value) for value in EPSILON_CHOICES}) == len(EPSILON_CHOICES)


@pytest.mark.parametrize(
    ("ratio", "korean", "english"),
    [
        (2.718, "2.7배", "2.7 times"),
        (1.0, "1.00배", "1.00 times"),
        (1.05, "1.05배", "1.05 times"),
        (22026.5, "22,026배", "22,026 times"),
    ],
)
def test_a_ratio_shows_a_small_excess_over_one_and_separators_when_large(speak, ratio, korean, english):
    speak("ko")
    assert figures.times(ratio) == korean

    speak("en")
    assert figures.times(ratio) == english


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0%"), (0.0001, "<0.1%"), (0.001, "0.1%"), (0.034, "3.4%"), (0.12, "12%"), (0.5, "50%"), (1, "100%")],
)
def test_a_share_is_never_rounded_to_nothing(value, shown):
    assert figures.share(value) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (3.2, "만원", "3만 2천 원"),
        (32_000, "원", "3만 2천 원"),
        (32_000, "₩", "3만 2천 원"),
        (0, "만원", "0 원"),
        (0.05, "만원", "500 원"),
        (0.1, "만원", "1천 원"),
        (25, "만원", "25만 원"),
        (150.3, "만원", "150만 원"),
        (12_345, "만원", "1억 2,345만 원"),
        (-3.2, "만원", "-3만 2천 원"),
        (0.96, "만원", "1만 원"),
    ],
)
def test_korean_money_is_read_in_man_and_cheon(speak, value, unit, shown):
    speak("ko")

    assert figures.amount(value, unit) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(3.2, "만원", "₩32,000"), (32_000, "원", "₩32,000"), (0.05, "만원", "₩500"), (0, "원", "₩0")],
)
def test_won_are_written_with_their_sign_in_english(speak, value, unit, shown):
    speak("en")

    assert figures.amount(value, unit) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (12.5, "$", "$12"),
        (9.5, "$", "$9.50"),
        (10_000, "$", "$10,000"),
        (3, "회", "3회"),
        (2.5, "", "2.5"),
        (40, "%", "40%"),
    ],
)
def test_other_units_stand_beside_their_amount(speak, value, unit, shown):
    speak("ko")

    assert figures.amount(value, unit) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (40, "세", "40 years"),
        (1, "명", "1 person"),
        (3, "명", "3 people"),
        (2, "천원", "₩2,000"),
        (0.5, "점", "0.5 points"),
    ],
)
def test_what_korean_headers_count_in_is_said_in_english(speak, value, unit, shown):
    speak("en")

    assert figures.amount(value, unit) == shown


@pytest.mark.parametrize(
    "unit", sorted({unit for unit, _ in columns._UNIT_PATTERNS} | {rule.unit or "" for rule in column_rules.RULES})
)
def test_no_unit_that_a_file_can_have_is_korean_on_an_english_screen(speak, unit):
    speak("en")

    assert not re.search("[가-힣]", figures.unit_name(unit))
    assert not re.search("[가-힣]", figures.amount(12.0, unit))


@given(won=st.integers(0, 10**12))
def test_korean_money_is_off_by_no_more_than_half_of_its_last_unit(won):
    words = KOREAN.write_won(won)

    step = 10_000 if won >= 1_000_000 else 1_000 if won >= 1_000 else 10
    assert abs(_read(words) - won) <= step


def _read(words):
    """Read 1억 2,345만 6천 원 back into won."""
    units = {"억": 10**8, "만": 10**4, "천": 10**3}
    parts = words.removesuffix(" 원").replace(",", "").split()
    return sum(int(part[:-1]) * units[part[-1]] if part[-1] in units else int(part) for part in parts)


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("ko", "2026-05", "2026년 5월"),
        ("ko", "2025-12", "2025년 12월"),
        ("en", "2026-05", "May 2026"),
        ("en", "2026-01", "Jan 2026"),
    ],
)
def test_a_month_is_said_rather_than_written_as_a_code(speak, language, text, shown):
    speak(language)

    assert figures.year_month(text) == shown
