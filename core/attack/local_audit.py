"""Local audit: fresh answers to one question of a release, on neighbouring data, certify that question's own ε.

What a release asks of a history of answers depends on the people through exact statistics only. So each question can be
audited by itself, as often as wanted, with exactly the statistics that neighbours have there.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from core.arrays import FloatArray
from core.attack.audit import EpsilonLowerBound, epsilon_lower_bound
from core.attack.laws import choice_log_ratios
from core.attack.mutants import Draw, draw_right
from core.privacy.measurements import (
    Answer,
    ChoiceMeasurement,
    IntegerMeasurement,
    Measurement,
    MomentMeasurement,
    SumMeasurement,
)

_DrawAnswer = Callable[[Measurement], Answer]


def audit_question(
    first: Measurement,
    second: Measurement,
    *,
    n_runs: int,
    rng: np.random.Generator,
    confidence: float,
    draw: Draw = draw_right,
) -> EpsilonLowerBound:
    """Bound from below what one answer tells of which of two neighbours was asked.

    Args:
        first: The question on one data set.
        second: The same question, after the same answers, on a neighbour.
        n_runs: Fresh answers on either side.
        rng: Source of the noise.
        confidence: Probability that the bound holds.
        draw: Draws the answers.

    Raises:
        TypeError: If the two are of different kinds.
    """

    def draw_answer(measurement: Measurement) -> Answer:
        return draw(measurement, rng)

    outputs = (_scores(asked, first, second, n_runs=n_runs, draw=draw_answer) for asked in (first, second))
    return epsilon_lower_bound(*outputs, confidence=confidence)


def _scores(
    asked: Measurement, first: Measurement, second: Measurement, *, n_runs: int, draw: _DrawAnswer
) -> FloatArray:
    """Return what an attacker looks at in ``n_runs`` fresh answers to ``asked``, of shape ``(n_runs, n_statistics)``.

    Foremost the log likelihood ratio under the law that is claimed; then what would tell more if one feature had less
    noise than claimed, or if a group's noise were another's too.
    """
    match asked, first, second:
        case IntegerMeasurement(), IntegerMeasurement(), IntegerMeasurement():
            return _integer_scores(asked, first, second, n_runs=n_runs, draw=draw)
        case SumMeasurement(), SumMeasurement(), SumMeasurement():
            return _sum_scores(asked, first, second, n_runs=n_runs, draw=draw)
        case MomentMeasurement(), MomentMeasurement(), MomentMeasurement():
            return _moment_scores(asked, first, second, n_runs=n_runs, draw=draw)
        case ChoiceMeasurement(), ChoiceMeasurement(), ChoiceMeasurement():
            return _choice_scores(asked, first, second, n_runs=n_runs, draw=draw)
        case _:
            raise TypeError(f"cannot compare {type(first).__name__} with {type(second).__name__}")


def _with_one_unchanged(changed: np.ndarray) -> np.ndarray:
    """Return the indices that changed, and one that did not: noise of disjoint groups is drawn group by group."""
    return np.concatenate([np.flatnonzero(changed), np.flatnonzero(~changed)[:1]])


def _integer_scores(
    asked: IntegerMeasurement,
    first: IntegerMeasurement,
    second: IntegerMeasurement,
    *,
    n_runs: int,
    draw: _DrawAnswer,
) -> FloatArray:
    looked_at = _with_one_unchanged((first.values != second.values).ravel())
    one, other = (each.values.ravel()[looked_at] for each in (first, second))
    exact = asked.values.ravel()[looked_at]
    (noisy,) = draw(replace(asked, values=np.tile(exact, (n_runs, 1))))
    farther = np.abs(noisy - other) - np.abs(noisy - one)
    # Between a number that one person changed and one that they did not: without noise if it is the same noise.
    between = noisy[:, :1] - noisy[:, -1:]
    return np.column_stack([farther.sum(axis=1), farther, between]).astype(np.float64)


def _sum_scores(
    asked: SumMeasurement, first: SumMeasurement, second: SumMeasurement, *, n_runs: int, draw: _DrawAnswer
) -> FloatArray:
    changed = (first.sums != second.sums).any(axis=1) | (first.scalars != second.scalars).any(axis=1)
    looked_at = _with_one_unchanged(changed)
    n_groups, n_features = looked_at.size, first.sums.shape[1]
    noisy_sums, noisy_scalars = draw(
        replace(
            asked,
            sums=np.tile(asked.sums[looked_at], (n_runs, 1)),
            scalars=np.tile(asked.scalars[looked_at], (n_runs, 1)),
        )
    )
    sums = noisy_sums.reshape(n_runs, n_groups, n_features)
    scalars = noisy_scalars.reshape(n_runs, n_groups, -1)

    def gauges(measurement: SumMeasurement, weights: FloatArray) -> FloatArray:
        lengths = np.linalg.norm((sums - measurement.sums[looked_at]) * weights, axis=2)
        gauged: FloatArray = np.maximum(lengths, np.abs(scalars - measurement.scalars[looked_at]).max(axis=2)).sum(
            axis=1
        )
        return gauged

    weights = [np.ones(n_features), *(np.eye(n_features) + 1.0)]
    farther = [gauges(second, each) - gauges(first, each) for each in weights]
    between = (sums[:, 0] - sums[:, -1]) @ (first.sums - second.sums)[looked_at[0]]
    return np.column_stack([*farther, between])


def _moment_scores(
    asked: MomentMeasurement,
    first: MomentMeasurement,
    second: MomentMeasurement,
    *,
    n_runs: int,
    draw: _DrawAnswer,
) -> FloatArray:
    noisy = np.stack([draw(asked)[0] for _ in range(n_runs)]).astype(np.float64)
    n_features = first.moment.shape[0]

    def sizes(measurement: MomentMeasurement, weights: FloatArray) -> FloatArray:
        # About -log density, up to ε: where all eigenvalues of the noise have one sign it is their sum exactly.
        spread = np.outer(weights, weights)
        size: FloatArray = np.abs(np.linalg.eigvalsh((noisy - measurement.moment) * spread)).sum(axis=1)
        return size

    weights = [np.ones(n_features), *(np.eye(n_features) + 1.0)]
    farther = [sizes(second, each) - sizes(first, each) for each in weights]
    along = np.einsum("nij,ij->n", noisy, (first.moment - second.moment).astype(np.float64))
    return np.column_stack([*farther, along])


def _choice_scores(
    asked: ChoiceMeasurement,
    first: ChoiceMeasurement,
    second: ChoiceMeasurement,
    *,
    n_runs: int,
    draw: _DrawAnswer,
) -> FloatArray:
    (chosen,) = draw(replace(asked, utilities=np.tile(asked.utilities, (n_runs, 1))))
    by_row = chosen.reshape(n_runs, -1)
    told = [choice_log_ratios(first, second, row)[by_row[:, row]] for row in range(by_row.shape[1])]
    scores: FloatArray = np.sum(told, axis=0)[:, np.newaxis]
    return scores
