"""The ε-sweep: bands of agreement and inertia over many releases of the same people, step by step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clustering.engines import PROTOTYPE, SYNOPSIS
from core.clustering.kmeans import PlainEngine, nonprivate_clustering
from core.data.generate import GENERATED, Recipe
from core.data.sources import UPLOAD
from core.privacy.noise_source import NoiseSource
from core.reduction.spec import ReleaseSpec
from core.studies.bands import Metric, MetricBand
from core.studies.clustering_quality import agreement_utility
from core.studies.sweep import DataShape, nonprivate_sweep, sweep_synthetic

BOTH = (SYNOPSIS, PROTOTYPE)


def _people(n_people, n_features=2, seed=3):
    """Four tight groups in the corners of the box."""
    rng = np.random.default_rng(seed)
    corners = np.where(np.arange(4)[:, np.newaxis] >> np.arange(n_features) % 2 & 1, 0.6, -0.6)
    return np.clip(corners[rng.integers(4, size=n_people)] + rng.normal(0, 0.05, (n_people, n_features)), -1, 1)


SEEDED = NoiseSource(source=GENERATED, seed=1)


def _result(steps):
    *_, last = steps
    return last.result


def _swept(points, **asked):
    (panel,) = _result(nonprivate_sweep(points, **({"n_clusters": 4, "noise": SEEDED, "n_seeds": 3} | asked)))
    return panel


def test_far_groups_and_hardly_any_noise_agree_fully():
    panel = _swept(_people(2_000), epsilons=(50.0,), engines=(SYNOPSIS,))

    (level,) = panel.private[SYNOPSIS]
    assert level.ari.median == pytest.approx(1.0, abs=0.01)
    assert level.inertia.median == pytest.approx(1.0, abs=0.05)
    assert panel.ceiling.ari == MetricBand(low=1.0, median=1.0, high=1.0)
    assert panel.minibatch.band(Metric.INERTIA).median == pytest.approx(1.0, abs=0.01)


def test_a_sweep_measures_what_one_release_after_the_other_would():
    points = _people(500)
    panel = _swept(points, epsilons=(0.5, 2.0), n_seeds=4)

    for engine in BOTH:
        utility = agreement_utility(points, ReleaseSpec(engine=engine, epsilon=1.0, n_clusters=4))
        for epsilon, metrics in zip(panel.epsilons, panel.private[engine], strict=True):
            sources = np.random.SeedSequence(1).spawn(4)
            values = [utility(epsilon, np.random.default_rng(each)) for each in sources]
            assert metrics.ari == MetricBand.from_values(values)


def test_the_ceiling_is_plain_k_means_from_other_starts():
    points = np.random.default_rng(0).uniform(-1, 1, (300, 2))
    panel = _swept(points, epsilons=(1.0,), engines=(PROTOTYPE,))

    assert panel.ceiling.inertia.low <= panel.ceiling.inertia.high < panel.private[PROTOTYPE][0].inertia.median
    other = nonprivate_clustering(points, n_clusters=4, engine=PlainEngine.MINIBATCH, seed=5)
    assert not np.array_equal(other.centers, nonprivate_clustering(points, n_clusters=4).centers)


def test_steps_count_up_to_the_total_and_only_the_last_has_the_result():
    shapes = [DataShape(n_people=40, n_features=2), DataShape(n_people=60, n_features=3)]
    steps = list(sweep_synthetic(Recipe(), shapes, n_clusters=3, seed=1, epsilons=(1.0, 3.0), n_seeds=2))

    # Two panels, each of (2 engines · 2 ε + MiniBatch + the ceiling) · 2 seeds.
    assert [step.done for step in steps] == [*range(1, 25), 24]
    assert {step.total for step in steps} == {24}
    assert all(step.result is None for step in steps[:-1])
    assert [(panel.n_people, panel.n_features) for panel in steps[-1].result] == [(40, 2), (60, 3)]


def test_nothing_is_computed_beyond_where_somebody_stops():
    steps = nonprivate_sweep(_people(100), n_clusters=4, noise=SEEDED)
    assert next(steps).done == 1

    steps.close()

    assert list(steps) == []


def test_a_known_seed_gives_the_same_sweep_and_the_systems_noise_another():
    points = _people(200)
    asked = {"epsilons": (0.1,), "engines": (SYNOPSIS,)}

    assert _swept(points, **asked) == _swept(points, **asked)
    secure = NoiseSource.of(UPLOAD, seed=1)
    assert _swept(points, noise=secure, **asked) != _swept(points, noise=secure, **asked)


@given(
    n_people=st.integers(1, 30),
    n_features=st.integers(1, 4),
    spread=st.sampled_from([0.0, 1e-9, 1.0]),
    n_clusters=st.integers(1, 6),
)
@settings(max_examples=15)
def test_few_people_one_column_and_constant_data_still_give_bands_in_order(n_people, n_features, spread, n_clusters):
    points = spread * np.random.default_rng(n_people).uniform(-1, 1, (n_people, n_features))
    panel = _swept(points, n_clusters=n_clusters, epsilons=(0.1,), n_seeds=2)

    for metrics in (*panel.private[SYNOPSIS], *panel.private[PROTOTYPE], panel.minibatch, panel.ceiling):
        for metric in Metric:
            band = metrics.band(metric)
            assert band.low <= band.median <= band.high
            assert np.isfinite([band.low, band.high]).all()
        assert metrics.ari.high <= 1.0
        assert metrics.inertia.low >= 0.0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"n_clusters": 0}, "n_clusters and n_seeds"),
        ({"n_seeds": 0}, "n_clusters and n_seeds"),
        ({"epsilons": ()}, "epsilons must be increasing"),
        ({"epsilons": (1.0, 1.0)}, "epsilons must be increasing"),
        ({"epsilons": (-1.0, 1.0)}, "epsilon must be positive"),
    ],
)
def test_what_cannot_be_swept_is_refused_before_it_begins(asked, said):
    with pytest.raises(ValueError, match=said):
        nonprivate_sweep(_people(10), **({"n_clusters": 2, "noise": SEEDED} | asked))


def test_nobody_cannot_be_swept():
    with pytest.raises(ValueError, match="at least one person"):
        nonprivate_sweep(np.zeros((0, 2)), n_clusters=2, noise=SEEDED)
