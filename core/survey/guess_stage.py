"""How far a room is with guess who, as the stage writes it and phones read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

#: What a room votes in a round of guess who: the person is in the data, or is not.
VOTES = ("in", "out")
ROUNDS_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessStage:
    """How far a room has come with guess who; written to the room's stage and read by its phones.

    Attributes:
        round: Number of the round that is voted on or was just revealed, from 1.
        revealed: What was true in the rounds revealed so far, each one of ``VOTES``, round 1 first.
        epsilon: Privacy loss that bounds everybody's guesses.
    """

    round: int = 1
    revealed: tuple[str, ...] = ()
    epsilon: float = 1.0

    @classmethod
    def read(cls, stage: Mapping[str, str]) -> Self:
        """Read it from a room's stage; what is missing or not readable is as at the start."""
        revealed = tuple(word for word in stage.get("revealed", "").split() if word in VOTES)[:ROUNDS_MAX]
        return cls(
            round=int(_number(stage.get("round"), least=1, most=ROUNDS_MAX, otherwise=1)),
            revealed=revealed,
            epsilon=_number(stage.get("epsilon"), least=0.01, most=20.0, otherwise=1.0),
        )

    def write(self) -> dict[str, str]:
        """Write it as a room's stage."""
        return {"round": str(self.round), "revealed": " ".join(self.revealed), "epsilon": f"{self.epsilon:g}"}

    @property
    def is_revealed(self) -> bool:
        """Whether the truth of the present round is known."""
        return len(self.revealed) >= self.round

    def count_hits(self, votes: Mapping[str, str]) -> tuple[int, int]:
        """Return how many of one's ``votes``, by key, were right, and how many of them are revealed."""
        pairs = [(votes.get(vote_key(i)), truth) for i, truth in enumerate(self.revealed, start=1)]
        voted = [(vote, truth) for vote, truth in pairs if vote is not None]
        return sum(vote == truth for vote, truth in voted), len(voted)


def vote_key(round_number: int) -> str:
    """Return the key of the answers that vote in a round of guess who."""
    return f"guess.{round_number}"


def _number(text: str | None, *, least: float, most: float, otherwise: float) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return otherwise
    return value if least <= value <= most else otherwise
