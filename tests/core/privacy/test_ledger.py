import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.limits import EPSILON_MAX
from core.privacy.accounting import BudgetCheck
from core.privacy.cap import CAP_DEFAULT, BudgetExceededError, CapError, CapProblem
from core.privacy.ledger import Entry, Ledger, LedgerMode
from core.privacy.mechanisms import Mechanism, PrivacyEvent

epsilons = st.floats(0.01, 100)


def test_charges_add_up_in_order():
    ledger = Ledger(cap=2.0)

    ledger.charge("release", 0.5, n_clusters=4)
    ledger.charge("products", 1.0)

    assert [(entry.what, entry.epsilon) for entry in ledger.entries] == [("release", 0.5), ("products", 1.0)]
    assert dict(ledger.entries[0].parameters) == {"n_clusters": 4}
    assert (ledger.spent, ledger.remaining) == (1.5, 0.5)


def test_a_charge_over_the_cap_is_refused_and_changes_nothing():
    ledger = Ledger(cap=1.0)
    ledger.charge("release", 0.75)

    with pytest.raises(BudgetExceededError, match=r"epsilon 0\.5 exceeds the remaining 0\.25 of 1") as refusal:
        ledger.charge("release", 0.5)

    assert (refusal.value.asked, refusal.value.remaining, refusal.value.cap) == (0.5, 0.25, 1.0)
    assert ledger.spent == 0.75


def test_the_cap_may_be_spent_to_the_last_bit():
    ledger = Ledger(cap=1.0)
    for _ in range(10):
        ledger.charge("release", 0.1)

    assert ledger.remaining == 0
    with pytest.raises(BudgetExceededError):
        ledger.charge("release", 0.01)


def test_serving_a_release_again_is_free_even_over_the_cap():
    ledger = Ledger(cap=1.0)
    first = ledger.charge("release", 1.0, key="a")

    assert ledger.charge("release", 1.0, key="a") is first
    assert ledger.spent == 1.0


def test_the_same_key_of_another_kind_is_charged():
    ledger = Ledger(cap=None)
    ledger.charge("release", 1.0, key="a")
    ledger.charge("products", 0.5, key="a")

    assert ledger.spent == 1.5


def test_a_key_cannot_change_its_price():
    ledger = Ledger(cap=None)
    ledger.charge("release", 1.0, key="a")

    with pytest.raises(ValueError, match="was charged with epsilon 1, not 2"):
        ledger.charge("release", 2.0, key="a")


def test_releases_without_a_key_are_charged_each_time():
    ledger = Ledger(cap=None)
    for _ in range(3):
        ledger.charge("release", 1.0)

    assert ledger.spent == 3


def test_practice_data_has_no_cap():
    ledger = Ledger(cap=None)
    for _ in range(5):
        ledger.charge("release", EPSILON_MAX)

    assert ledger.remaining == math.inf
    assert ledger.can_afford(EPSILON_MAX)
    assert ledger.mode is LedgerMode.SYNTHETIC


@given(st.lists(epsilons), st.floats(0.1, 100))
def test_what_was_spent_never_passes_the_cap(charges, cap):
    ledger = Ledger(cap=cap)
    for epsilon in charges:
        try:
            ledger.charge("release", epsilon)
        except BudgetExceededError as refusal:
            assert refusal.asked > refusal.remaining  # noqa: PT017 - both outcomes are lawful

    assert ledger.spent <= cap
    assert ledger.spent == math.fsum(entry.epsilon for entry in ledger.entries)


def test_threads_cannot_overspend_together():
    ledger = Ledger(cap=10.0)

    def try_charge(_):
        try:
            return ledger.charge("release", 0.25)
        except BudgetExceededError:
            return None

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(try_charge, range(200)))

    assert sum(entry is not None for entry in outcomes) == 40
    assert ledger.spent == 10.0


@pytest.mark.parametrize("epsilon", [0.0, -1.0, math.inf, math.nan])
def test_a_loss_must_be_positive_and_finite(epsilon):
    with pytest.raises(ValueError, match="epsilon must be positive and finite"):
        Ledger(cap=1.0).charge("release", epsilon)


def test_a_loss_above_the_largest_epsilon_is_refused():
    with pytest.raises(ValueError, match="epsilon must be at most 100"):
        Ledger(cap=None).charge("release", 100.5)


