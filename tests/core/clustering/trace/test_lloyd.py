"""A recorded private Lloyd run is the real one, and its clouds are what its noise could have been."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ks_2samp

from core.clustering.lloyd.centers import draw_starts
from core.clustering.lloyd.estimator import DPLloyd, release_lloyd
from core.clustering.lloyd.release import STEPS, LloydBudget
from core.clustering.lloyd.step import ExactStep, to_grid
from core.clustering.trace.lloyd import CLOUD_DRAWS, trace_private_lloyd
from core.data.generate import synthetic_pair

seeds = st.integers(0, 999)
n_clusters = st.integers(2, 8)
epsilons = st.sampled_from([0.05, 0.5, 2.0, 10.0])


@pytest.fixture(scope="module")
def people():
    return synthetic_pair().points().astype(np.float64)


def _private(people, *, k=4, seed=0, epsilon=2.0, cloud_seed=1):
    streams = {"rng": np.random.default_rng(seed), "cloud_rng": np.random.default_rng(cloud_seed)}
    return trace_private_lloyd(people, n_clusters=k, epsilon=epsilon, **streams)


@settings(max_examples=15)
@given(seed=seeds, k=n_clusters, epsilon=epsilons)
def test_the_iterations_are_those_of_the_real_release(people, seed, k, epsilon):
    trace, recorded = _private(people, k=k, seed=seed, epsilon=epsilon)
    real = release_lloyd(people, n_clusters=k, epsilon=epsilon, rng=np.random.default_rng(seed), is_private=False)

    assert (trace.centers == real.centers).all()
    assert (recorded.noisy_counts == real.noisy_counts).all()
    assert not recorded.is_private


@settings(max_examples=10)
@given(seed=seeds, k=n_clusters, epsilon=epsilons)
def test_every_iteration_spends_as_much_as_the_others_and_all_no_more_than_declared(people, seed, k, epsilon):
    trace, release = _private(people, k=k, seed=seed, epsilon=epsilon)

    spent = [step.epsilon for step in trace.iterations]
    assert len(spent) == STEPS
    assert spent == pytest.approx([release.budget.total * (number + 1) / STEPS for number in range(STEPS)])
    assert spent[-1] <= epsilon


def test_it_starts_where_other_runs_of_the_seed_do(people):
    trace, _ = _private(people, k=5, seed=7)

    assert (trace.start == draw_starts(5, 2, rng=np.random.default_rng(7))).all()


def test_the_start_is_the_same_whoever_the_people_are(people):
    one, _ = _private(people, seed=3)
    other, _ = _private(-people[:50], seed=3)

    assert (one.start == other.start).all()


def test_what_the_noise_could_have_been_does_not_change_what_it_was(people):
    one, _ = _private(people, cloud_seed=1)
    other, _ = _private(people, cloud_seed=2)

    assert (one.centers == other.centers).all()
    assert (one.iterations[0].cloud != other.iterations[0].cloud).any()


def test_exact_means_are_those_of_the_people_assigned(people):
    trace, _ = _private(people)
    step = trace.iterations[0]

    for cluster in np.unique(step.nonprivate_labels):
        # The mechanism rounds people to a grid of 2⁻¹⁴ first.
        expected = people[step.nonprivate_labels == cluster].mean(axis=0)
        assert step.nonprivate_means[cluster] == pytest.approx(expected, abs=2**-14)


def test_clouds_spread_as_the_mechanism_itself_does(people):
    # The real step, drawn by other seeds of the release from the same start, falls into the cloud as its draws do.
    trace, _ = _private(people, epsilon=5.0)
    cloud = trace.iterations[0].cloud
    engine = DPLloyd(4, epsilon=5.0, bounds=(-1.0, 1.0))
    budget = LloydBudget.split(5.0, n_features=2)
    step = ExactStep.from_labels(to_grid(people), trace.iterations[0].nonprivate_labels, trace.start, budget=budget)
    drawn = [engine._update_centers(step, random_state=np.random.default_rng(seed))[0] for seed in range(1_500)]

    assert cloud.shape == (CLOUD_DRAWS, 4, 2)
    for cluster in range(4):
        for axis in range(2):
            real = [centers[cluster, axis] for centers in drawn]
            assert ks_2samp(cloud[:, cluster, axis], real).pvalue > 1e-6
            assert ks_2samp(2 * cloud[:, cluster, axis] - np.mean(real), real).pvalue < 1e-6


@pytest.mark.parametrize("n_people", [0, 1, 3])
def test_hardly_anybody_is_followed_too(people, n_people):
    trace, _ = _private(people[:n_people])

    assert np.isfinite(trace.centers).all()
    assert len(trace.iterations) == STEPS


def test_no_centers_are_refused(people):
    with pytest.raises(ValueError, match="n_clusters"):
        _private(people, k=0)
