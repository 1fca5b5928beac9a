"""The examiner is not blind: whatever an answer has wrong is named, and a right answer has nothing wrong."""

from dataclasses import replace

import pytest

from tests.core.ingest_layouts.expectation import Expected, find_faults

_COLUMN = {"used": True, "is_category": False, "lower": 0.0, "upper": 900.0, "clipped_share": 0.0}
TOLD = {
    "verdict": "read",
    "reason": "",
    "questions": [],
    "encoding": "euc-kr",
    "separator": ";",
    "decimal": ",",
    "sheet": "",
    "header_line": 3,
    "layout": "wide",
    "person": "Kunde",
    "category": None,
    "amount": None,
    "sign": None,
    "n_people": 60,
    "columns": [
        {**_COLUMN, "name": "Kunde", "used": False, "sum": None},
        {**_COLUMN, "name": "Essen", "sum": 1200.0},
        {**_COLUMN, "name": "Ausgaben Miete", "sum": 300.5},
    ],
    "left_out": [{"line": 64, "reason": "total", "value": "Summe"}],
}
EXPECTED = Expected(
    verdict=("read", "ask"),
    layout="wide",
    person=("Kunde",),
    n_people=60,
    sums={"Essen": 1200.0, "Miete": 300.5},
    total=(1500.5,),
    not_used=("Kunde",),
    left_out=(64,),
    header_lines=(3,),
    bounds={"Essen": (0.0, 1000.0)},
    encoding="cp949",
    separator=";",
    decimal=",",
    clipped_share_max=0.05,
    every=("Kunde", "Essen", "Miete"),
)


def test_a_right_answer_has_nothing_wrong():
    assert find_faults(TOLD, EXPECTED) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"verdict": "refuse", "reason": "one_person"}, "verdict"),
        ({"layout": "long"}, "layout"),
        ({"person": "Essen"}, "person"),
        ({"n_people": 61}, "n_people"),
        ({"header_line": 2}, "header_line"),
        ({"encoding": "cp1252"}, "encoding"),
        ({"separator": ","}, "separator"),
        ({"decimal": "."}, "decimal"),
        ({"left_out": []}, "line 64"),
        ({"columns": TOLD["columns"][:2]}, "Miete: not used"),
        ({"columns": [*TOLD["columns"][:2], {**TOLD["columns"][2], "sum": 30050.0}]}, "Miete: sum"),
        ({"columns": [{**TOLD["columns"][0], "used": True}, *TOLD["columns"][1:]]}, "Kunde: used"),
    ],
)
def test_what_is_wrong_is_named(change, named):
    faults = find_faults({**TOLD, **change}, EXPECTED)

    assert any(fault.startswith(named) for fault in faults)


def test_a_question_of_another_kind_is_no_answer():
    asked = {**TOLD, "verdict": "ask", "reason": "bounds", "questions": [{"reason": "sheets"}]}

    assert find_faults(asked, replace(EXPECTED, reason=("sheets",))) == []
    assert find_faults(asked, replace(EXPECTED, reason=("ambiguous_decimal",)))


def test_income_among_categories_is_wrong():
    spelled = [{**_COLUMN, "name": name, "is_category": True, "sum": 10.0} for name in ("food", "salary")]
    told = {**TOLD, "layout": "long", "category": "kind", "columns": spelled}
    expected = Expected(verdict=("read",), category=("kind",), sums={"food": 10.0})

    assert find_faults(told, expected) == ["salary: sum 10.0, which is no spending"]


def test_bounds_wider_than_their_name_and_clipped_people_are_wrong():
    wide = {**TOLD["columns"][1], "upper": 5000.0, "clipped_share": 0.4}
    told = {**TOLD, "columns": [TOLD["columns"][0], wide, TOLD["columns"][2]]}

    assert len(find_faults(told, EXPECTED)) == 2
