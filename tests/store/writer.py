"""A server's worth of writers in a process of its own, to be killed.

Run it as ``python -m tests.store.writer URL CODE [FIRST LAST]``. Each prints the name
of what it wrote once the store has confirmed it.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

from sqlalchemy import create_engine

from store.database import Database
from store.survey import DatabaseStore
from tests.store.people import NOON, answer

SUBMISSIONS = 1_000
THREADS = 100
QUESTIONS = ("before", "after", "why")


def tokens():
    """Return the tokens of all who write."""
    return [sha256(str(number).encode()).hexdigest() for number in range(THREADS)]


def batch(number):
    """Return the answers of submission ``number``: what is kept of it must be all of them, whole."""
    text = f"{number} 번째 " + "가나다라" * (number % 100)
    return [
        answer(question, f"choice-{number}", text=text, submission=f"submission-{number}", at=NOON)
        for question in QUESTIONS
    ]


def main(url, code, first="0", last=str(SUBMISSIONS)):
    """Write the submissions from ``first`` to below ``last``, from many threads at once."""
    store = DatabaseStore(Database(create_engine(url)))
    room, mine = store.room(code), tokens()

    def write(number):
        store.submit(room, mine[number % THREADS], batch(number), at=NOON)
        os.write(sys.stdout.fileno(), f"{number}\n".encode())

    with ThreadPoolExecutor(THREADS) as writers:
        list(writers.map(write, range(int(first), int(last))))


if __name__ == "__main__":
    main(*sys.argv[1:])
