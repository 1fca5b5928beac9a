import pyarrow as pa
import pytest

from core.ingest.amounts import parse_amounts
from core.ingest.currencies import SPELLINGS, find_currency, is_money, per_manwon, unscaled


@pytest.mark.parametrize(
    ("token", "unit"), [("₩", "원"), ("EUR", "€"), (" usd ", "$"), ("円", "¥"), ("Fr.", "CHF"), ("apples", "")]
)
def test_spellings_mean_their_currency(token, unit):
    assert find_currency(token) == unit


@pytest.mark.parametrize(
    ("unit", "amount"), [("만원", 1), ("원", 10_000), ("$", 10), ("k$", 0.01), ("¥", 1000), ("?", 10)]
)
def test_ten_thousand_won_are_a_round_amount_in_every_unit(unit, amount):
    assert per_manwon(unit) == pytest.approx(amount)


def test_only_units_of_money_are():
    assert [is_money(unit) for unit in ("원", "k€", "€", "세", "")] == [True, True, True, False, False]


def test_thousands_of_a_unit_have_it_for_a_unit_and_crowns_are_no_thousands():
    assert [unscaled(unit) for unit in ("k$", "k€", "kr", "$")] == ["$", "€", "kr", "$"]


@pytest.mark.parametrize("unit", SPELLINGS)
def test_amounts_are_read_in_every_currency_before_and_behind_them(unit):
    cells = [f"{form} 1.5" for form in SPELLINGS[unit]] + [f"1.5 {form}" for form in SPELLINGS[unit]]

    assert set(parse_amounts(pa.chunked_array([cells]), unit=unit).values) == {1.5}
