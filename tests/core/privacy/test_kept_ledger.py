"""A kept ledger: charged before anything is drawn, shared by all who know its names, refused while out of reach."""

import re

import pytest

from core.privacy.cap import BudgetExceededError, CapError, CapProblem, check_charge, check_new_cap
from core.privacy.kept_ledger import KeptLedger, ledger_names
from core.privacy.ledger_store import LedgerState, LedgerStoreError
from core.privacy.mechanisms import Mechanism, PrivacyEvent

NAMES = ("a", "b")


class Memory:
    """A store in memory, which can be out of reach."""

    def __init__(self):
        self.state = LedgerState()
        self.is_away = False

    def look(self, _names):
        if self.is_away:
            raise LedgerStoreError
        return self.state

    def charge(self, names, charge, *, cap):
        state = self.look(names)
        check_charge(charge.epsilon, losses=[each.loss for each in state.charges], cap=state.cap or cap)
        self.state = LedgerState(cap=state.cap or cap, charges=(*state.charges, charge))
        return self.state

    def raise_loss(self, names, submission, *, loss):
        charges = tuple(
            type(each)(submission=each.submission, what=each.what, epsilon=each.epsilon, loss=loss, when=each.when)
            if each.submission == submission
            else each
            for each in self.look(names).charges
        )
        self.state = LedgerState(cap=self.state.cap, charges=charges)
        return self.state

    def set_cap(self, names, cap, *, former):
        state = self.look(names)
        check_new_cap(cap, former=state.cap or former, losses=[each.loss for each in state.charges])
        self.state = LedgerState(cap=cap, charges=state.charges)
        return self.state

    def restart(self, _names):
        self.state = LedgerState()
        return self.state


@pytest.fixture
def memory():
    return Memory()


def test_another_session_finds_what_was_spent_and_cannot_pass_the_cap(memory):
    first, second = KeptLedger(memory, NAMES, cap=2.0), KeptLedger(memory, NAMES, cap=2.0)
    first.charge("release", 1.5, key="k", engine="synopsis")

    assert (second.spent, second.remaining, second.is_locked, second.is_kept) == (1.5, 0.5, True, True)
    with pytest.raises(BudgetExceededError):
        second.charge("release", 1.0)
    second.charge("products", 0.5)

    assert [entry.number for entry in first.entries] == [1, 2]
    assert [entry.is_elsewhere for entry in first.entries] == [False, True]
    assert [entry.is_elsewhere for entry in second.entries] == [True, False]
    assert not first.can_afford(0.1)


def test_what_was_asked_stays_in_the_session_that_asked(memory):
    KeptLedger(memory, NAMES).charge("release", 1.0, key="content|k", columns=("rent",))

    (kept,) = memory.state.charges
    assert re.fullmatch(r"[0-9a-f]{32}", kept.submission)
    assert not {"rent", "content"} & set(re.findall(r"\w+", repr(kept)))
    (elsewhere,) = KeptLedger(memory, NAMES).entries
    assert (elsewhere.key, dict(elsewhere.parameters), elsewhere.charges) == (None, {}, None)


def test_the_same_key_is_free_where_it_was_charged_and_is_charged_again_elsewhere(memory):
    """The noise of another session is not here: a new draw is a new loss."""
    first = KeptLedger(memory, NAMES)
    first.charge("release", 1.0, key="k")
    first.charge("release", 1.0, key="k")
    assert first.spent == 1.0

    KeptLedger(memory, NAMES).charge("release", 1.0, key="k")

    assert first.spent == 2.0


def test_an_entry_is_settled_by_its_own_name_whatever_was_charged_before_it_meanwhile(memory):
    first, second = KeptLedger(memory, NAMES), KeptLedger(memory, NAMES)
    second.charge("products", 0.5)
    entry = first.charge("release", 1.0)

    settled = first.settle(entry, [PrivacyEvent(name="sums", epsilon=1.75, mechanism=Mechanism.CYLINDER)])

    assert (entry.number, settled.loss) == (2, 1.75)
    assert second.spent == 2.25
    with pytest.raises(ValueError, match="is not of this ledger"):
        first.settle(second.entries[0], [])


def test_the_first_loss_locks_the_cap_for_all(memory):
    first, second = KeptLedger(memory, NAMES), KeptLedger(memory, NAMES)
    first.set_cap(3.0)
    assert second.cap == 3.0
    second.charge("release", 1.0)

    with pytest.raises(CapError) as refused:
        first.set_cap(5.0)

    assert refused.value.problem is CapProblem.LOCKED


def test_while_the_store_is_away_the_last_state_is_shown_and_nothing_is_charged(memory):
    ledger = KeptLedger(memory, NAMES)
    ledger.charge("release", 1.0)
    memory.is_away = True

    assert (ledger.spent, ledger.is_reachable, ledger.can_afford(0.1)) == (1.0, False, False)
    with pytest.raises(LedgerStoreError):
        ledger.charge("release", 0.5)

    memory.is_away = False
    assert (ledger.spent, ledger.is_reachable) == (1.0, True)


def test_a_demonstration_starts_anew(memory):
    ledger = KeptLedger(memory, NAMES)
    ledger.charge("release", 1.0, key="k")

    ledger.restart()

    assert (ledger.entries, ledger.is_locked) == ((), False)
    assert ledger.charge("release", 1.0, key="k").number == 1


def test_names_are_keyed_hashes_of_their_owner_that_nobody_makes_without_the_key():
    names = ledger_names(["file|1", "all|2"], key=b"k", whose="device")

    assert all(re.fullmatch(r"[0-9a-f]{64}", name) for name in names)
    assert ledger_names(["file|1"], key=b"k", whose="device") == names[:1]
    assert not set(names) & set(ledger_names(["file|1", "all|2"], key=b"other", whose="device"))
    assert not set(names) & set(ledger_names(["file|1", "all|2"], key=b"k", whose="elsewhere"))
    assert ledger_names(["b"], key=b"k", whose="a|") != ledger_names(["|b"], key=b"k", whose="a")
