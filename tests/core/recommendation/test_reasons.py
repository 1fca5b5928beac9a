"""Reasons: which are given, in which order, with which figures."""

import dataclasses

import pytest

from core.data.catalogue import load_catalogue
from core.recommendation.reasons import RATIO_MENTIONED, TRUST_LEAST, ReasonCode, Use, give_reasons

USE = Use(times=1.0, trust=1.0, overall=0.25, holders=40, margin=8)
CARD = dataclasses.replace(
    load_catalogue().products[0], eligibility={"ko": "누구나"}, benefits={"food": 5.0, "transport": 2.0, "travel": 9.0}
)
EVEN = {"food": 1.0, "transport": 1.0}


def codes(product=CARD, *, use=USE, spending=EVEN, age=None):
    return [reason.code for reason in give_reasons(product, use=use, spending=spending, age=age)]


@pytest.mark.parametrize(
    ("use", "code", "blanks"),
    [
        ({"times": RATIO_MENTIONED}, ReasonCode.USED_MORE, {"times": RATIO_MENTIONED, "holders": 40, "margin": 8}),
        ({"times": 1.1}, ReasonCode.USED_ALIKE, {"times": 1.1, "holders": 40, "margin": 8}),
        ({"times": 3.0, "trust": TRUST_LEAST - 0.01}, ReasonCode.USED_OVERALL, {"share": 0.25}),
    ],
)
def test_use_is_given_as_far_as_the_groups_own_count_is_trusted(use, code, blanks):
    bare = dataclasses.replace(CARD, benefits={})
    (reason,) = give_reasons(bare, use=dataclasses.replace(USE, **use), spending=EVEN, age=None)

    assert (reason.code, dict(reason.blanks)) == (code, blanks)


def test_the_benefit_that_brings_the_group_most_beyond_others_comes_first():
    # 2 % · (3 - 1) = 4 beats 5 % · (1.5 - 1) = 2.5; travel is in no column.
    first, second = give_reasons(CARD, use=USE, spending={"food": 1.5, "transport": 3.0}, age=None)

    assert (first.code, dict(first.blanks)) == (
        ReasonCode.BENEFIT_FITS,
        {"category": "transport", "times": 3.0, "percent": 2.0},
    )
    assert second.code is ReasonCode.USED_ALIKE


def test_a_benefit_on_ordinary_spending_comes_after_use_and_is_the_largest():
    _, benefit = give_reasons(CARD, use=USE, spending=EVEN, age=None)

    assert (benefit.code, dict(benefit.blanks)) == (
        ReasonCode.BENEFIT,
        {"category": "food", "times": 1.0, "percent": 5.0},
    )


@pytest.mark.parametrize(
    ("terms", "age", "expected"),
    [
        ("누구나", 30, []),
        ("만 19–34세", 30, [ReasonCode.ELIGIBILITY_MET]),
        ("만 19–34세", None, [ReasonCode.ELIGIBILITY_UNKNOWN]),
        ("소득 증빙 가능자", 30, [ReasonCode.ELIGIBILITY_UNKNOWN]),
    ],
)
def test_eligibility_comes_last_where_it_says_anything(terms, age, expected):
    product = dataclasses.replace(CARD, eligibility={"ko": terms}, benefits={})

    assert codes(product, age=age) == [ReasonCode.USED_ALIKE, *expected]


def test_of_a_product_that_the_catalogue_does_not_know_only_use_is_known():
    assert codes(None) == [ReasonCode.USED_ALIKE, ReasonCode.ELIGIBILITY_UNKNOWN]
