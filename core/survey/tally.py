"""Tallies: how many chose what, and what may be shown of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from core.survey.limits import SHOWN_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The latest answers of all participants to one question, counted.

    Attributes:
        people: Participants whose latest answer chooses or says something.
        counts: Participants by choice, read-only; one who ticked several is in several. Choices of nobody are absent.
    """

    people: int = 0
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @classmethod
    def from_counts(cls, counts_by_choices: Iterable[tuple[tuple[str, ...], int]]) -> Self:
        """Add up pairs of (choices, how many people chose exactly these)."""
        people, counts = 0, Counter[str]()
        for choices, n_people in counts_by_choices:
            people += n_people
            counts.update(dict.fromkeys(choices, n_people))
        return cls(people=people, counts=MappingProxyType(dict(counts)))

    @property
    def is_shown(self) -> bool:
        """Whether enough people answered for counts and shares to be shown; before that only ``people`` is."""
        return self.people >= SHOWN_FROM

    def count(self, choice: str) -> int:
        """Return how many chose ``choice``."""
        return self.counts.get(choice, 0)

    def share(self, choice: str) -> float | None:
        """Return the share of the people who chose ``choice``; None while it must not be shown."""
        return self.count(choice) / self.people if self.is_shown else None
