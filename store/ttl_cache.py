"""A cache with a time to live for what many sessions look at again and again."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from core.survey.problems import SurveyError

Value = TypeVar("Value")

#: How long a refusal is kept, whatever values are.
REFUSED_SECONDS = 1.0


class _Entry(Generic[Value]):
    """One value with the lock of who renews it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.read_at = 0.0
        self.value: Value | SurveyError | None = None


class TtlCache(Generic[Value]):
    """Values at most ``seconds`` old, each renewed by one thread while the others wait for it.

    A database that is away is asked as seldom as one that answers: the refusal is kept for a moment as well.

    Args:
        seconds: How old a value may be; infinite for values that never change.
        size: How many are kept, the most recently used.
    """

    def __init__(self, *, seconds: float, size: int) -> None:
        self._seconds = seconds
        self._size = size
        self._entries: OrderedDict[Hashable, _Entry[Value]] = OrderedDict()
        self._lock = Lock()

    def get_or_read(self, key: Hashable, read: Callable[[], Value]) -> Value:
        """Return the value of ``key``, read again if it is too old.

        Raises:
            SurveyError: As ``read`` did, now or a moment ago.
        """
        entry = self._entry(key)
        with entry.lock:
            if entry.value is None or time.monotonic() - entry.read_at > self._lifetime(entry.value):
                entry.value = _value_or_refusal(read)
                entry.read_at = time.monotonic()
            value = entry.value
        if isinstance(value, SurveyError):
            raise SurveyError(value.problem) from value
        return value

    def forget(self, key: Hashable) -> None:
        """Let the next one who asks for ``key`` read it again."""
        with self._lock:
            self._entries.pop(key, None)

    def _lifetime(self, value: Value | SurveyError) -> float:
        return min(self._seconds, REFUSED_SECONDS) if isinstance(value, SurveyError) else self._seconds

    def _entry(self, key: Hashable) -> _Entry[Value]:
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            if len(self._entries) > self._size:
                self._entries.popitem(last=False)
            return entry


def _value_or_refusal(read: Callable[[], Value]) -> Value | SurveyError:
    try:
        return read()
    except SurveyError as error:
        return error
