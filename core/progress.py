"""How far long work is, and what it gave once it is done: what every study and attack yields."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Result_co = TypeVar("Result_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Generic[Result_co]):
    """One report of work that is done in steps.

    Attributes:
        done: Steps done.
        total: Steps in all, as far as is known.
        result: The result; with the last report only.
    """

    done: int
    total: int
    result: Result_co | None = None
