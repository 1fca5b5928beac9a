import pytest

from core.ingest import read_sheet
from core.ingest.total_rows import find_totals


def totals_of(*cells):
    sheet = read_sheet("\n".join(["name,food", *(f"{cell},1" for cell in cells)]).encode(), name="a.csv")
    return [cell for cell, found in zip(cells, find_totals(sheet, "name"), strict=True) if found]


@pytest.mark.parametrize("name", ["합계", "합 계", "Total", "GRAND TOTAL", "Summe:", "Totaal", "総計", "C1 Total"])
def test_a_total_is_found_by_its_name_wherever_it_stands(name):
    assert totals_of("가", name, "나", *(f"p{n}" for n in range(20))) == [name]


@pytest.mark.parametrize("names", [("평균", "최대"), ("Sum", "Count"), ("Mean", "Max", "Min"), ("최소", "최대")])
def test_statistics_are_found_together_under_a_table(names):
    assert totals_of(*(f"p{n}" for n in range(20)), *names) == list(names)


@pytest.mark.parametrize("name", ["Max", "Media", "Count"])
def test_a_person_or_category_of_that_name_stays(name):
    people = [f"p{n}" for n in range(20)]

    assert totals_of(name, *people) == []
    assert totals_of(*people, name) == []
    assert totals_of(name, *people, name, "Total") == ["Total"]


def test_nothing_is_found_where_nothing_is_named_so():
    assert totals_of("Totally", "합계동", "Summers") == []
