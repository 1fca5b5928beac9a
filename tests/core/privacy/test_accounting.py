"""Accounting: charges add up as an independent accountant says, and are checked against what was declared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.limits import EPSILON_MAX, EPSILON_MIN
from core.privacy.accounting import BudgetCheck, accountant_total, check_budget, compose, total_by_name
from core.privacy.mechanisms import Mechanism, PrivacyEvent
from core.privacy.noise import round_down

epsilons = st.floats(EPSILON_MIN, EPSILON_MAX)


def charges(*losses, name="sums"):
    return tuple(PrivacyEvent(name=name, epsilon=loss, mechanism=Mechanism.CYLINDER) for loss in losses)


def test_the_loss_of_several_charges_is_their_sum():
    assert compose(charges(0.25, 0.5, 0.125)) == 0.875
    assert compose(()) == 0.0


@given(st.lists(epsilons, max_size=12))
def test_the_independent_accountant_adds_up_to_the_same(losses):
    assert accountant_total(charges(*losses)) == pytest.approx(compose(charges(*losses)))


@given(epsilons, st.integers(1, 12))
def test_shares_that_were_rounded_down_agree_with_what_was_declared(declared, n_shares):
    shares = charges(*[round_down(declared / n_shares)] * n_shares)

    assert check_budget(declared, shares) is BudgetCheck.AGREES
    assert check_budget(declared, shares[1:]) is BudgetCheck.MISSING


def test_more_than_declared_is_overspent_and_nothing_charged_is_open():
    assert check_budget(1.0, charges(0.5, 0.6)) is BudgetCheck.OVERSPENT
    assert check_budget(1.0, charges(0.5, 0.5 + 1e-9)) is BudgetCheck.OVERSPENT
    assert check_budget(1.0, charges(0.5, 0.5)) is BudgetCheck.AGREES
    assert check_budget(1.0, ()) is BudgetCheck.MISSING
    assert check_budget(1.0, None) is BudgetCheck.OPEN


def test_charges_are_summed_by_name_in_order_of_first_appearance():
    asked = [*charges(0.25, name="sums"), *charges(0.5, name="counts"), *charges(0.125, name="sums")]

    assert [(each.name, each.times, each.epsilon) for each in total_by_name(asked)] == [
        ("sums", 2, 0.375),
        ("counts", 1, 0.5),
    ]
