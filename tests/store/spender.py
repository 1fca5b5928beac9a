"""A server that spends from a kept ledger in a process of its own: ``python -m tests.store.spender URL CAP EPSILON``.

It charges from several threads until the cap refuses, and says each charge only once its noise could be drawn.
"""

import os
import secrets
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sqlalchemy import create_engine

from core.privacy.cap import BudgetExceededError
from core.privacy.ledger_store import KeptCharge
from store.database import Database
from store.ledgers import DatabaseLedgers

NAMES = ("name-of-the-file", "name-of-a-column")
THREADS = 3


def make_charge(epsilon):
    """Return a new charge, as a session makes one (``core.privacy.kept_ledger``)."""
    name, now = secrets.token_hex(16), datetime.now(UTC)
    return KeptCharge(submission=name, what="release", epsilon=epsilon, loss=epsilon, when=now)


def main(url, cap, epsilon):
    """Spend ``epsilon`` again and again until the cap refuses."""
    store = DatabaseLedgers(Database(create_engine(url)))

    def spend(number):
        while True:
            charge = make_charge(float(epsilon))
            try:
                store.charge(NAMES[: 1 + number % 2], charge, cap=float(cap))
            except BudgetExceededError:
                return
            os.write(sys.stdout.fileno(), f"{charge.submission}\n".encode())

    with ThreadPoolExecutor(THREADS) as sessions:
        list(sessions.map(spend, range(THREADS)))


if __name__ == "__main__":
    main(*sys.argv[1:])
