"""Guess who: was the outlier in the data or not? Five rounds of plain and private pictures, scored against ε."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray
from core.attack.advantage import guess_bound
from core.clustering.types import Clustering
from core.release.pipelines import Pipeline, Seen

ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round. Each picture has its own coin, so that the plain one does not give the private one away.

    Attributes:
        plain: What plain k-means shows.
        plain_is_in: Whether the person was in for ``plain``; to be revealed after the guess.
        private: What the private pipeline shows.
        private_is_in: Whether the person was in for ``private``; to be revealed after the guess.
    """

    plain: Seen
    plain_is_in: bool
    private: Seen
    private_is_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """A dealt game; made from exact people, so insider.

    Attributes:
        person: Row of the person who is in or out.
        epsilon: Loss of one private picture.
        plain_with: Plain result with the person, for comparison: what the attacker would compute.
        plain_without: Plain result without.
        rounds: The rounds.
    """

    person: int
    epsilon: float | None
    plain_with: Seen
    plain_without: Seen
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many guesses were right.

    Attributes:
        n_rounds: Rounds played.
        plain_right: Right guesses from plain pictures.
        private_right: Right guesses from private pictures.
        bound: Part of private guesses that the best guesser gets right on average, at most.
    """

    n_rounds: int
    plain_right: int
    private_right: int
    bound: float

    @property
    def most_expected(self) -> float:
        """Right guesses from private pictures that the best guesser reaches on average, at most."""
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


def deal(
    points: FloatArray,
    *,
    person: int,
    plain: Pipeline,
    private: Pipeline,
    rng: np.random.Generator,
    n_rounds: int = ROUNDS,
) -> Game:
    """Deal a game: toss the coins and run the pipelines.

    Args:
        points: All people in the box; the same that the pipelines hold.
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


def scored(game: Game, *, plain_guesses: Sequence[bool], private_guesses: Sequence[bool]) -> Score:
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
        bound=guess_bound(game.epsilon),
    )
