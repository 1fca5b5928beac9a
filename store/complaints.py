"""What the log is told of a database that fails: what is wrong, once a minute, and nothing that somebody wrote."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from core.survey.problems import SurveyError, SurveyProblem

AGAIN_AFTER_SECONDS = 60.0
#: What the operator of a server can mend; all else is a matter of who is refused.
_TOLD = {
    SurveyProblem.UNAVAILABLE: "it does not answer, or is no database",
    SurveyProblem.DISK_FULL: "its disk is full",
    SurveyProblem.READ_ONLY: "it may only be read",
    SurveyProblem.NEWER: "a newer version of the app has been at it",
}
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Complaints:
    """Tells the log of each problem, again after a minute if it lasts: two hundred phones have the same one at once."""

    _told_at: dict[SurveyProblem, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell the log of what goes wrong with the database inside, and let it go on to who asked."""
        try:
            yield
        except SurveyError as error:
            if error.problem in _TOLD and self._is_due(error.problem):
                _log.error("The survey's database: %s (%s).", _TOLD[error.problem], error)
            raise

    def _is_due(self, problem: SurveyProblem) -> bool:
        now = time.monotonic()
        with self._lock:
            if now - self._told_at.get(problem, float("-inf")) < AGAIN_AFTER_SECONDS:
                return False
            self._told_at[problem] = now
            return True
