"""Membership inference as a game: was the outlier in the data? Plain and private outputs, scored against ε."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray
from core.attack.advantage import success_rate_bound
from core.clustering.types import Clustering
from core.privacy.noise_source import TableGenerator
from core.release.pipelines import Observation, Pipeline

ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round. Each output has its own coin, so that the plain one does not reveal the private one's.

    Attributes:
        plain: Output of plain k-means.
        plain_is_in: Whether the person was in for ``plain``; to be revealed after the guess.
        private: Output of the private pipeline.
        private_is_in: Whether the person was in for ``private``; to be revealed after the guess.
    """

    plain: Observation
    plain_is_in: bool
    private: Observation
    private_is_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """All rounds of a game, their truths included; computed from raw data, curator only.

    Attributes:
        person: Row of the person who is in or out.
        epsilon: Loss of one private output.
        plain_with: Plain output with the person, as the attacker would compute it.
        plain_without: Plain output without.
        rounds: The rounds.
    """

    person: int
    epsilon: float | None
    plain_with: Observation
    plain_without: Observation
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many guesses were right.

    Attributes:
        n_rounds: Rounds played.
        plain_right: Right guesses from plain outputs.
        private_right: Right guesses from private outputs.
        bound: Expected success rate of the best attack on private outputs, at most.
    """

    n_rounds: int
    plain_right: int
    private_right: int
    bound: float

    @property
    def expected_right_most(self) -> float:
        """Right guesses from private outputs that the best attack is expected to reach, at most."""
        return self.n_rounds * self.bound


def nonprivate_outlier(points: FloatArray, clustering: Clustering) -> int:
    """Return the row of the person farthest from the nearest centre; the first of several.

    Raises:
        ValueError: If there is nobody.
    """
    if not len(points):
        raise ValueError("points must hold at least one person, not 0")
    offsets = points - clustering.centers[clustering.assign(points)]
    return int((offsets**2).sum(axis=1).argmax())


def deal_game(
    points: FloatArray,
    *,
    person: int,
    plain: Pipeline,
    private: Pipeline,
    rng: TableGenerator,
    n_rounds: int = ROUNDS,
) -> Game:
    """Toss the coins and run the pipelines.

    Args:
        points: All people, scaled; the same that the pipelines hold.
        person: Row of the person.
        plain: Pipeline without a guarantee.
        private: Pipeline with one.
        rng: Source of coins and noise.
        n_rounds: Number of rounds; positive.

    Raises:
        ValueError: If there is no such person, or no round.
    """
    if not 0 <= person < len(points):
        raise ValueError(f"person must be a row from 0 to {len(points) - 1}, not {person}")
    if n_rounds < 1:
        raise ValueError(f"n_rounds must be at least 1, not {n_rounds}")
    everybody = np.arange(len(points))
    others = np.delete(everybody, person)
    plain_with, plain_without = plain(everybody, rng), plain(others, rng)
    coins = rng.integers(2, size=(n_rounds, 2)).astype(bool).tolist()
    rounds = tuple(
        Round(
            plain=plain_with if plain_is_in else plain_without,
            plain_is_in=plain_is_in,
            private=private(everybody if private_is_in else others, rng),
            private_is_in=private_is_in,
        )
        for plain_is_in, private_is_in in coins
    )
    return Game(
        person=person, epsilon=private.epsilon, plain_with=plain_with, plain_without=plain_without, rounds=rounds
    )


def score_guesses(game: Game, *, plain_guesses: Sequence[bool], private_guesses: Sequence[bool]) -> Score:
    """Score the rounds guessed so far; the two sequences may stop early.

    Raises:
        ValueError: If there are more guesses than rounds, or not as many of either kind.
    """
    n_rounds = len(plain_guesses)
    if len(private_guesses) != n_rounds or n_rounds > len(game.rounds):
        raise ValueError(f"{n_rounds} and {len(private_guesses)} guesses do not fit {len(game.rounds)} rounds")
    pairs = list(zip(game.rounds[:n_rounds], plain_guesses, private_guesses, strict=True))
    return Score(
        n_rounds=n_rounds,
        plain_right=sum(each.plain_is_in == plain for each, plain, _ in pairs),
        private_right=sum(each.private_is_in == private for each, _, private in pairs),
        bound=success_rate_bound(game.epsilon),
    )
