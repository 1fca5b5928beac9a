import sqlite3
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from core.survey.problems import SurveyError, SurveyProblem
from store import retry
from store.retry import PAUSE_SECONDS_MAX, WRITE_SECONDS, problem_of, with_retries


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 0.0
        self.pauses = []

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(retry, "time", made)
    return made


def away():
    return OperationalError("INSERT", {"text": "secret"}, ConnectionError("server closed the connection"))


def database_gone_for(seconds, clock):
    def work(_seconds):
        if clock.now < seconds:
            raise away()
        return "kept"

    return work


def test_work_that_succeeds_is_done_once(clock):
    done = []

    assert with_retries(lambda _seconds: done.append(1) or "kept", seconds=10) == "kept"
    assert (done, clock.pauses) == ([1], [])


def test_a_short_absence_is_waited_for(clock):
    assert with_retries(database_gone_for(3, clock), seconds=WRITE_SECONDS) == "kept"
    assert 3 <= clock.now < 3 + PAUSE_SECONDS_MAX


def test_an_absence_of_half_a_minute_is_told_in_time_and_asked_about_seldom(clock):
    with pytest.raises(SurveyError) as refused:
        with_retries(database_gone_for(30, clock), seconds=WRITE_SECONDS)

    assert refused.value.problem is SurveyProblem.UNAVAILABLE
    assert refused.value.passes
    assert WRITE_SECONDS - PAUSE_SECONDS_MAX <= clock.now <= WRITE_SECONDS
    assert max(clock.pauses) <= PAUSE_SECONDS_MAX
    assert len(clock.pauses) < 30


def test_what_is_told_of_an_error_holds_nothing_that_somebody_wrote(clock):
    with pytest.raises(SurveyError) as refused:
        with_retries(database_gone_for(30, clock), seconds=1)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("problem", [SurveyProblem.DISK_FULL, SurveyProblem.READ_ONLY])
def test_no_waiting_mends_a_full_or_read_only_disk(clock, monkeypatch, problem):
    monkeypatch.setattr(retry, "problem_of", lambda _error: problem)
    with pytest.raises(SurveyError) as refused:
        with_retries(database_gone_for(30, clock), seconds=10)

    assert refused.value.problem is problem
    assert clock.pauses == []


def test_a_mistake_of_ours_is_not_hidden(clock):
    def work(_seconds):
        raise IntegrityError("INSERT", {}, sqlite3.IntegrityError("NOT NULL"))

    with pytest.raises(IntegrityError):
        with_retries(work, seconds=10)
    assert clock.pauses == []


def test_a_refusal_is_not_retried(clock):
    def work(_seconds):
        raise SurveyError(SurveyProblem.CLOSED_ROOM)

    with pytest.raises(SurveyError, match="closed_room"):
        with_retries(work, seconds=10)
    assert clock.pauses == []


@pytest.mark.parametrize(
    ("origin", "problem"),
    [
        (SimpleNamespace(sqlstate="53100"), SurveyProblem.DISK_FULL),
        (SimpleNamespace(sqlstate="25006"), SurveyProblem.READ_ONLY),
        (SimpleNamespace(sqlstate="57P01"), SurveyProblem.UNAVAILABLE),
        (SimpleNamespace(sqlstate=None), SurveyProblem.UNAVAILABLE),
        (SimpleNamespace(sqlite_errorname="SQLITE_FULL"), SurveyProblem.DISK_FULL),
        (SimpleNamespace(sqlite_errorname="SQLITE_READONLY_DBMOVED"), SurveyProblem.READ_ONLY),
        (SimpleNamespace(sqlite_errorname="SQLITE_BUSY"), SurveyProblem.UNAVAILABLE),
    ],
)
def test_errors_of_both_databases_mean_the_same(origin, problem):
    assert problem_of(OperationalError("INSERT", {}, origin)) is problem


def test_a_queue_that_is_too_long_is_a_database_that_is_away():
    assert problem_of(PoolTimeoutError()) is SurveyProblem.UNAVAILABLE
