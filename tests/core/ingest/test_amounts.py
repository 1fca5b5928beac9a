import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.amounts import REASONS, conversion, parse_amounts
from core.ingest.currencies import WON
from core.ingest.problems import RejectionReason


def read_one(text, unit="원"):
    amounts = parse_amounts(pa.chunked_array([[text]], pa.string()), unit=unit)
    return REASONS[amounts.faults[0]] or float(amounts.values[0])


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("1234", 1234),
        ("1,234", 1234),
        (" 1,234 ", 1234),
        ("1,234.5", 1234.5),
        (".5", 0.5),
        ("1e3", 1000),
        ("12,000원", 12_000),
        ("12,000 원", 12_000),
        ("3만원", 30_000),
        ("3만", 30_000),
        ("3.5만원", 35_000),
        ("3만 2천원", 32_000),
        ("3만2,500원", 32_500),
        ("5백원", 500),
        ("2천만원", 20_000_000),
        ("3백만원", 3_000_000),
        ("1억 2천만원", 120_000_000),
        ("₩1,000", 1000),
        ("￦1,000", 1000),
        ("\\1,000", 1000),
        ("KRW 1,000", 1000),
        ("１２，０００원", 12_000),
        ("(1,200)", -1200),
        ("-1,200", -1200),
        ("−1,200", -1200),
        ("-₩1,200", -1200),
        ("△1,200", -1200),
    ],
)
def test_amounts_are_read_as_people_write_them(text, won):
    assert read_one(text) == won


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234,56", ",", 1234.56),
        ("1234,5", ",", 1234.5),
        ("1.813", ",", 1813),
        ("1.813", ".", 1.813),
        ("4\u202f864,50", ",", 4864.5),
        ("4 864,50 €", ",", 4864.5),
        ("1'234.50", ".", 1234.5),
        ("CHF 1’234.–", ".", 1234),
        ("12,50-", ",", -12.5),
        ("12,50 S", ",", 12.5),
        ("12,50 H", ",", -12.5),
        ("12.50 CR", ".", -12.5),
        ("-€12.50", ".", -12.5),
        ("£9,255.50", ".", 9255.5),
        ("1,00,000.5", ".", 100_000.5),
        ("$1.5k", ".", 1500),
        ("250,--", ",", 250),
        ("1,234", ",", 1.234),
        ("1,234", ".", 1234),
        ("1.23", ",", RejectionReason.NOT_A_NUMBER),
        ("12,5", ".", RejectionReason.NOT_A_NUMBER),
    ],
)
def test_the_decimal_mark_says_what_groups_thousands(text, decimal, value):
    amounts = parse_amounts(pa.chunked_array([[text]], pa.string()), unit="", decimal=decimal)

    assert (REASONS[amounts.faults[0]] or float(amounts.values[0])) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", RejectionReason.MISSING),
        ("  ", RejectionReason.MISSING),
        ("-", RejectionReason.MISSING),
        ("N/A", RejectionReason.MISSING),
        ("없음", RejectionReason.MISSING),
        ("nan", RejectionReason.NOT_FINITE),
        ("NaN", RejectionReason.NOT_FINITE),
        ("-inf", RejectionReason.NOT_FINITE),
        ("Infinity", RejectionReason.NOT_FINITE),
        ("9" * 400, RejectionReason.NOT_FINITE),
        ("1e300", RejectionReason.TOO_LARGE),
        ("=1+1", RejectionReason.FORMULA),
        ('=HYPERLINK("http://example.com")', RejectionReason.FORMULA),
        ("@SUM(A1)", RejectionReason.FORMULA),
        ("+1+1", RejectionReason.FORMULA),
        ("많이", RejectionReason.NOT_A_NUMBER),
        ("1,23", RejectionReason.NOT_A_NUMBER),
        ("1.2.3", RejectionReason.NOT_A_NUMBER),
        ("(5", RejectionReason.NOT_A_NUMBER),
        ("원", RejectionReason.NOT_A_NUMBER),
        ("12 00", RejectionReason.NOT_A_NUMBER),
        ("-5-", RejectionReason.NOT_A_NUMBER),
        ("2026-05-01", RejectionReason.NOT_A_NUMBER),
        ("$5", RejectionReason.OTHER_UNIT),
        ("35세", RejectionReason.OTHER_UNIT),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(text, reason):
    assert read_one(text) is reason


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12,000원", "만원", 1.2),
        ("12", "만원", 12),
        ("3만 2천원", "천원", 32),
        ("$1,234.50", "$", 1234.5),
        ("US$ 10", "$", 10),
        ("35세", "세", 35),
        ("35", "세", 35),
        ("12%", "", 12),
        ("12,000원", "$", RejectionReason.OTHER_UNIT),
        ("₩500", "세", RejectionReason.OTHER_UNIT),
    ],
)
def test_a_unit_of_its_own_is_converted_or_refused(text, unit, value):
    read = read_one(text, unit)

    assert read is value if isinstance(value, RejectionReason) else read == pytest.approx(value)


def test_typed_columns_keep_their_figures_and_name_their_gaps():
    doubles = parse_amounts(pa.chunked_array([[1.5, None, float("nan"), float("inf")]]), unit="원")
    booleans = parse_amounts(pa.chunked_array([[True, False]]), unit="")
    dates = parse_amounts(pa.chunked_array([pa.array([0], pa.date32())]), unit="")

    assert doubles.values[0] == 1.5
    assert [REASONS[fault] for fault in doubles.faults] == [
        None,
        RejectionReason.MISSING,
        RejectionReason.NOT_FINITE,
        RejectionReason.NOT_FINITE,
    ]
    assert booleans.values.tolist() == [1, 0]
    assert REASONS[dates.faults[0]] is RejectionReason.NOT_A_NUMBER


@pytest.mark.parametrize(
    "cells",
    [
        pa.chunked_array([pa.array([], pa.string())]),
        pa.chunked_array([], pa.string()),
        pa.chunked_array([pa.nulls(3)]),
        pa.chunked_array([pa.array(["1", None, "x"]).dictionary_encode()]),
        pa.chunked_array([["1"], ["2원"], ["3"]]),
    ],
)
def test_every_shape_of_column_gives_one_answer_a_cell(cells):
    amounts = parse_amounts(cells, unit="원")

    assert amounts.values.shape == amounts.faults.shape == (len(cells),)


@given(st.integers(-(10**14), 10**14), st.sampled_from(["{:,}", "{:,}원", "₩{:,}", "{}", "{:,} won"]))
def test_whole_won_survive_every_spelling(won, spelling):
    assert read_one(spelling.format(won)) == won


@given(st.integers(0, 9999), st.integers(0, 9), st.integers(0, 999))
def test_korean_steps_add_up(man, cheon, rest):
    assert read_one(f"{man}만 {cheon}천 {rest}원") == man * 10_000 + cheon * 1_000 + rest


@given(st.lists(st.text(max_size=30), max_size=20))
def test_any_text_is_either_a_finite_amount_or_at_fault(cells):
    amounts = parse_amounts(pa.chunked_array([cells], pa.string()), unit="원")

    assert (np.isfinite(amounts.values) == (amounts.faults == 0)).all()


@given(st.sampled_from(list(WON)), st.sampled_from(list(WON)))
def test_conversions_of_won_are_inverse(one, other):
    assert conversion(one, other) * conversion(other, one) == pytest.approx(1)


def test_nothing_is_converted_without_an_exchange_rate():
    assert conversion("$", "만원") == 1
