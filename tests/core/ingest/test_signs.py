"""Which sign is spending: clear, or asked."""

import pytest

from tests.core.ingest.readings import reading_of

HEADER = "customer,date,category,amount"


def sum_of(reading, name):
    return next(column.nonprivate_sum for column in reading.columns if column.name == name)


def rows(*amounts):
    return [f"c{i % 5},2024-01-0{i % 9 + 1},food,{amount}" for i, amount in enumerate(amounts)]


@pytest.mark.parametrize(
    ("amounts", "sign", "is_asked"),
    [
        ([5] * 30, "positive_is_spending", False),
        ([-5] * 30, "negative_is_spending", False),
        ([5] * 28 + [-5] * 2, "positive_is_spending", False),
        ([-5] * 28 + [1] * 2, "negative_is_spending", False),
        ([-5] * 28 + [2000] * 2, "negative_is_spending", True),
        ([5] * 28 + [-900] * 2, "positive_is_spending", True),
        ([-5] * 18 + [5] * 12, "negative_is_spending", True),
        ([-5] * 12 + [5] * 18, "positive_is_spending", True),
    ],
)
def test_a_clear_sign_is_taken_and_another_asked(amounts, sign, is_asked):
    reading = reading_of(HEADER, *rows(*amounts))

    assert reading.sign == sign
    assert ([question.key for question in reading.questions] == ["sign"]) is is_asked


def test_the_answer_is_the_sign():
    reading = reading_of(HEADER, *rows(*[-5] * 18, *[5] * 12), answers=["sign=negative_is_spending"])

    assert (reading.verdict, reading.sign) == ("read", "negative_is_spending")
    assert sum_of(reading, "food") == 30


def test_what_takes_back_with_a_minus_stays_and_without_one_is_asked():
    def kinds(minus):
        return [
            f"c{i % 5},2024-01-01,food,{'refund' if i % 9 == 0 else 'purchase'},{minus if i % 9 == 0 else ''}5"
            for i in range(36)
        ]

    kept, asked = (reading_of("customer,date,category,type,amount", *kinds(minus)) for minus in ("-", ""))

    assert (kept.verdict, sum_of(kept, "food")) == ("read", 32 * 5 - 4 * 5)
    assert (asked.verdict, asked.reason) == ("ask", "kinds")
