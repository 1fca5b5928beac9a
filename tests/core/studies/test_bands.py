"""Bands over repetitions: by hand, in order, and one for each metric."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.studies.bands import ClusteringMetrics, Metric, MetricBand

values = st.floats(-1e6, 1e6)


def test_a_band_is_the_median_and_the_outer_tenths():
    # Eleven evenly spaced values: the percentiles fall on the second, the middle and the last but one.
    assert MetricBand.from_values([float(value) for value in range(11)]) == MetricBand(low=1.0, median=5.0, high=9.0)


def test_a_band_between_two_values_is_interpolated():
    assert MetricBand.from_values([0.0, 1.0]) == MetricBand(low=0.1, median=0.5, high=0.9)


@given(st.lists(values, min_size=1, max_size=30))
def test_a_band_is_in_order_and_within_the_values(repetitions):
    band = MetricBand.from_values(repetitions)

    assert min(repetitions) <= band.low <= band.median <= band.high <= max(repetitions)


def test_one_value_is_its_own_band():
    assert MetricBand.from_values([0.25]) == MetricBand(low=0.25, median=0.25, high=0.25)


def test_each_metric_has_its_own_band():
    metrics = ClusteringMetrics.from_pairs([(0.5, 1.0), (0.7, 3.0), (0.9, 2.0)])

    assert metrics.band(Metric.ARI) is metrics.ari
    assert metrics.band(Metric.INERTIA) is metrics.inertia
    assert (metrics.ari.median, metrics.inertia.median) == (pytest.approx(0.7), 2.0)
