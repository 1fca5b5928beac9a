"""Retries with growing pauses while the database is away, and what its errors mean."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from core.survey.problems import SurveyError, SurveyProblem

Result = TypeVar("Result")

#: How long an answer is retried before its sender hears of it, and how long a look is.
WRITE_SECONDS = 10.0
READ_SECONDS = 2.0
FIRST_PAUSE_SECONDS = 0.05
PAUSE_SECONDS_MAX = 1.0

#: Programming errors: no retry mends them.
_NOT_RETRIED = (IntegrityError, ProgrammingError, DataError)
_PROBLEMS = {
    "SQLITE_FULL": SurveyProblem.DISK_FULL,
    "53100": SurveyProblem.DISK_FULL,
    "25006": SurveyProblem.READ_ONLY,
}


def with_retries(work: Callable[[float], Result], *, seconds: float) -> Result:
    """Do ``work``, again after growing pauses while the database is away, for at most about ``seconds``.

    A commit may have succeeded although its confirmation was lost, so that ``work`` must be the same done twice.

    Args:
        work: What is done, given how many seconds it may wait for others.
        seconds: For how long, all tries together.

    Raises:
        SurveyError: If the database stayed away (UNAVAILABLE), or cannot be written to (DISK_FULL, READ_ONLY).
    """
    until = time.monotonic() + seconds
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            return work(max(until - time.monotonic(), 0.0))
        except _NOT_RETRIED:
            raise
        except (DBAPIError, PoolTimeoutError) as error:
            problem = problem_of(error)
            if problem is not SurveyProblem.UNAVAILABLE or time.monotonic() + pause > until:
                raise SurveyError(problem, _error_name(error)) from error
        # Those who wait do not all come back at the same moment.
        time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - no secret
        pause = min(2 * pause, PAUSE_SECONDS_MAX)


def problem_of(error: DBAPIError | PoolTimeoutError) -> SurveyProblem:
    """Return what an error of the database means."""
    origin = error.orig if isinstance(error, DBAPIError) else None
    code = getattr(origin, "sqlite_errorname", None) or getattr(origin, "sqlstate", None) or ""
    if code.startswith("SQLITE_READONLY"):
        return SurveyProblem.READ_ONLY
    return _PROBLEMS.get(code, SurveyProblem.UNAVAILABLE)


def _error_name(error: DBAPIError | PoolTimeoutError) -> str:
    """Return the name of an error without its statement and parameters, which hold what somebody wrote."""
    return type(error.orig if isinstance(error, DBAPIError) else error).__name__
