"""Kept ledgers: no two sessions pass a cap together, and nothing that was drawn is ever missing from them."""

import subprocess
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from core.privacy.cap import BudgetExceededError, CapError
from core.privacy.kept_ledger import KeptLedger
from core.privacy.ledger_store import KeptCharge, LedgerState, LedgerStoreError
from store.database import Database, database_url
from store.ledgers import DatabaseLedgers
from tests.store.spender import NAMES

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def ledgers(engine):
    """Open the store on an empty database; it shows what is there now, and does not wait for long."""
    return DatabaseLedgers(Database(engine, write_seconds=1.0, read_seconds=0.5), glance_seconds=0)


def charge(submission, epsilon=1.0, loss=None):
    return KeptCharge(submission=submission, what="release", epsilon=epsilon, loss=loss or epsilon, when=NOON)


def test_a_ledger_that_nobody_knows_is_empty_and_looking_writes_nothing(ledgers, engine):
    assert ledgers.look(["a"]) == LedgerState()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM ledger_names")).scalar_one() == 0


def test_a_charge_comes_back_as_it_was_by_any_of_its_names(ledgers):
    ledgers.charge(["a", "b"], charge("first", 0.1), cap=2.0)

    for name in ("a", "b"):
        assert ledgers.look([name]) == LedgerState(cap=2.0, charges=(charge("first", 0.1),))
    assert ledgers.look(["c"]) == LedgerState()


def test_the_cap_holds_to_its_last_bit_and_a_refusal_writes_nothing(ledgers):
    for number in range(10):
        ledgers.charge(["a"], charge(f"{number}", 0.1), cap=1.0)

    with pytest.raises(BudgetExceededError) as refused:
        ledgers.charge(["a", "new"], charge("more", 0.01), cap=1.0)

    assert (refused.value.remaining, refused.value.cap) == (0.0, 1.0)
    assert len(ledgers.look(["a"]).charges) == 10
    assert ledgers.look(["new"]) == LedgerState()


def test_a_charge_whose_confirmation_was_lost_is_charged_once(ledgers):
    for _ in range(2):
        state = ledgers.charge(["a"], charge("same"), cap=1.5)

    assert len(state.charges) == 1


def test_a_name_learned_later_finds_what_was_charged_before(ledgers):
    ledgers.charge(["file 1", "column"], charge("first"), cap=2.0)
    ledgers.charge(["file 2", "column"], charge("second", 0.5), cap=9.0)

    state = ledgers.look(["file 2"])

    assert [each.submission for each in state.charges] == ["first", "second"]
    assert state.cap == 2.0


def test_ledgers_that_turn_out_to_be_of_the_same_people_become_one_under_the_smaller_cap(ledgers):
    ledgers.charge(["a"], charge("first"), cap=5.0)
    ledgers.charge(["b"], charge("second", 1.5), cap=3.0)
    both = ledgers.look(["a", "b"])
    assert (both.cap, len(both.charges)) == (3.0, 2)

    with pytest.raises(BudgetExceededError):
        ledgers.charge(["a", "b"], charge("third"), cap=5.0)
    ledgers.charge(["a", "b"], charge("fourth", 0.5), cap=5.0)

    assert ledgers.look(["a"]) == ledgers.look(["b"])
    assert [each.submission for each in ledgers.look(["b"]).charges] == ["first", "second", "fourth"]


def test_a_cap_is_set_before_the_first_charge_and_not_after_it(ledgers):
    assert ledgers.set_cap(["a"], 3.0, former=10.0).cap == 3.0
    ledgers.charge(["a"], charge("first"), cap=10.0)

    with pytest.raises(CapError):
        ledgers.set_cap(["a"], 5.0, former=10.0)

    assert ledgers.look(["a"]).cap == 3.0


def test_a_loss_above_what_was_declared_is_kept_and_never_lowered(ledgers):
    ledgers.charge(["a"], charge("first"), cap=5.0)
    for loss in (2.5, 1.0):
        ledgers.raise_loss(["a"], "first", loss=loss)

    assert ledgers.look(["a"]).charges == (charge("first", loss=2.5),)


def test_a_demonstration_that_starts_anew_leaves_other_ledgers_alone(ledgers):
    ledgers.charge(["a", "b"], charge("first"), cap=5.0)
    ledgers.charge(["c"], charge("second"), cap=5.0)

    ledgers.restart(["a"])

    assert ledgers.look(["a", "b"]) == LedgerState()
    assert len(ledgers.look(["c"]).charges) == 1


def test_a_page_that_looks_again_and_again_asks_the_database_once_and_sees_its_own_charge_at_once(engine):
    store = DatabaseLedgers(Database(engine), glance_seconds=60)
    other = DatabaseLedgers(Database(engine), glance_seconds=60)
    store.look(["a"])
    other.charge(["a"], charge("other"), cap=5.0)
    assert store.look(["a"]) == LedgerState()

    store.charge(["a"], charge("own"), cap=5.0)

    assert len(store.look(["a"]).charges) == 2


def test_a_database_that_is_away_refuses_and_charges_nothing(tmp_path):
    engine = create_engine(database_url(str(tmp_path / "nowhere" / "survey.db")))
    store = DatabaseLedgers(Database(engine, write_seconds=0, read_seconds=0))

    with pytest.raises(LedgerStoreError):
        store.look(["a"])
    with pytest.raises(LedgerStoreError):
        store.charge(["a"], charge("first"), cap=5.0)
    engine.dispose()


# --- several servers, and servers that die -----------------------------------------------------------------------


@contextmanager
def spending(url, cap, epsilon):
    """Start a process that spends; it is gone afterwards, whatever happened."""
    command = [sys.executable, "-m", "tests.store.spender", url, str(cap), str(epsilon)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_two_servers_that_spend_at_once_reach_the_cap_and_never_pass_it(url, ledgers):
    with ExitStack() as both:
        servers = [both.enter_context(spending(url, 4.0, 0.25)) for _ in range(2)]
        said = [server.communicate(timeout=60)[0].split() for server in servers]

    state = ledgers.look(NAMES)

    assert sum(each.loss for each in state.charges) == 4.0
    assert sorted([name for each in said for name in each]) == sorted(each.submission for each in state.charges)


def test_a_server_that_is_killed_while_it_spends_leaves_every_charge_that_could_be_drawn(url, ledgers, rng):
    with spending(url, 100.0, 0.25) as server:
        said = [server.stdout.readline().strip() for _ in range(int(rng.integers(1, 12)))]
        server.kill()
        # Whole lines only: the process may have died while it wrote the last one.
        said += server.stdout.read().split("\n")[:-1]

    kept = {each.submission for each in ledgers.look(NAMES).charges}

    assert set(said) <= kept
    assert sum(each.loss for each in ledgers.look(NAMES).charges) <= 100.0
    # Who comes next goes on from there.
    ledger = KeptLedger(ledgers, NAMES, cap=100.0)
    assert ledger.charge("release", 0.25).number == len(kept) + 1
