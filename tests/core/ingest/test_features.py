"""Mappings: bounds in the file's unit, groups by name, units that a file shares."""

import pytest

from core.data.categories import public_categories
from core.ingest import Answers, Feature, propose_column
from core.ingest.features import decide_units, group_categories, make_unique
from core.limits import COLUMNS_MAX
from tests.core.ingest.readings import profiles_of, reading_of, repeat


def group(*spelled, answers=()):
    return group_categories(spelled, unit="원", months=12, answers=Answers.from_pairs(answers))


def test_most_known_spellings_make_public_groups_and_none_is_lost():
    found = group("외식", "교통", "점괘", "급여")

    assert found.is_public
    assert dict(found.groups) == {"외식": "restaurants", "교통": "transport", "점괘": "miscellaneous"}
    assert (found.unknown, found.not_spending) == (("점괘",), ("급여",))
    assert list(dict.fromkeys(f.column.key for f in found.features)) == [g.column.key for g in public_categories()]


def test_other_spellings_stay_columns_in_the_order_of_their_names():
    found = group("zebra", "apple", "mango", answers=["use:mango=no"])

    assert [feature.header for feature in found.features] == ["apple", "zebra"]
    assert not found.is_public


def test_the_user_puts_a_spelling_into_a_group_and_chooses_beyond_the_limit():
    many = [f"c{i:03d}" for i in range(COLUMNS_MAX + 1)]

    assert group("점괘", answers=["group:점괘=recreation"]).groups["점괘"] == "recreation"
    assert group(*many).questions[0].reason == "too_many_categories"
    assert group(*many).left_out == (f"c{COLUMNS_MAX:03d}",)


def test_bounds_are_given_in_the_unit_of_the_file():
    reading = reading_of("id,식비(원)", *repeat("{i},{k}000"), answers=["bounds:식비(원)=0..50000"])
    column = reading.columns[1]

    assert (column.unit, column.lower, column.upper) == ("원", 0, 50_000)
    assert reading.mapping.columns[0].upper == pytest.approx(5)


def test_a_currency_that_the_file_shares_is_that_of_its_money_only():
    profiles = profiles_of("id,Alter,essen,rent,currency", *repeat("{i},3{j},{k},{j},EUR"))
    dialects, currency = decide_units(profiles, separator=",", answers=Answers())

    assert (dialects.decimal, currency) == (".", "€")
    units = {
        c.name: c.unit for c in reading_of("id,Alter,rent,currency", *repeat("{i},3{j},{k},EUR")).columns if c.used
    }
    assert units == {"Alter": "세", "rent": "€"}


def test_two_columns_of_one_category_keep_apart():
    features = [Feature(header=header, column=propose_column(header)) for header in ("식비", "마트")]

    assert [feature.column.key for feature in make_unique(features)] == ["food", "마트"]
