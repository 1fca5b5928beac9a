"""The plan: which mode serves how much signal, by hand at every step, and how many cells and micro-clusters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.synopsis.budget import Mode
from core.clustering.synopsis.plan import CELLS_MAX, Plan

modes_with_cells = st.sampled_from([Mode.LOW, Mode.BOX, Mode.ROTATED])


@pytest.mark.parametrize(
    ("n_features", "signal", "mode", "n_steps"),
    [
        (3, 1.0, Mode.LOW, 1),
        (3, 1e6, Mode.LOW, 1),
        # 4 features: 75·4 = 300 for the axes, 18·16 = 288 for two steps.
        (4, 299.0, Mode.BOX, 1),
        (4, 300.0, Mode.ROTATED, 2),
        # 8 features: 450, more than 28·8 = 224; two steps from 1 152.
        (8, 449.0, Mode.BOX, 1),
        (8, 450.0, Mode.ROTATED, 1),
        (8, 1152.0, Mode.ROTATED, 2),
        # 9 to 12 features: a lone mean below 10·d, a second one from 3·d.
        (12, 35.0, Mode.MEAN, 0),
        (12, 36.0, Mode.MEAN, 1),
        (12, 119.0, Mode.MEAN, 1),
        (12, 120.0, Mode.BOX, 1),
        # 13 to 32 features: 20·d; above: 28·d, so that BOX is never used.
        (20, 399.0, Mode.MEAN, 1),
        (20, 400.0, Mode.BOX, 1),
        (20, 560.0, Mode.ROTATED, 1),
        (40, 1119.0, Mode.MEAN, 1),
        (40, 1120.0, Mode.ROTATED, 1),
    ],
)
def test_the_mode_follows_features_and_signal(n_features, signal, mode, n_steps):
    plan = Plan.choose(noisy_people=signal, epsilon=1.0, n_features=n_features)

    assert (plan.mode, plan.n_steps, plan.signal) == (mode, n_steps, signal)


def test_numbers_of_cells_by_hand():
    low, box, rotated = (Plan(mode=mode, n_steps=1, signal=500.0) for mode in (Mode.LOW, Mode.BOX, Mode.ROTATED))

    # LOW: 2 of signal a cell at 500 (3 from 1 500), a tenth more; BOX: 0.3/1.1 a cell; ROTATED: 1 a cell.
    assert low.n_cells(histogram_signal=250.0, n_clusters_served=8) == pytest.approx(137.5)
    assert box.n_cells(histogram_signal=30.0, n_clusters_served=8) == pytest.approx(110.0)
    assert rotated.n_cells(histogram_signal=300.0, n_clusters_served=8) == pytest.approx(300.0)
    rich = Plan(mode=Mode.LOW, n_steps=1, signal=1_500.0)
    assert rich.n_cells(histogram_signal=750.0, n_clusters_served=8) == pytest.approx(275.0)


def test_numbers_of_micro_clusters_by_hand():
    plan = Plan(mode=Mode.ROTATED, n_steps=1, signal=1e4)

    # 8 of signal for each and feature, between the clusters served and 128.
    assert plan.n_micro_clusters(step_signal=1_600.0, n_features=5, n_clusters_served=8) == 40
    assert plan.n_micro_clusters(step_signal=1.0, n_features=5, n_clusters_served=8) == 8
    assert plan.n_micro_clusters(step_signal=1e9, n_features=5, n_clusters_served=8) == 128
    assert plan.n_micro_clusters(step_signal=1e9, n_features=5, n_clusters_served=200) == 200


@given(modes_with_cells, st.floats(0.0, 1e12), st.floats(0.0, 1e12), st.integers(1, 50))
def test_a_histogram_has_room_for_the_clusters_and_fits_into_memory(mode, signal, histogram_signal, served):
    cells = Plan(mode=mode, n_steps=1, signal=signal).n_cells(
        histogram_signal=histogram_signal, n_clusters_served=served
    )

    assert (2 if mode is Mode.BOX else 2 * served) <= cells <= CELLS_MAX
