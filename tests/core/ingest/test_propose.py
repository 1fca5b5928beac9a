import numpy as np
import pandas as pd
import pytest

from core.data.categories import public_categories
from core.ingest import (
    LoadError,
    LoadProblem,
    propose_long,
    propose_wide,
    read_sheet,
)
from core.ingest import propose as propose_module
from core.limits import COLUMNS_MAX


def sheet_of(text):
    return read_sheet(text.encode(), name="a.csv")


LONG = "고객번호,거래일,분류,금액\n가,2026-03-02,외식,10000\n나,2026-05-30,교통,20000\n가,2026.04.01,커피,3000\n"


def test_a_wide_proposal_names_the_person_the_figures_and_the_products():
    mapping = propose_wide(sheet_of("id,이름,식비(만원),나이,도시,전화번호,보유상품\n1,가,10,20,서울,0101234,\n"))

    assert mapping.person == "id"
    assert [feature.header for feature in mapping.features] == ["식비(만원)", "나이"]
    assert mapping.products == ("보유상품",)


def test_without_a_list_of_products_columns_named_by_their_ids_are_products():
    mapping = propose_wide(sheet_of("food,card-dining,card-fuel\n1,0,1\n"))

    assert mapping.products == ("card-dining", "card-fuel")
    assert [feature.header for feature in mapping.features] == ["food"]


def test_a_category_that_stands_twice_keeps_its_header_the_second_time():
    mapping = propose_wide(sheet_of("식비,마트\n1,2\n"))

    assert [column.key for column in mapping.columns] == ["food", "마트"]


def test_bounds_do_not_depend_on_the_values():
    small, large = (propose_wide(sheet_of(f"식비,기분\n{value},{value}\n")) for value in (1, 10**9))

    assert small == large


def test_of_five_thousand_columns_the_first_ones_with_figures_are_proposed():
    frame = pd.DataFrame(np.ones((3, 5000)), columns=[f"c{place}" for place in range(5000)]).assign(c0="text")
    mapping = propose_wide(sheet_of(frame.to_csv(index=False)))

    assert [feature.header for feature in mapping.features] == [f"c{place}" for place in range(1, COLUMNS_MAX + 1)]


def test_a_sheet_without_figures_has_no_wide_proposal():
    with pytest.raises(LoadError) as caught:
        propose_wide(sheet_of("이름,도시\n가,서울\n"))

    assert (caught.value.problem, dict(caught.value.blanks)) == (LoadProblem.NO_NUMBERS, {"columns": 2})


def test_a_long_proposal_uses_all_public_categories_when_most_spellings_mean_one():
    mapping = propose_long(sheet_of(LONG))

    assert (mapping.person, mapping.category, mapping.amount, mapping.date) == ("고객번호", "분류", "금액", "거래일")
    assert mapping.is_public
    assert [column.key for column in mapping.columns] == [group.column.key for group in public_categories()]
    assert {f.header: f.column.key for f in mapping.features if f.column.key == "restaurants"} == {
        "외식": "restaurants",
        "커피": "restaurants",
    }


def test_public_columns_do_not_depend_on_which_categories_occur():
    other = LONG.replace("교통", "학원")

    assert propose_long(sheet_of(LONG)).columns == propose_long(sheet_of(other)).columns


def test_the_order_of_columns_does_not_tell_which_is_commoner():
    one, other = (
        propose_long(sheet_of(f"person,category,amount\na,north,1\nb,south,2\nc,{common},2\n")).columns
        for common in ("north", "south")
    )

    assert one == other


def test_no_bound_is_a_function_of_dates():
    older = LONG + "나,1999-01-01,교통,1\n"

    assert propose_long(sheet_of(LONG)).columns == propose_long(sheet_of(older)).columns


def test_unknown_categories_are_proposed_as_they_stand_and_marked_as_read_from_the_data():
    mapping = propose_long(sheet_of("person,category,amount\na,north,1\nb,south,2\nc,south,2\n"))

    assert not mapping.is_public
    assert [column.key for column in mapping.columns] == ["north", "south"]


def test_totals_get_bounds_for_all_their_months_and_monthly_amounts_for_one():
    total, monthly = (propose_long(sheet_of(LONG), months=3, per_month=per_month) for per_month in (False, True))

    assert (total.months, monthly.months) == (1, 3)
    assert total.columns[0].upper == 3 * monthly.columns[0].upper == 900


def test_roles_may_be_given_or_else_follow_the_order_of_the_columns():
    sheet = sheet_of("alpha,beta,gamma\na,food,1\nb,taxi,2\n")
    guessed, given = propose_long(sheet), propose_long(sheet, person="beta", category="alpha")

    assert (guessed.person, guessed.category, guessed.amount) == ("alpha", "beta", "gamma")
    assert (given.person, given.category, given.amount) == ("beta", "alpha", "gamma")


def test_two_columns_are_too_few_for_transactions():
    with pytest.raises(LoadError) as caught:
        propose_long(sheet_of("a,b\n1,x\n"))

    assert (caught.value.problem, dict(caught.value.blanks)) == (
        LoadProblem.TOO_FEW_COLUMNS,
        {"columns": 2, "least": 3},
    )


def test_a_column_of_too_many_spellings_is_no_column_of_categories(monkeypatch):
    monkeypatch.setattr(propose_module, "CATEGORIES_MAX", 2)

    with pytest.raises(LoadError) as caught:
        propose_long(sheet_of("person,category,amount\na,x,1\na,y,1\na,z,1\n"))

    assert caught.value.problem is LoadProblem.TOO_MANY_CATEGORIES
    assert dict(caught.value.blanks) == {"categories": 3, "limit": 2}
