"""Bounds of a column, released as private quantiles among public candidates, and what a choice of bounds costs."""

import json
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.arrays import FloatArray, IntArray
from core.data.table import Column
from core.limits import BOUND_LIMIT
from core.privacy.mechanisms import (
    ADJACENCY,
    Mechanisms,
    PrivacyEvent,
    QuantileQuestion,
    charges_from_list,
    charges_to_list,
)
from core.privacy.noise import check_epsilon

#: Part of the people, in percent, that released bounds should hold.
PERCENT_DEFAULT = 95
_FORMAT = 2
#: Candidates reach from this part of the scale of a column to this multiple of it.
_FINEST, _WIDEST = 1e-3, 10.0
_STEPS = (1.0, 2.0, 5.0)
#: An upper bound may be tried from this part of the scale to this multiple of it, in round numbers.
_TIGHTEST, _LOOSEST = 0.02, 5.0
_ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedBounds:
    """Bounds of one column, released from its values.

    Attributes:
        lower: Private lower quantile, one of the public candidates.
        upper: Private upper quantile, a greater candidate.
        percent: Part of the people that the bounds aim to hold.
        epsilon: Privacy loss declared, under adding or removing one person; δ = 0.
        charges: What the two choices spent together.
        is_private: Whether nobody knows the noise.
    """

    lower: float
    upper: float
    percent: int
    epsilon: float
    charges: tuple[PrivacyEvent, ...]
    is_private: bool

    def to_json(self) -> str:
        """Return the bounds as text, without loss."""
        return json.dumps(
            {
                "format": _FORMAT,
                "adjacency": ADJACENCY,
                "delta": 0,
                "epsilon": self.epsilon,
                "charges": charges_to_list(self.charges),
                "is_private": self.is_private,
                "percent": self.percent,
                "lower": self.lower,
                "upper": self.upper,
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> "ReleasedBounds":
        """Return the bounds that ``to_json`` wrote.

        Raises:
            ValueError: If the text is of another format.
        """
        parts = json.loads(text)
        if parts.get("format") != _FORMAT:
            raise ValueError(f"bounds format must be {_FORMAT}, not {parts.get('format')}")
        return cls(
            lower=parts["lower"],
            upper=parts["upper"],
            percent=parts["percent"],
            epsilon=parts["epsilon"],
            charges=charges_from_list(parts["charges"]),
            is_private=parts["is_private"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClippedShare:
    """Part of the people outside some bounds; exact, curator only."""

    below: float
    above: float

    @property
    def total(self) -> float:
        """Part of the people whose value would be changed by clipping."""
        return self.below + self.above


def candidate_bounds(column: Column) -> FloatArray:
    """Return public candidates for the bounds of ``column``: 0 and 1-2-5 steps around the scale of its public bounds.

    Args:
        column: Gives unit and scale; a column that may be negative gets negative candidates too.

    Returns:
        Increasing candidates; the public scale is the larger bound's size.
    """
    scale = max(abs(column.lower), abs(column.upper))
    least, most = scale * _FINEST, min(scale * _WIDEST, BOUND_LIMIT)
    decades = range(math.floor(math.log10(least)), math.floor(math.log10(most)) + 1)
    steps = np.array([step * 10.0**decade for decade in decades for step in _STEPS])
    steps = steps[(steps >= least) & (steps <= most)]
    mirrored = -steps[::-1] if column.lower < 0 else steps[:0]
    return np.concatenate([mirrored, [0.0], steps])


def upper_candidates(column: Column) -> FloatArray:
    """Return public candidates for the upper bound of ``column``: ten round numbers a decade around its scale.

    The present bound is among them, and all of them are greater than the lower one.
    """
    scale = max(abs(column.lower), abs(column.upper))
    decades = np.arange(math.floor(math.log10(scale * _TIGHTEST)), math.floor(math.log10(scale * _LOOSEST)) + 1)
    steps = np.outer(10.0**decades, _ROUND).ravel()
    steps = steps[(steps >= scale * _TIGHTEST) & (steps <= min(scale * _LOOSEST, BOUND_LIMIT)) & (steps > column.lower)]
    return np.unique(np.append(steps, column.upper))


def release_bounds(
    values: FloatArray,
    *,
    grid: FloatArray,
    epsilon: float,
    rng: np.random.Generator,
    percent: int = PERCENT_DEFAULT,
) -> ReleasedBounds:
    """Release bounds that hold about ``percent`` of the people, as many being left out below as above.

    Two choices by permute-and-flip. The utility of a candidate is minus the number of people it is away from its
    quantile; one person changes it by less than 1 whatever their value, so no bounds are needed beforehand. The true
    number of people enters the utility only, so it stays private.

    Args:
        values: One raw value a person, of shape ``(n_people,)``; a missing value counts as above every candidate.
        grid: Public candidates, increasing; fixed without a look at ``values``.
        epsilon: Privacy loss of both choices together.
        rng: Source of the noise; ``secure_rng()`` for a real release.
        percent: Part of the people to hold, 1 … 99.

    Returns:
        Bounds from ``grid``, lower < upper.

    Raises:
        ValueError: If ``epsilon`` or ``percent`` is out of range, or ``grid`` is not two or more increasing numbers.

    References:
        Smith (2011), "Privacy-preserving statistical estimation with optimal convergence rates".
    """
    _check_arguments(grid, epsilon=epsilon, percent=percent)
    mechanisms = Mechanisms(rng)
    # A bound itself is inside: below the lower one are those less than it, below the upper one those up to it.
    lower, upper = mechanisms.opposite_quantiles(
        (_count_below(values, grid, side="right"), _count_below(values, grid, side="left")),
        values.size,
        # Tails of (100 - percent)/2 percent, in whole parts of 200.
        question=QuantileQuestion(below=100 - percent, parts=200),
        epsilon=epsilon,
        name="bounds",
    )
    lower, upper = _separate(min(lower, upper), max(lower, upper), n_candidates=grid.size)
    return ReleasedBounds(
        lower=float(grid[lower]),
        upper=float(grid[upper]),
        percent=percent,
        epsilon=epsilon,
        charges=mechanisms.charges,
        is_private=mechanisms.is_private,
    )


def _check_arguments(grid: FloatArray, *, epsilon: float, percent: int) -> None:
    check_epsilon(epsilon / 2.0)
    if not 1 <= percent <= 99:  # noqa: PLR2004 - percent
        raise ValueError(f"percent must be between 1 and 99, not {percent}")
    if grid.ndim != 1 or grid.size < 2 or not (np.isfinite(grid).all() and (np.diff(grid) > 0).all()):  # noqa: PLR2004
        raise ValueError("grid must be two or more finite, increasing candidates")


def nonprivate_clipped_share(values: FloatArray, *, lower: float, upper: float) -> ClippedShare:
    """Return which part of ``values`` lies outside the bounds; exact, curator only. Nobody at all gives 0."""
    n_people = max(values.size, 1)
    return ClippedShare(below=int((values < lower).sum()) / n_people, above=int((values > upper).sum()) / n_people)


def expected_noise_in_units(column: Column, *, epsilon: float, n_people: float, place: float = 0.0) -> float:
    """Return how far noise is expected to move the mean of ``n_people`` in ``column``, in its unit.

    One person moves the sum of a scaled column by at most 1, so its Laplace noise has mean size 1/ε and that of the
    mean 1/(ε·n) in scaled units. Wide bounds make a scaled unit large, which is all that bounds cost here. On a
    transformed column a scaled unit is worth more at a larger amount.

    Args:
        column: Gives bounds and transform.
        epsilon: Privacy loss of the mean.
        n_people: Public or noisy number of people in the group.
        place: The scaled mean, in [-1, 1]; by default the middle of the bounds.

    Returns:
        Half the width of place ± noise in raw units, at most half the width of the bounds.

    Raises:
        ValueError: If ``epsilon`` or ``n_people`` is not positive.
    """
    check_epsilon(epsilon)
    if not n_people > 0:
        raise ValueError(f"n_people must be positive, not {n_people}")
    noise = 1.0 / (epsilon * n_people)
    low, high = column.to_units(np.array([place - noise, place + noise]))
    return float(high - low) / 2.0


def _count_below(values: FloatArray, grid: FloatArray, *, side: Literal["left", "right"]) -> IntArray:
    """Count the values below each candidate; one person adds 1 to the counts of all candidates from theirs on."""
    first = np.searchsorted(grid, np.where(np.isnan(values), np.inf, values), side=side)
    counts: IntArray = np.cumsum(np.bincount(first, minlength=grid.size + 1))[:-1]
    return counts


def _separate(lower: int, upper: int, *, n_candidates: int) -> tuple[int, int]:
    """Widen equal choices by one candidate: to the right unless there is none."""
    if lower < upper:
        return lower, upper
    return (lower, upper + 1) if upper + 1 < n_candidates else (lower - 1, upper)
