"""Ledgers in the database: a charge is checked against the cap and written in one transaction, before any noise."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from sqlalchemy import Connection, delete, insert, select, update

from core.privacy.cap import check_charge, check_new_cap
from core.privacy.ledger_store import KeptCharge, LedgerState, LedgerStoreError
from core.survey.problems import SurveyError
from store.database import Database, server_database
from store.migrations import LEDGERS_LOCK, lock_writers
from store.schema import charges, ledger_names, ledgers, microseconds, moment
from store.ttl_cache import TtlCache

Result = TypeVar("Result")

#: How old a state may be that a page shows; a charge always reads what is on disk.
GLANCE_SECONDS = 0.5
LEDGERS_CACHED = 500


@st.cache_resource(show_spinner=False)
def ledger_store() -> "DatabaseLedgers":
    """Return the server's one store of ledgers; opening it asks nothing of the database, so it never fails."""
    return DatabaseLedgers(server_database())


class DatabaseLedgers:
    """Ledgers over a database; safe to share between threads and processes. See ``core.privacy.ledger_store``.

    When a call returns, what it wrote is on disk; when it raises, nothing of it is. Names are keyed hashes; of what
    was released only kind, price and time are known here.

    Every call may raise ``LedgerStoreError``, after some retries.

    Args:
        database: Where everything is.
        glance_seconds: How old a state may be that ``look`` returns.
    """

    def __init__(self, database: Database, *, glance_seconds: float = GLANCE_SECONDS) -> None:
        self._database = database
        self._glances = TtlCache[LedgerState](seconds=glance_seconds, size=LEDGERS_CACHED)

    def look(self, names: Sequence[str]) -> LedgerState:
        """Return the ledger that goes by any of ``names``, as it was a moment ago; an empty one if there is none."""
        return _translate(
            lambda: self._glances.get_or_read(
                tuple(names), lambda: self._database.read(lambda db: _read_state(db, _find_ledgers(db, names)))
            )
        )

    def charge(self, names: Sequence[str], charge: KeptCharge, *, cap: float) -> LedgerState:
        """Write down a charge, if the cap allows it; a submission that is there already is charged once.

        Args:
            names: Of the ledger; those that are new to it are learned.
            charge: What is charged.
            cap: Of a ledger that is new.

        Returns:
            The ledger with the charge, which is on disk.

        Raises:
            BudgetExceededError: If the sum would pass the cap; nothing is written then.
        """

        def change(db: Connection) -> LedgerState:
            ledger = _open_ledger(db, names, cap=cap)
            state = _read_state(db, [ledger])
            if charge.submission in {known.submission for known in state.charges}:
                return state
            check_charge(charge.epsilon, losses=_losses(state), cap=state.cap or cap)
            values = {"what": charge.what, "epsilon": charge.epsilon, "loss": charge.loss}
            charged = microseconds(charge.when)
            db.execute(insert(charges).values(ledger=ledger, submission=charge.submission, charged=charged, **values))
            return _read_state(db, [ledger])

        return self._write(names, change)

    def raise_loss(self, names: Sequence[str], submission: str, *, loss: float) -> LedgerState:
        """Note that a charge lost more than it had declared."""

        def change(db: Connection) -> LedgerState:
            lock_writers(db, LEDGERS_LOCK)
            known = (charges.c.submission == submission, charges.c.loss < loss)
            db.execute(update(charges).where(*known).values(loss=loss))
            return _read_state(db, _find_ledgers(db, names))

        return self._write(names, change)

    def set_cap(self, names: Sequence[str], cap: float, *, former: float) -> LedgerState:
        """Set the cap of a ledger that nothing was charged to.

        Args:
            names: Of the ledger.
            cap: The new cap.
            former: Cap of a ledger that is new.

        Raises:
            CapError: As ``core.privacy.cap.check_new_cap`` does.
        """

        def change(db: Connection) -> LedgerState:
            ledger = _open_ledger(db, names, cap=former)
            state = _read_state(db, [ledger])
            check_new_cap(cap, former=state.cap or former, losses=_losses(state))
            db.execute(update(ledgers).where(ledgers.c.id == ledger).values(cap=cap))
            return _read_state(db, [ledger])

        return self._write(names, change)

    def restart(self, names: Sequence[str]) -> LedgerState:
        """Forget a ledger. Only for people who are public already, whose ledger is a demonstration."""

        def change(db: Connection) -> LedgerState:
            lock_writers(db, LEDGERS_LOCK)
            found = _find_ledgers(db, names)
            db.execute(delete(charges).where(charges.c.ledger.in_(found)))
            db.execute(delete(ledger_names).where(ledger_names.c.ledger.in_(found)))
            db.execute(delete(ledgers).where(ledgers.c.id.in_(found)))
            return LedgerState()

        return self._write(names, change)

    def _write(self, names: Sequence[str], change: Callable[[Connection], LedgerState]) -> LedgerState:
        state = _translate(lambda: self._database.write(change))
        self._glances.forget(tuple(names))
        return state


def _translate(ask: Callable[[], Result]) -> Result:
    """Return what ``ask`` returns; the database's refusals are those of a store of ledgers."""
    try:
        return ask()
    except SurveyError as error:
        raise LedgerStoreError(str(error)) from error


def _losses(state: LedgerState) -> list[float]:
    return [charge.loss for charge in state.charges]


def _find_ledgers(connection: Connection, names: Sequence[str]) -> list[int]:
    """Return the ledgers that go by any of ``names``, oldest first."""
    known = select(ledger_names.c.ledger).where(ledger_names.c.name.in_(names)).distinct()
    return sorted(int(found) for found in connection.execute(known).scalars())


def _open_ledger(connection: Connection, names: Sequence[str], *, cap: float) -> int:
    """Return the one ledger of all ``names``: the only one, a new one, or several that turn out to be of one people."""
    lock_writers(connection, LEDGERS_LOCK)
    found = _find_ledgers(connection, names)
    if not found:
        added = connection.execute(insert(ledgers).values(cap=cap).returning(ledgers.c.id))
        found = [int(added.scalar_one())]
    first, *others = found
    if others:
        _merge(connection, first, others)
    known = set(connection.execute(select(ledger_names.c.name).where(ledger_names.c.name.in_(names))).scalars())
    learned = [{"name": name, "ledger": first} for name in dict.fromkeys(names) if name not in known]
    if learned:
        connection.execute(insert(ledger_names), learned)
    return first


def _merge(connection: Connection, first: int, others: list[int]) -> None:
    """Make several ledgers one: all charges of all of them, under the smallest of their caps."""
    caps = connection.execute(select(ledgers.c.cap).where(ledgers.c.id.in_([first, *others]))).scalars()
    connection.execute(update(ledgers).where(ledgers.c.id == first).values(cap=min(caps)))
    connection.execute(update(charges).where(charges.c.ledger.in_(others)).values(ledger=first))
    connection.execute(update(ledger_names).where(ledger_names.c.ledger.in_(others)).values(ledger=first))
    connection.execute(delete(ledgers).where(ledgers.c.id.in_(others)))


def _read_state(connection: Connection, found: Sequence[int]) -> LedgerState:
    caps = connection.execute(select(ledgers.c.cap).where(ledgers.c.id.in_(found))).scalars().all()
    rows = connection.execute(select(charges).where(charges.c.ledger.in_(found)).order_by(charges.c.id))
    return LedgerState(
        cap=min(caps, default=None),
        charges=tuple(
            KeptCharge(
                submission=row.submission, what=row.what, epsilon=row.epsilon, loss=row.loss, when=moment(row.charged)
            )
            for row in rows
        ),
    )
