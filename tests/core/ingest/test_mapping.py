"""What a mapping says of a sheet, and what it refuses."""

import dataclasses

import pytest

from core.data import Column
from core.ingest import Feature, LongMapping, WideMapping

FOOD = Column(key="food", labels={"ko": "식비", "en": "Food"}, unit="만원", lower=0, upper=100)
RENT = dataclasses.replace(FOOD, key="rent")


def long_mapping(*features, months=1):
    return LongMapping(features=features, person="a", category="b", amount="c", unit="", months=months)


def test_several_spellings_of_a_category_are_one_column():
    features = [
        Feature(header=header, column=column) for header, column in (("밥", FOOD), ("월세", RENT), ("빵", FOOD))
    ]

    assert long_mapping(*features).columns == (FOOD, RENT)


def test_a_wide_sheet_may_not_have_two_columns_of_one_key():
    with pytest.raises(ValueError, match="keys of columns must be unique"):
        WideMapping(features=(Feature(header="a", column=FOOD), Feature(header="b", column=FOOD)))


def test_columns_of_one_key_that_differ_are_a_mistake_in_a_long_sheet_too():
    other = dataclasses.replace(FOOD, upper=200)
    with pytest.raises(ValueError, match="keys of columns must be unique"):
        long_mapping(Feature(header="a", column=FOOD), Feature(header="b", column=other))


def test_amounts_cover_a_month_at_least():
    with pytest.raises(ValueError, match="months must be at least 1, not 0"):
        long_mapping(months=0)
