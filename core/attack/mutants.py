"""Faults put into noise on purpose: an audit that does not see them proves nothing."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from core.arrays import IntArray
from core.privacy.measurements import (
    Answer,
    ChoiceMeasurement,
    IntegerMeasurement,
    Measurement,
    MomentMeasurement,
    SumMeasurement,
)

#: Draws the answer to a measurement.
Draw = Callable[[Measurement, np.random.Generator], Answer]


def draw_right(measurement: Measurement, rng: np.random.Generator) -> Answer:
    """Draw the noise that is claimed."""
    return measurement.draw(rng)


def draw_halved(measurement: Measurement, rng: np.random.Generator) -> Answer:
    """Draw half the noise: what twice the ε would get."""
    match measurement:
        case ChoiceMeasurement():
            return replace(measurement, each=2 * measurement.each).draw(rng)
        case IntegerMeasurement() | SumMeasurement() | MomentMeasurement():
            return replace(measurement, epsilon=2 * measurement.epsilon).draw(rng)
        case _:
            raise TypeError(f"no noise of {type(measurement).__name__} to halve")


def draw_first_feature_halved(measurement: Measurement, rng: np.random.Generator) -> Answer:
    """Draw the noise that is claimed, and halve it along the first feature."""
    answered = measurement.draw(rng)
    match measurement:
        case IntegerMeasurement(values=values):
            (noisy,) = answered
            return (_halve_first_column(noisy - values) + values,)
        case SumMeasurement(sums=sums):
            noisy, scalars = answered
            return _halve_first_column(noisy - sums) + sums, scalars
        case MomentMeasurement(moment=moment):
            (noisy,) = answered
            noise = _halve_first_column(_halve_first_column(noisy - moment).T)
            return (noise + moment,)
        case _:
            return answered


def draw_shared(measurement: Measurement, rng: np.random.Generator) -> Answer:
    """Give every group, or every number, the noise of the first."""
    answered = measurement.draw(rng)
    match measurement:
        case IntegerMeasurement(values=values):
            (noisy,) = answered
            return (values + (noisy - values).flat[0],)
        case SumMeasurement(sums=sums, scalars=scalars):
            noisy_sums, noisy_scalars = answered
            return sums + (noisy_sums - sums)[0], scalars + (noisy_scalars - scalars)[0]
        case _:
            return answered


def _halve_first_column(noise: IntArray) -> IntArray:
    halved = noise.copy()
    halved[..., 0] = np.rint(noise[..., 0] / 2)
    return halved


#: Every fault by its name.
MUTANTS = MappingProxyType(
    {
        "noise halved": draw_halved,
        "scale of one feature halved": draw_first_feature_halved,
        "noise shared": draw_shared,
    }
)
