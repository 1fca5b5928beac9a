"""Transcripts: what a release was answered, to be replayed on other people.

A release that is post-processing of its noisy answers comes out the same, to the last letter, when a neighbour's data
are given the same answers. What both asked shows what one person changed, and so what the answers told.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from core.arrays import FloatArray
from core.attack.laws import largest_loss, log_ratio
from core.attack.mutants import Draw, draw_right
from core.privacy.measurements import Answer, Measurement, NoiseOracle
from core.privacy.mechanisms import PrivacyEvent
from core.privacy.noise_source import TableGenerator


class Released(Protocol):
    """What a release shows: text that loses nothing, and the charges that it lists."""

    @property
    def charges(self) -> tuple[PrivacyEvent, ...]: ...  # noqa: D102 - see the class
    def to_json(self) -> str: ...  # noqa: D102


#: A release of some people, with noise from a generator.
Run = Callable[[TableGenerator], Released]


class DivergedError(Exception):
    """A replay asked something else than the run whose answers it got: the way depends on exact values."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Transcript:
    """One run of a release.

    Attributes:
        asked: Measurements in the order they were asked, exact.
        answers: What each was answered.
        shown: What the release shows.
        charges: What it lists as its charges.
    """

    asked: tuple[Measurement, ...]
    answers: tuple[Answer, ...]
    shown: str
    charges: tuple[PrivacyEvent, ...]

    @property
    def is_charged(self) -> bool:
        """Whether every question is charged what the law of its answer claims, and nothing else is."""
        return [asked.epsilon for asked in self.asked] == [charge.epsilon for charge in self.charges]


def record(run: Run, *, noise: np.random.Generator, seed: int = 0, draw: Draw = draw_right) -> Transcript:
    """Run a release with noise from ``noise`` and keep what passed; ``seed`` is of what is no noise."""
    asked: list[Measurement] = []
    answers: list[Answer] = []

    def respond(measurement: Measurement) -> Answer:
        asked.append(measurement)
        answers.append(draw(measurement, noise))
        return answers[-1]

    released = run(NoiseOracle(respond, seed=seed))
    return Transcript(asked=tuple(asked), answers=tuple(answers), shown=released.to_json(), charges=released.charges)


def replay(run: Run, transcript: Transcript, *, seed: int = 0) -> Transcript:
    """Run a release of other people with the answers of ``transcript``, whatever they would have been.

    Raises:
        DivergedError: If it asks for more or fewer answers, or for answers of another shape.
    """
    asked: list[Measurement] = []
    answers = iter(transcript.answers)

    def respond(measurement: Measurement) -> Answer:
        asked.append(measurement)
        given = next(answers, None)
        if given is None or type(measurement) is not type(transcript.asked[len(asked) - 1]):
            raise DivergedError(f"question {len(asked)} was not asked before")
        return given

    released = run(NoiseOracle(respond, seed=seed))
    if next(answers, None) is not None:
        raise DivergedError(f"only {len(asked)} of {len(transcript.asked)} questions were asked")
    return Transcript(
        asked=tuple(asked), answers=transcript.answers, shown=released.to_json(), charges=released.charges
    )


def told(first: Transcript, second: Transcript) -> float:
    """Return ln(likelihood of the answers given the first data / given the second) under the laws that are claimed."""
    pairs = zip(first.answers, first.asked, second.asked, strict=True)
    return math.fsum(log_ratio(answered, one, other) for answered, one, other in pairs)


def largest_losses(first: Transcript, second: Transcript) -> tuple[float, ...]:
    """Return for each question the most that any answer could have told, by what one person changed in it."""
    return tuple(largest_loss(one, other) for one, other in zip(first.asked, second.asked, strict=True))


def collect_told(
    without: Run, with_one: Run, *, n_runs: int, rng: np.random.Generator, draw: Draw = draw_right
) -> tuple[FloatArray, FloatArray]:
    """Run a release of either data set ``n_runs`` times, and return what each run told for the first and against it.

    Returns:
        Of the runs on the first data set and of those on the second, log likelihood ratios of shape ``(n_runs, 1)``.
    """
    first = [record(without, noise=rng, draw=draw) for _ in range(n_runs)]
    second = [record(with_one, noise=rng, draw=draw) for _ in range(n_runs)]
    return (
        np.array([[told(each, replay(with_one, each))] for each in first]),
        np.array([[told(replay(without, each), each)] for each in second]),
    )
