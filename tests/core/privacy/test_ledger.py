import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.privacy.ledger import BudgetExceededError, Ledger

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
    ledger.charge("release", 1e6)

    assert ledger.remaining == math.inf


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


@pytest.mark.parametrize("cap", [0.0, -1.0, math.inf, math.nan])
def test_a_cap_must_be_positive_and_finite(cap):
    with pytest.raises(ValueError, match="cap must be positive and finite"):
        Ledger(cap=cap)


def test_entries_cannot_be_altered():
    ledger = Ledger(cap=1.0)
    entry = ledger.charge("release", 0.5, n_clusters=4)

    with pytest.raises(FrozenInstanceError):
        entry.epsilon = 0.0
    with pytest.raises(TypeError):
        entry.parameters["n_clusters"] = 5
