"""Public bounds: scaled to [-1, 1] and back by hand, without overflow; missing or senseless ones are refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.bounds import Bounds


def test_the_middle_of_the_bounds_becomes_zero_and_the_limits_one():
    bounds = Bounds.from_limits(([0.0, -10.0], [100.0, 10.0]), n_features=2)

    assert bounds.scale(np.array([[50.0, 0.0], [0.0, 10.0], [150.0, -20.0]])).tolist() == [
        [0.0, 0.0],
        [-1.0, 1.0],
        [2.0, -2.0],
    ]
    assert bounds.unscale(np.array([[0.5, -1.0]])).tolist() == [[75.0, -10.0]]


def test_one_number_serves_every_feature():
    bounds = Bounds.from_limits((0.0, 4.0), n_features=3)

    assert bounds.middle.tolist() == [2.0, 2.0, 2.0]
    assert bounds.half_range.tolist() == [2.0, 2.0, 2.0]


@given(st.floats(-1e300, 1e300), st.floats(1e-3, 1e300), st.floats(-1.0, 1.0))
def test_points_come_back_within_the_limits(lower, width, point):
    bounds = Bounds.from_limits((lower, max(lower + width, np.nextafter(lower, np.inf))), n_features=1)

    back = bounds.unscale(np.array([[point]]))

    assert bounds.lower[0] <= back[0, 0] <= bounds.upper[0]


def test_the_widest_bounds_do_not_overflow():
    bounds = Bounds.from_limits((-1.7e308, 1.7e308), n_features=1)

    assert bounds.scale(np.array([[1.7e308]])) == pytest.approx(np.array([[1.0]]))


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (None, "bounds must be given as public"),
        ((0.0, 1.0, 2.0), "not 3 values"),
        (([0.0, 0.0, 0.0], 1.0), "do not fit 2 features"),
        ((1.0, 1.0), "finite and increasing"),
        ((0.0, np.inf), "finite and increasing"),
        ((np.nan, 1.0), "finite and increasing"),
    ],
)
def test_limits_that_promise_nothing_are_refused(limits, message):
    with pytest.raises(ValueError, match=message):
        Bounds.from_limits(limits, n_features=2)
