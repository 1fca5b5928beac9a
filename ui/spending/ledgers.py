"""Which ledger people have: kept in the store where that is possible, else as long as the session.

An upload's ledger is kept under keyed hashes of what its people are recognised by, and of the device. An installation
with one curator may share ledgers among its visitors: then one visitor learns that another had the same file.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.data import SOURCES, Table
from core.privacy.cap import CAP_DEFAULT
from core.privacy.kept_ledger import KeptLedger, ledger_names
from core.privacy.ledger import Keeping, Ledger
from core.privacy.ledger_store import LedgerStore
from ui.server.device import current_device, installation_key

#: ``yes`` lets all visitors of the installation spend from one ledger for the same people.
SHARED_VARIABLE = "SAGRAM_SHARED_LEDGERS"
#: Stands for all visitors where another ledger has its device; no device is called so.
EVERYBODY = "everybody"


@dataclass(slots=True)
class _Keeper:
    """Where ledgers are kept; known from the first page on."""

    store: LedgerStore | None = None


@st.cache_resource(show_spinner=False)
def _keeper() -> _Keeper:
    return _Keeper()


def keep_in(store: LedgerStore) -> None:
    """Keep ledgers in ``store`` from now on: pages know it, for ``ui`` knows no database."""
    _keeper().store = store


def is_shared() -> bool:
    """Return whether all visitors spend from one ledger for the same people."""
    return os.environ.get(SHARED_VARIABLE, "").lower() == "yes"


def is_demonstration(table: Table) -> bool:
    """Return whether the people of ``table`` are real but public already: their ledger shows how it would go."""
    return not table.source.is_synthetic and SOURCES[table.source.key].load is not None


def open_ledger(table: Table, fingerprints: Sequence[str]) -> Ledger:
    """Return the ledger of people whom ``fingerprints`` recognise."""
    store, key, whose = _keeper().store, installation_key(), _owner(table)
    if store is None or key is None or whose is None:
        return Ledger(cap=CAP_DEFAULT)
    keeping = Keeping.INSTALLATION if whose == EVERYBODY else Keeping.DEVICE
    return KeptLedger(store, ledger_names(fingerprints, key=key, whose=whose), keeping=keeping)


def _owner(table: Table) -> str | None:
    return EVERYBODY if is_shared() and not is_demonstration(table) else current_device()
