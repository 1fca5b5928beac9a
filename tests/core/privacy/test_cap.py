"""The cap of a ledger: what is accepted, and that a refusal says why and with which numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.privacy.cap import CAP_DEFAULT, CAP_MAX, BudgetExceededError, CapError, CapProblem, check_cap


@given(st.floats(0.0, CAP_MAX, exclude_min=True), st.floats(0.0, CAP_MAX))
def test_a_cap_is_accepted_exactly_if_it_covers_what_was_spent(cap, spent):
    if cap >= spent:
        check_cap(cap, spent=spent)
        return
    with pytest.raises(CapError) as refusal:
        check_cap(cap, spent=spent)
    assert (refusal.value.problem, refusal.value.cap, refusal.value.spent) == (CapProblem.BELOW_SPENT, cap, spent)


@pytest.mark.parametrize("cap", [0.0, -1.0, math.nextafter(CAP_MAX, math.inf), math.inf, math.nan])
def test_a_cap_out_of_range_is_refused(cap):
    with pytest.raises(CapError, match="cap must be positive and at most 100") as refusal:
        check_cap(cap, spent=0.0)

    assert refusal.value.problem is CapProblem.OUT_OF_RANGE


def test_the_cap_until_another_is_set_is_a_valid_one():
    check_cap(CAP_DEFAULT, spent=0.0)


def test_a_refused_charge_says_what_is_left():
    refusal = BudgetExceededError(asked=0.5, remaining=0.25, cap=1.0)

    assert str(refusal) == "epsilon 0.5 exceeds the remaining 0.25 of 1"
    assert (refusal.asked, refusal.remaining, refusal.cap) == (0.5, 0.25, 1.0)
