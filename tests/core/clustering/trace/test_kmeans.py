"""k-means iteration by iteration: by hand, and against scikit-learn from the same start."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans

from core.clustering.inertia import nonprivate_inertia
from core.clustering.lloyd.centers import draw_starts
from core.clustering.trace.kmeans import BATCH_ROWS, nonprivate_lloyd_trace, nonprivate_minibatch_trace
from core.clustering.types import Clustering
from core.data.generate import synthetic_pair

seeds = st.integers(0, 999)
n_clusters = st.integers(2, 8)


@pytest.fixture(scope="module")
def people():
    return synthetic_pair().points().astype(np.float64)


def _start(k, seed=0):
    return draw_starts(k, 2, rng=np.random.default_rng(seed))


def _inertia(people, centers):
    return nonprivate_inertia(people, Clustering(centers=centers.copy(), weights=np.zeros(len(centers))))


# --- everybody -------------------------------------------------------------------------------------------------------


def test_four_people_and_two_centers_settle_in_one_iteration():
    # By hand: {-1, -0.5} and {0.5, 1} go to 0 and 1; the means are -0.75 and 0.75, and nobody changes any more.
    people = np.array([[-1.0], [-0.5], [0.5], [1.0]])

    trace = nonprivate_lloyd_trace(people, start=np.array([[-0.2], [0.3]]))

    assert trace.is_settled
    assert len(trace.iterations) == 1
    assert trace.iterations[0].nonprivate_labels.tolist() == [0, 0, 1, 1]
    assert trace.centers.ravel() == pytest.approx([-0.75, 0.75])
    assert trace.iterations[0].nonprivate_inertia == pytest.approx(4 * 0.25**2)


def test_people_who_change_their_group_are_counted():
    # By hand: the means of {-1} and {-0.4, 0.1, 1} are -1 and 0.233, and -0.4 is nearer to the former: 0.6 < 0.633.
    people = np.array([[-1.0], [-0.4], [0.1], [1.0]])

    trace = nonprivate_lloyd_trace(people, start=np.array([[-1.0], [-0.3]]))

    assert trace.iterations[0].nonprivate_labels.tolist() == [0, 1, 1, 1]
    assert trace.iterations[1].nonprivate_labels.tolist() == [0, 0, 1, 1]
    assert trace.n_changing(0) == 1
    assert trace.n_changing(len(trace.iterations) - 1) == 0


@given(seed=seeds, k=n_clusters)
def test_iterations_are_scikit_learns_from_the_same_start(people, seed, k):
    trace = nonprivate_lloyd_trace(people, start=_start(k, seed), n_iterations_max=200)
    whole = KMeans(k, init=_start(k, seed), n_init=1, max_iter=200, tol=0.0, algorithm="lloyd").fit(people)

    assert trace.is_settled
    assert trace.centers == pytest.approx(whole.cluster_centers_)
    assert trace.iterations[-1].nonprivate_inertia == pytest.approx(whole.inertia_)


@given(seed=seeds, k=n_clusters)
def test_every_iteration_lowers_the_inertia_and_looks_at_everybody_once(people, seed, k):
    trace = nonprivate_lloyd_trace(people, start=_start(k, seed))

    inertias = [_inertia(people, trace.start), *(step.nonprivate_inertia for step in trace.iterations)]
    assert all(later <= before + 1e-9 for before, later in pairwise(inertias))
    assert [step.passes for step in trace.iterations] == list(range(1, len(trace.iterations) + 1))
    assert all((step.before == before.after).all() for before, step in pairwise(trace.iterations))


def test_a_run_that_is_cut_short_does_not_claim_to_be_settled(people):
    assert not nonprivate_lloyd_trace(people, start=_start(4), n_iterations_max=1).is_settled


@pytest.mark.parametrize(
    ("n_people", "n_iterations_max", "complaint"), [(2, 5, "at least as many"), (9, 0, "at least 1")]
)
def test_too_few_people_or_iterations_are_refused(people, n_people, n_iterations_max, complaint):
    with pytest.raises(ValueError, match=complaint):
        nonprivate_lloyd_trace(people[:n_people], start=_start(3), n_iterations_max=n_iterations_max)


def test_people_at_one_point_are_followed_without_a_warning():
    trace = nonprivate_lloyd_trace(np.zeros((20, 2)), start=_start(3))

    assert np.isfinite(trace.centers).all()
    assert trace.iterations[-1].nonprivate_inertia == pytest.approx(0.0)


# --- mini-batches ----------------------------------------------------------------------------------------------------


def test_the_first_batch_moves_centers_to_its_own_means(people):
    # Sculley (2010): with no earlier people, a centre's step is all of the way to the mean of its batch.
    trace = nonprivate_minibatch_trace(people, start=_start(4), n_iterations=1, rng=np.random.default_rng(0))
    step = trace.iterations[0]

    for cluster in range(4):
        mine = step.looked_at & (step.nonprivate_labels == cluster)
        expected = people[mine].mean(axis=0) if mine.any() else step.before[cluster]
        assert step.after[cluster] == pytest.approx(expected)


def test_every_batch_moves_centers_to_the_mean_of_all_people_they_ever_held(people):
    trace = nonprivate_minibatch_trace(people, start=_start(4), n_iterations=15, rng=np.random.default_rng(3))
    held = [[] for _ in range(4)]

    for step in trace.iterations:
        for cluster in range(4):
            held[cluster] += list(people[step.looked_at & (step.nonprivate_labels == cluster)])
            assert step.after[cluster] == pytest.approx(np.mean(held[cluster], axis=0))


def test_fifteen_batches_of_forty_look_at_six_hundred_people_once(people):
    trace = nonprivate_minibatch_trace(people, start=_start(4), n_iterations=15, rng=np.random.default_rng(0))

    looked_at = np.sum([step.looked_at for step in trace.iterations], axis=0)
    assert len(people) == 15 * BATCH_ROWS
    assert (looked_at == 1).all()
    assert trace.iterations[-1].passes == pytest.approx(1.0)


@pytest.mark.parametrize("batch_rows", [3, 0])
def test_a_batch_smaller_than_the_centers_is_refused(people, batch_rows):
    with pytest.raises(ValueError, match="batch_rows"):
        nonprivate_minibatch_trace(
            people, start=_start(4), n_iterations=1, rng=np.random.default_rng(0), batch_rows=batch_rows
        )
