"""Calibration: the smallest ε, or about the number of people, that reaches a target utility in simulation.

Simulation on synthetic data; results need not transfer.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.data.generate import GENERATED
from core.limits import EPSILON_CHOICES
from core.privacy.noise import check_epsilon
from core.privacy.noise_source import NoiseSource, TableGenerator
from core.progress import Progress
from core.studies.clustering_quality import Utility

#: Fewest seeds whose median is taken.
SEEDS_LEAST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedUtility:
    """Utility of several simulated releases.

    Attributes:
        epsilon: Loss of each.
        n_people: People in each; None where the number does not vary.
        median: Median utility.
        worst: Worst utility.
        best: Best utility.
        n_seeds: Number of releases.
    """

    epsilon: float
    n_people: int | None
    median: float
    worst: float
    best: float
    n_seeds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What reaches a target utility in simulation.

    Attributes:
        target: Median utility wanted.
        reached: The first choice that reaches it; None if none does.
        tried: All choices tried, by ε or number of people.
    """

    target: float
    reached: SimulatedUtility | None
    tried: tuple[SimulatedUtility, ...]

    @property
    def about_n_people(self) -> int | None:
        """About how many people are needed, between the last number that failed and the first that did not."""
        if self.reached is None or self.reached.n_people is None:
            return None
        failed = [each for each in self.tried if each.median < self.target and each.n_people is not None]
        if not failed:
            return self.reached.n_people
        last = failed[-1]
        gain = self.reached.median - last.median
        part = (self.target - last.median) / gain if gain > 0 else 1.0
        # Straight in the logarithm of n, and to two digits: more would pretend to know.
        likely = float(last.n_people or 1) * (self.reached.n_people / float(last.n_people or 1)) ** part
        return int(_round_to_two_digits(likely))


def calibrate_epsilon(
    utility: Utility,
    *,
    target: float,
    seed: int,
    n_seeds: int = SEEDS_LEAST,
    choices: Sequence[float] = EPSILON_CHOICES,
) -> Iterator[Progress[Calibration]]:
    """Find the smallest of ``choices`` whose median quality reaches ``target``, by halving.

    Utility is taken to grow with ε. Every choice sees the same seeds. Stop iterating to cancel.

    Args:
        utility: Utility of one private result.
        target: Median utility wanted.
        seed: Seed of all noise; public, this is a simulation.
        n_seeds: Releases for each choice; at least ``SEEDS_LEAST``.
        choices: Increasing ε to choose from.

    Yields:
        Progress after each release; the last one holds the result.

    Raises:
        ValueError: If ``choices`` is empty or not increasing, or there are too few seeds.
    """
    _check_arguments(target, n_seeds)
    if not choices or any(low >= high for low, high in pairwise(choices)):
        raise ValueError(f"choices must be increasing, not {list(choices)}")
    return _bisect(utility, target=target, seed=seed, n_seeds=n_seeds, choices=choices)


def calibrate_n_people(
    utility_of: Callable[[int], Utility],
    *,
    target: float,
    epsilon: float,
    n_least: int,
    n_most: int,
    seed: int,
    n_seeds: int = SEEDS_LEAST,
) -> Iterator[Progress[Calibration]]:
    """Find how many people reach ``target`` at ``epsilon``, by doubling from ``n_least`` to ``n_most``.

    Args:
        utility_of: Returns the utility on synthetic data of a size.
        target: Median utility wanted.
        epsilon: Loss of each release.
        n_least: First number tried.
        n_most: Last number tried at most.
        seed: Seed of all noise; public, this is a simulation.
        n_seeds: Releases for each size; at least ``SEEDS_LEAST``.

    Yields:
        Progress after each release; the last one holds the result.

    Raises:
        ValueError: If an argument is out of its range.
    """
    _check_arguments(target, n_seeds)
    check_epsilon(epsilon)
    if not 1 <= n_least <= n_most:
        raise ValueError(f"n_least must be between 1 and n_most ({n_most}), not {n_least}")
    sizes = [n_least]
    while sizes[-1] < n_most:
        sizes.append(min(2 * sizes[-1], n_most))
    return _double(utility_of, sizes, target=target, epsilon=epsilon, seed=seed, n_seeds=n_seeds)


def _check_arguments(target: float, n_seeds: int) -> None:
    if not math.isfinite(target):
        raise ValueError(f"target must be finite, not {target}")
    if n_seeds < SEEDS_LEAST:
        raise ValueError(f"n_seeds must be at least {SEEDS_LEAST}, not {n_seeds}")


def _bisect(
    utility: Utility, *, target: float, seed: int, n_seeds: int, choices: Sequence[float]
) -> Iterator[Progress[Calibration]]:
    total = len(choices).bit_length() * n_seeds
    tried: dict[int, SimulatedUtility] = {}
    done, low, high = 0, 0, len(choices)
    while low < high:
        middle = (low + high) // 2
        values = []
        for rng in _generators(seed, n_seeds):
            values.append(utility(choices[middle], rng))
            done += 1
            yield Progress(done=done, total=total)
        tried[middle] = _summarise(values, epsilon=choices[middle], n_people=None)
        low, high = (low, middle) if tried[middle].median >= target else (middle + 1, high)
    result = Calibration(target=target, reached=tried.get(high), tried=tuple(tried[index] for index in sorted(tried)))
    yield Progress(done=done, total=done, result=result)


def _double(
    utility_of: Callable[[int], Utility],
    sizes: Sequence[int],
    *,
    target: float,
    epsilon: float,
    seed: int,
    n_seeds: int,
) -> Iterator[Progress[Calibration]]:
    tried: list[SimulatedUtility] = []
    done = 0
    for n_people in sizes:
        utility, values = utility_of(n_people), []
        for rng in _generators(seed, n_seeds):
            values.append(utility(epsilon, rng))
            done += 1
            yield Progress(done=done, total=len(sizes) * n_seeds)
        tried.append(_summarise(values, epsilon=epsilon, n_people=n_people))
        if tried[-1].median >= target:
            break
    reached = tried[-1] if tried[-1].median >= target else None
    yield Progress(done=done, total=done, result=Calibration(target=target, reached=reached, tried=tuple(tried)))


def _generators(seed: int, n_seeds: int) -> Iterator[TableGenerator]:
    return NoiseSource(source=GENERATED, seed=seed).generators(n_seeds)


def _summarise(values: list[float], *, epsilon: float, n_people: int | None) -> SimulatedUtility:
    return SimulatedUtility(
        epsilon=epsilon,
        n_people=n_people,
        median=float(np.median(values)),
        worst=min(values),
        best=max(values),
        n_seeds=len(values),
    )


def _round_to_two_digits(value: float) -> float:
    step = 10.0 ** max(math.floor(math.log10(value)) - 1, 0)
    return round(value / step) * step
