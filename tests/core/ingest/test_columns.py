import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import Transform
from core.data.categories import public_categories
from core.ingest import propose_column
from core.ingest.columns import find_category, find_unit, guess_figure_unit


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("식비", "food"),
        ("외식비", "restaurants"),
        ("외식비(만원)", "restaurants"),
        ("교통비", "transport"),
        ("통신비 [원]", "communication"),
        ("건강관리비", "health"),
        ("아파트 관리비", "housing"),
        ("음식료품", "food"),
        ("GROCERIES", "food"),
        ("food_spending", "food"),
        ("Household goods and services", "furnishings"),
        ("rent", "housing"),
        ("current", None),
        ("language", None),
        ("기분", None),
    ],
)
def test_names_mean_public_categories(header, key):
    assert find_category(header) == key


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("식비(만원)", "만원"),
        ("식비 (천원)", "천원"),
        ("식비(백만원)", "백만원"),
        ("식비(원)", "원"),
        ("food ($)", "$"),
        ("food_usd", "$"),
        ("food (10k won)", "만원"),
        ("food (won)", "원"),
        ("나이(세)", "세"),
        ("식비", ""),
        ("회원", ""),
    ],
)
def test_names_tell_their_units(header, unit):
    assert find_unit(header) == unit


@pytest.mark.parametrize(
    ("header", "file_unit", "unit", "upper", "transform"),
    [
        ("식비(만원)", "만원", "만원", 300, Transform.LOG1P),
        ("식비(원)", "원", "만원", 300, Transform.LOG1P),
        ("식비", "원", "만원", 300, Transform.LOG1P),
        ("food", "$", "$", 3000, Transform.LOG1P),
        ("월소득", "원", "만원", 2000, Transform.LOG1P),
        ("age", "세", "세", 100, Transform.IDENTITY),
        ("household size", "명", "명", 10, Transform.IDENTITY),
        ("할인 (원)", "원", "만원", 1000, Transform.LOG1P),
        ("x1", "", "", 1000, Transform.LOG1P),
    ],
)
def test_bounds_are_proposed_from_name_and_unit_alone(header, file_unit, unit, upper, transform):
    column = propose_column(header)

    assert guess_figure_unit(header) == file_unit
    assert (column.unit, column.lower, column.upper, column.transform) == (unit, 0, upper, transform)


@pytest.mark.parametrize(
    ("header", "unit", "lower", "upper"),
    [
        ("Spending Score (1-100)", "점", 1, 100),
        ("만족도 (0~10점)", "", 0, 10),
        ("quality (out of 5)", "", 0, 5),
        ("sales (2019-2023)", "$", 0, 240_000),
        ("Annual Income (k$)", "k$", 0, 240),
        ("PURCHASES_FREQUENCY", "", 0, 1),
        ("Frequency", "회", 0, 1000),
        ("Avg_Utilization_Ratio", "", 0, 1),
        ("식비 비중(%)", "%", 0, 100),
        ("연령대_20_매출_금액", "만원", 0, 24_000),
        ("Lebensmittel (EUR)", "€", 0, 36_000),
        ("월 식비(원)", "만원", 0, 300),
        ("Credit_Limit", "$", 0, 1_000_000),
        ("食費(円)", "¥", 0, 3_600_000),
        ("Customer_Age", "세", 0, 100),
    ],
)
def test_a_name_gives_range_currency_time_and_scale(header, unit, lower, upper):
    column = propose_column(header, months=12)

    assert (column.unit, column.lower, column.upper) == (unit, lower, pytest.approx(upper))


def test_the_currency_of_cells_gives_the_unit_where_the_name_has_none():
    assert propose_column("groceries", unit="£").unit == "£"
    assert propose_column("groceries (EUR)", unit="£").unit == "€"


def test_labels_lose_their_unit_and_gain_the_other_language():
    column = propose_column("식비 (만원)")

    assert (column.key, dict(column.labels)) == ("food", {"ko": "식비", "en": "Food and soft drinks"})


def test_bounds_of_money_grow_with_the_months_and_others_do_not():
    assert propose_column("식비", months=12).upper == 3600
    assert propose_column("age", months=12).upper == 100


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_public_label_means_its_own_category(language):
    for group in public_categories():
        assert find_category(group.column.labels[language]) == group.column.key


@given(st.text(min_size=1, max_size=80))
def test_any_header_gets_a_column(header):
    column = propose_column(header)

    assert column.lower < column.upper
    assert column.key
