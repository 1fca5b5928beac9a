"""k-means on a synopsis, iteration by iteration: the real release, read three times, and scikit-learn's k-means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans

from core.clustering.lloyd.centers import draw_starts
from core.clustering.synopsis.release import release_synopsis
from core.clustering.trace.kmeans import nonprivate_lloyd_trace
from core.clustering.trace.synopsis import STARTS, trace_synopsis
from core.clustering.types import Clustering
from core.data.generate import synthetic_pair
from core.metrics.agreement import nonprivate_agreement

seeds = st.integers(0, 999)
n_clusters = st.integers(2, 8)
epsilons = st.sampled_from([0.05, 0.5, 2.0, 10.0])


@pytest.fixture(scope="module")
def people():
    return synthetic_pair().points().astype(np.float64)


def _synopsis(people, *, k=4, seed=0, epsilon=2.0):
    return trace_synopsis(
        people, n_clusters=k, n_clusters_served=8, epsilon=epsilon, rng=np.random.default_rng(seed), seed=seed
    )


def test_the_synopsis_is_the_real_one():
    people = synthetic_pair().points()
    real = release_synopsis(people, epsilon=2.0, rng=np.random.default_rng(5))

    assert _synopsis(people, seed=5).synopsis.to_json() == real.to_json()


@given(seed=seeds, k=n_clusters, epsilon=epsilons)
def test_people_are_read_three_times_however_k_means_goes_on(people, seed, k, epsilon):
    trace = _synopsis(people, k=k, seed=seed, epsilon=epsilon)

    # Their number, their cells, their offsets: in two columns there is nothing else to ask.
    assert trace.passes == 3
    assert len(trace.synopsis.charges) == 3


@given(seed=seeds, k=n_clusters)
def test_iterations_on_micro_clusters_are_scikit_learns_weighted_ones(people, seed, k):
    trace = _synopsis(people, k=k, seed=seed)
    micro = trace.synopsis.micro_clusters
    start = trace.start
    whole = KMeans(len(start), init=start, n_init=1, max_iter=200, tol=0.0).fit(
        micro.points, sample_weight=micro.weights
    )

    assert trace.iterations[-1].inertia == pytest.approx(whole.inertia_)
    assert trace.centers == pytest.approx(whole.cluster_centers_, abs=1e-6)


@given(seed=seeds)
def test_the_best_of_the_starts_is_nearly_as_good_as_the_engines_own(people, seed):
    trace = _synopsis(people, seed=seed)
    micro = trace.synopsis.micro_clusters
    engine = trace.synopsis.cluster(4).centers
    own = float(micro.weights @ ((micro.points[:, None] - engine) ** 2).sum(axis=2).min(axis=1))

    assert STARTS > 1
    assert trace.iterations[-1].inertia <= 1.05 * own


def test_renumbering_gives_twins_the_same_number_and_changes_nothing_else(people):
    trace = _synopsis(people, epsilon=10.0)
    plain = nonprivate_lloyd_trace(people, start=draw_starts(4, 2, rng=np.random.default_rng(0)))
    like = Clustering(centers=plain.centers.copy(), weights=np.zeros(4))

    renumbered = trace.nonprivate_renumber(people, like)

    labels = Clustering(centers=renumbered.centers.copy(), weights=np.zeros(4)).assign(people)
    assert (labels == like.assign(people)).mean() > 0.9
    assert np.sort(renumbered.centers[:, 0]) == pytest.approx(np.sort(trace.centers[:, 0]))
    for before, after in zip(trace.iterations, renumbered.iterations, strict=True):
        assert nonprivate_agreement(before.labels, after.labels).adjusted_rand == pytest.approx(1.0)
        assert after.before[after.labels] == pytest.approx(before.before[before.labels])
