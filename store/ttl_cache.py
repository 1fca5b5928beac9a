"""What many sessions look at again and again: read once, shared for a moment."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from core.survey.problems import SurveyError

Value = TypeVar("Value")

#: How long a refusal is kept, whatever values are.
REFUSED_SECONDS = 1.0


class _Place(Generic[Value]):
    """One value with the lock of who renews it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.read_at = 0.0
        self.found: Value | SurveyError | None = None


class Recent(Generic[Value]):
    """Values at most ``seconds`` old, each renewed by one thread while the others wait for it.

    A database that is away is asked as seldom as one that answers: the refusal is kept for a moment as well.

    Args:
        seconds: How old a value may be; infinite for values that never change.
        size: How many are kept, the most recently used.
    """

    def __init__(self, *, seconds: float, size: int) -> None:
        self._seconds = seconds
        self._size = size
        self._places: OrderedDict[Hashable, _Place[Value]] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, read: Callable[[], Value]) -> Value:
        """Return the value of ``key``, read again if it is too old.

        Raises:
            SurveyError: As ``read`` did, now or a moment ago.
        """
        place = self._place(key)
        with place.lock:
            if place.found is None or time.monotonic() - place.read_at > self._lifetime(place.found):
                place.found = _tried(read)
                place.read_at = time.monotonic()
            found = place.found
        if isinstance(found, SurveyError):
            raise SurveyError(found.problem) from found
        return found

    def forget(self, key: Hashable) -> None:
        """Let the next one who asks for ``key`` read it again."""
        with self._lock:
            self._places.pop(key, None)

    def _lifetime(self, found: Value | SurveyError | None) -> float:
        return min(self._seconds, REFUSED_SECONDS) if isinstance(found, SurveyError) else self._seconds

    def _place(self, key: Hashable) -> _Place[Value]:
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            if len(self._places) > self._size:
                self._places.popitem(last=False)
            return place


def _tried(read: Callable[[], Value]) -> Value | SurveyError:
    try:
        return read()
    except SurveyError as error:
        return error
