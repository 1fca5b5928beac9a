import pytest

from core.ingest import read_sheet
from core.ingest.kinds import find_income, find_kinds
from core.ingest.profile import profile_sheet


def kinds_of(header, *cells):
    text = "\n".join([f"id,{header}", *(f"{n},{cell}" for n, cell in enumerate(cells))])
    return find_kinds(profile_sheet(read_sheet(text.encode(), name="a.csv")))


@pytest.mark.parametrize(
    ("header", "spending", "not_spending"),
    [
        ("type", ("expense",), ("income", "transfer")),
        ("타입", ("지출",), ("수입", "이체")),
        ("status", ("completed",), ("cancelled", "refunded")),
        ("event_type", ("purchase",), ("cart", "view")),
        ("승인구분", ("승인",), ("취소",)),
    ],
)
def test_kinds_are_told_by_their_cells(header, spending, not_spending):
    kinds = kinds_of(header, *spending, *not_spending)

    assert kinds.header == header
    assert kinds.not_spending == not_spending
    assert kinds.unknown == ()


def test_states_that_are_unknown_beside_cancelled_ones_are_told_as_such():
    kinds = kinds_of("status", "bezahlt?", "storno")

    assert kinds.cancelled == ("storno",)
    assert kinds.unknown == ("bezahlt?",)


def test_a_column_of_other_words_is_none_of_kinds():
    assert kinds_of("status", "single", "married") is None
    assert kinds_of("city", "서울", "취소") is None


def test_income_is_told_among_categories():
    assert find_income(["식비", "급여", "Salary", "rent"]) == ("급여", "Salary")
