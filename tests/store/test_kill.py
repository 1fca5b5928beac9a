"""An answer that was confirmed is on disk, whatever dies after that."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from store.database import Database
from store.survey import DatabaseStore
from tests.store.people import NOON
from tests.store.writer import QUESTIONS, SUBMISSIONS, batch

ROOT = Path(__file__).parents[2]
#: The blow falls at random after so many confirmations, while a hundred threads write.
CONFIRMED_BEFORE = (1, 250)


@contextmanager
def writing(url, code, *numbers):
    """Start a process of many writers; it is gone afterwards, whatever happened."""
    command = [sys.executable, "-m", "tests.store.writer", url, code, *map(str, numbers)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def confirmed_until(process, n_confirmed, strike):
    """Let ``strike`` happen after ``n_confirmed`` confirmations, and return all that were said until then."""
    confirmed = [int(process.stdout.readline()) for _ in range(n_confirmed)]
    strike()
    # Whole lines only: the process may have died while it wrote the last one.
    rest = process.stdout.read()
    return confirmed + [int(line) for line in rest.split("\n")[:-1]]


def reread(url, code):
    """Open the database anew, and return the kept answers by submission."""
    engine = create_engine(url)
    store = DatabaseStore(Database(engine))
    kept = {}
    for row in store.rows(code):
        kept.setdefault(row.answer.submission, {})[row.answer.question] = row.answer
    joined = store.room(code).joined
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    engine.dispose()
    return kept, joined


def check(url, code, confirmed):
    """See that every confirmed submission is there, and that every submission that is there is whole."""
    kept, joined = reread(url, code)
    assert {f"submission-{number}" for number in confirmed} <= set(kept)
    for submission, found in kept.items():
        wanted = batch(int(submission.removeprefix("submission-")))
        assert found == {each.question: each for each in wanted}
        assert set(found) == set(QUESTIONS)
    assert joined <= len(kept)
    return kept


def test_a_server_that_is_killed_loses_no_confirmed_answer_and_leaves_no_half_one(url, store, rng):
    code = store.open_room(survey=1, at=NOON).code
    n_confirmed = int(rng.integers(*CONFIRMED_BEFORE))
    with writing(url, code) as process:
        confirmed = confirmed_until(process, n_confirmed, process.kill)

    kept = check(url, code, confirmed)

    assert n_confirmed <= len(confirmed) < SUBMISSIONS
    assert len(kept) < SUBMISSIONS


def test_two_servers_on_one_database_keep_what_either_has_confirmed(url, store):
    code = store.open_room(survey=1, at=NOON).code
    with writing(url, code, 0, 100) as one, writing(url, code, 100, 200) as other:
        confirmed = [int(line) for server in (one, other) for line in server.communicate(timeout=60)[0].split()]

    assert sorted(confirmed) == list(range(200))
    assert len(check(url, code, confirmed)) == 200


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_postgresql_that_is_killed_loses_no_confirmed_answer_either(url, store, rng, cluster):
    code = store.open_room(survey=1, at=NOON).code

    def fall():
        cluster.stop()
        process.kill()

    with writing(url, code) as process:
        try:
            confirmed = confirmed_until(process, int(rng.integers(*CONFIRMED_BEFORE)), fall)
        finally:
            cluster.start()

    check(url, code, confirmed)