@pytest.mark.parametrize("cap", [0.0, -1.0, 100.5, math.inf, math.nan])
def test_a_cap_must_be_positive_and_at_most_a_hundred(cap):
    with pytest.raises(CapError, match="cap must be positive and at most 100") as refusal:
        Ledger(cap=cap)
    assert refusal.value.problem is CapProblem.OUT_OF_RANGE

    ledger = Ledger(cap=CAP_DEFAULT)
    with pytest.raises(CapError, match="at most 100"):
        ledger.set_cap(cap)
    assert ledger.cap == CAP_DEFAULT


def test_a_cap_can_be_set_until_the_first_release():
    ledger = Ledger(cap=CAP_DEFAULT)
    ledger.set_cap(3.0)
    assert not ledger.is_locked

    ledger.charge("release", 2.0)

    assert ledger.is_locked
    with pytest.raises(CapError, match="locked by the first release") as locked:
        ledger.set_cap(5.0)
    with pytest.raises(CapError, match=r"cap 1 is below the 2 that was spent") as below:
        ledger.set_cap(1.0)
    assert (locked.value.problem, below.value.problem) == (CapProblem.LOCKED, CapProblem.BELOW_SPENT)
    assert (below.value.cap, below.value.spent) == (1.0, 2.0)
    ledger.set_cap(3.0)
    assert (ledger.cap, ledger.remaining) == (3.0, 1.0)


def test_practice_data_takes_no_cap():
    with pytest.raises(CapError) as refusal:
        Ledger(cap=None).set_cap(1.0)

    assert refusal.value.problem is CapProblem.SYNTHETIC
    assert Ledger(cap=1.0).mode is LedgerMode.PEOPLE


def test_entries_are_numbered_and_keep_the_time_they_are_told():
    ledger = Ledger(cap=2.0)
    noon = datetime(2026, 5, 28, 12, tzinfo=UTC)

    first, second = ledger.charge("release", 0.5, when=noon), ledger.charge("products", 0.5)

    assert [(entry.number, entry.when, entry.delta) for entry in (first, second)] == [(1, noon, 0.0), (2, None, 0.0)]


def test_an_entry_is_settled_once_its_noise_was_drawn():
    ledger = Ledger(cap=2.0)
    entry = ledger.charge("release", 1.0, key="a")
    assert (entry.is_settled, entry.composed, ledger.check(entry)) == (False, None, BudgetCheck.OPEN)

    settled = ledger.settle(
        entry,
        [
            PrivacyEvent(name="people", epsilon=0.25, mechanism=Mechanism.TWO_SIDED_GEOMETRIC),
            PrivacyEvent(name="histogram", epsilon=0.75, mechanism=Mechanism.TWO_SIDED_GEOMETRIC),
        ],
    )

    assert ledger.entries == (settled,)
    assert (settled.composed, settled.loss) == (1.0, 1.0)
    assert ledger.check(entry) is BudgetCheck.AGREES
    assert ledger.settle(entry, settled.charges) is settled
    assert ledger.charge("release", 1.0, key="a") is settled
    with pytest.raises(ValueError, match="was settled with other charges"):
        ledger.settle(entry, [])


def test_a_foreign_entry_cannot_be_settled():
    ledger = Ledger(cap=2.0)
    ledger.charge("release", 1.0)

    with pytest.raises(ValueError, match="is not of this ledger"):
        ledger.settle(Ledger(cap=1.0).charge("products", 0.5), [])
    with pytest.raises(ValueError, match="is not of this ledger"):
        ledger.settle(Entry(what="release", epsilon=1.0), [])


def test_noise_that_reports_more_than_declared_counts_with_what_it_reports():
    ledger = Ledger(cap=2.0)
    entry = ledger.charge("release", 1.0)
    ledger.settle(entry, [PrivacyEvent(name="sums", epsilon=1.75, mechanism=Mechanism.CYLINDER)])

    assert ledger.check(entry) is BudgetCheck.OVERSPENT
    assert ledger.spent == 1.75
    assert not ledger.can_afford(0.5)
    with pytest.raises(BudgetExceededError):
        ledger.charge("release", 0.5)


def test_entries_cannot_be_altered():
    ledger = Ledger(cap=1.0)
    entry = ledger.charge("release", 0.5, n_clusters=4)

    with pytest.raises(FrozenInstanceError):
        entry.epsilon = 0.0
    with pytest.raises(TypeError):
        entry.parameters["n_clusters"] = 5
