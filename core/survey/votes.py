"""How well a room guesses, against what ε allows."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.survey.guess_stage import VOTES, GuessStage, vote_key
from core.survey.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundVotes:
    """One round that was revealed.

    A guess about a synthetic person says nothing about whoever guessed, so it is counted in the smallest room too.

    Attributes:
        number: The round, counted from 1.
        truth: What was right, one of ``VOTES``.
        n_in: Votes for "in".
        n_out: Votes for "out".
    """

    number: int
    truth: str
    n_in: int
    n_out: int

    @property
    def n_votes(self) -> int:
        """All votes."""
        return self.n_in + self.n_out

    @property
    def n_right(self) -> int:
        """Votes that were right."""
        return self.n_in if self.truth == VOTES[0] else self.n_out


def count_votes(stage: GuessStage, tallies: Mapping[str, Tally]) -> list[RoundVotes]:
    """Count the votes of every round that was revealed, in order."""
    counted = []
    for number, truth in enumerate(stage.revealed, start=1):
        tally = tallies.get(vote_key(number), Tally())
        n_in, n_out = (tally.count(vote) for vote in VOTES)
        counted.append(RoundVotes(number=number, truth=truth, n_in=n_in, n_out=n_out))
    return counted


def accuracy(rounds: list[RoundVotes]) -> float | None:
    """Return the part of all votes that were right; None without votes."""
    n_votes = sum(each.n_votes for each in rounds)
    return sum(each.n_right for each in rounds) / n_votes if n_votes else None
