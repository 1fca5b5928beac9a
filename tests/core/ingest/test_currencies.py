import pytest

from core.ingest.currencies import find_currency, is_money, per_manwon


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
