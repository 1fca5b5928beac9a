"""Which row is the header: below titles and summaries, of two rows, with units, and where there is none."""

import pytest

from core.ingest.grid import GridHead
from core.ingest.header import find_header
from core.ingest.problems import LoadError, LoadProblem


def head_of(*rows):
    return GridHead(rows=tuple(tuple(row) for row in rows), lines=tuple(range(1, len(rows) + 1)))


DATA = [
    ("M1", "2024-01-02", "외식", "1,000"),
    ("M2", "2024-01-03", "교통", "2,000"),
    ("M1", "2024-01-04", "외식", "30"),
]


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ([], 1),
        ([("제목 : 회원별 이용내역",)], 2),
        ([("제목", "", "", ""), ("조회기간 : 2024.01.01 ~ 2024.03.31", "", "", "")], 3),
        ([("Description", "", "Summary Amt."), ("Beginning balance", "", "1,000.00"), ("Total", "", "5.00")], 4),
        ([("Kontostand vom 30.06.2023:", "5.000,01 EUR"), ("",)], 3),
    ],
)
def test_a_header_is_found_below_titles_and_summaries(above, line):
    header = find_header(head_of(*above, ("회원번호", "이용일자", "업종", "이용금액(원)"), *DATA))

    assert (header.line, header.names) == (line, ("회원번호", "이용일자", "업종", "이용금액(원)"))


def test_names_below_merged_cells_belong_to_the_names_above():
    rows = [("이용일자", "결제금액", "", "수수료"), ("", "원금", "이자", ""), ("25.08.01", "100", "2", "0")] + [
        ("25.08.02", "300", "2", "0")
    ] * 3
    header = find_header(head_of(*rows))

    assert (header.line, header.last) == (1, 1)
    assert header.names == ("이용일자", "결제금액 원금", "결제금액 이자", "수수료")


def test_units_in_a_row_of_their_own_belong_to_the_names():
    header = find_header(head_of(("고객", "식비", "교통"), ("", "(원)", "(원)"), ("a", "1", "2"), ("b", "3", "4")))

    assert header.names == ("고객", "식비 (원)", "교통 (원)")


def test_years_and_months_may_be_names():
    header = find_header(head_of(("person", "2023", "2024-01", "3월"), ("a", "1", "2", "3"), ("b", "1", "2", "3")))

    assert header.names == ("person", "2023", "2024-01", "3월")


def test_a_counter_without_a_name_shifts_no_names():
    header = find_header(head_of(("food", "rent"), ("1", "20", "30"), ("2", "21", "31"), ("3", "22", "33")))

    assert header.names == ("", "food", "rent")


def test_blank_names_at_the_end_go_and_missing_ones_are_added():
    assert find_header(head_of(("a", "b", ""), ("x", "1"), ("y", "2"))).names == ("a", "b")
    assert find_header(head_of(("a", "b"), ("x", "1", "5"), ("y", "2", "7"))).names == ("a", "b", "")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([("1", "2"), ("3", "4"), ("5", "6")], LoadProblem.NO_HEADER),
        ([("c1", "food", "12.5"), ("c2", "rent", "3.5"), ("c1", "rent", "3.5")], LoadProblem.NO_HEADER),
        ([("a", "b")], LoadProblem.HEADER_ONLY),
        ([("", ""), ("", "")], LoadProblem.EMPTY_FILE),
    ],
)
def test_rows_without_names_are_refused(rows, problem):
    with pytest.raises(LoadError) as caught:
        find_header(head_of(*rows))

    assert caught.value.problem is problem


def test_the_user_chooses_another_row_and_only_one_that_is_there():
    rows = head_of(("title", "of it"), ("a", "b"), ("x", "1"), ("y", "2"))

    assert find_header(rows, line=1).names == ("title", "of it")
    with pytest.raises(LoadError):
        find_header(rows, line=9)


def test_the_name_of_a_pivots_index_belongs_to_the_header():
    rows = [("category", "dining", "rent"), ("customer_id", "", ""), ("101", "1.5", "2"), ("102", "3", "4")]
    header = find_header(head_of(*rows))

    assert header.names == ("category customer_id", "dining", "rent")
    assert header.last == 1
