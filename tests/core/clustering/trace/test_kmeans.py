from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ks_2samp
from sklearn.cluster import KMeans

from core.clustering.inertia import nonprivate_inertia
from core.clustering.lloyd.estimator import DPLloyd, release_lloyd
from core.clustering.lloyd.release import STEPS, LloydBudget
from core.clustering.lloyd.step import ExactStep, to_grid
from core.clustering.synopsis.release import release_synopsis
from core.clustering.trace.kmeans import BATCH_ROWS, nonprivate_lloyd_trace, nonprivate_minibatch_trace
from core.clustering.trace.lloyd import CLOUD_DRAWS, random_start, trace_private_lloyd
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


def _start(k, seed=0):
    return random_start(k, 2, rng=np.random.default_rng(seed))


def _inertia(people, centers):
    return nonprivate_inertia(people, Clustering(centers=centers.copy(), weights=np.zeros(len(centers))))


def _private(people, *, k=4, seed=0, epsilon=2.0, cloud_seed=1):
    streams = {"rng": np.random.default_rng(seed), "cloud_rng": np.random.default_rng(cloud_seed)}
    return trace_private_lloyd(people, n_clusters=k, epsilon=epsilon, **streams)


# --- plain -----------------------------------------------------------------------------------------------------------


def test_four_people_and_two_centers_settle_in_one_turn():
    # By hand: {-1, -0.5} and {0.5, 1} go to 0 and 1; the means are -0.75 and 0.75, and nobody changes any more.
    people = np.array([[-1.0], [-0.5], [0.5], [1.0]])

    trace = nonprivate_lloyd_trace(people, start=np.array([[-0.2], [0.3]]))

    assert trace.is_settled
    assert len(trace.steps) == 1
    assert trace.steps[0].nonprivate_labels.tolist() == [0, 0, 1, 1]
    assert trace.centers.ravel() == pytest.approx([-0.75, 0.75])
    assert trace.steps[0].nonprivate_inertia == pytest.approx(4 * 0.25**2)


def test_people_who_change_their_group_are_counted():
    # By hand: the means of {-1} and {-0.4, 0.1, 1} are -1 and 0.233, and -0.4 is nearer to the former: 0.6 < 0.633.
    people = np.array([[-1.0], [-0.4], [0.1], [1.0]])

    trace = nonprivate_lloyd_trace(people, start=np.array([[-1.0], [-0.3]]))

    assert trace.steps[0].nonprivate_labels.tolist() == [0, 1, 1, 1]
    assert trace.steps[1].nonprivate_labels.tolist() == [0, 0, 1, 1]
    assert trace.n_changing(0) == 1
    assert trace.n_changing(len(trace.steps) - 1) == 0


@given(seed=seeds, k=n_clusters)
def test_plain_steps_are_scikit_learns_from_the_same_start(people, seed, k):
    trace = nonprivate_lloyd_trace(people, start=_start(k, seed), steps_max=200)
    whole = KMeans(k, init=_start(k, seed), n_init=1, max_iter=200, tol=0.0, algorithm="lloyd").fit(people)

    assert trace.is_settled
    assert trace.centers == pytest.approx(whole.cluster_centers_)
    assert trace.steps[-1].nonprivate_inertia == pytest.approx(whole.inertia_)


@given(seed=seeds, k=n_clusters)
def test_every_plain_turn_lowers_the_inertia_and_looks_at_everybody_once(people, seed, k):
    trace = nonprivate_lloyd_trace(people, start=_start(k, seed))

    inertias = [_inertia(people, trace.start), *(step.nonprivate_inertia for step in trace.steps)]
    assert all(later <= before + 1e-9 for before, later in pairwise(inertias))
    assert [step.passes for step in trace.steps] == list(range(1, len(trace.steps) + 1))
    assert all((step.before == before.after).all() for before, step in pairwise(trace.steps))


def test_a_run_that_is_cut_short_does_not_claim_to_be_settled(people):
    assert not nonprivate_lloyd_trace(people, start=_start(4), steps_max=1).is_settled


@pytest.mark.parametrize(("n_people", "steps_max", "complaint"), [(2, 5, "at least as many"), (9, 0, "at least 1")])
def test_too_few_people_or_turns_are_refused(people, n_people, steps_max, complaint):
    with pytest.raises(ValueError, match=complaint):
        nonprivate_lloyd_trace(people[:n_people], start=_start(3), steps_max=steps_max)


def test_people_at_one_place_are_followed_without_a_warning():
    trace = nonprivate_lloyd_trace(np.zeros((20, 2)), start=_start(3))

    assert np.isfinite(trace.centers).all()
    assert trace.steps[-1].nonprivate_inertia == pytest.approx(0.0)


# --- mini-batches ----------------------------------------------------------------------------------------------------


def test_the_first_batch_moves_centers_to_its_own_means(people):
    # Sculley (2010): with no earlier people, a centre's step is all of the way to the mean of its batch.
    trace = nonprivate_minibatch_trace(people, start=_start(4), n_steps=1, rng=np.random.default_rng(0))
    step = trace.steps[0]

    for cluster in range(4):
        mine = step.looked_at & (step.nonprivate_labels == cluster)
        expected = people[mine].mean(axis=0) if mine.any() else step.before[cluster]
        assert step.after[cluster] == pytest.approx(expected)


def test_every_batch_moves_centers_to_the_mean_of_all_people_they_ever_held(people):
    trace = nonprivate_minibatch_trace(people, start=_start(4), n_steps=15, rng=np.random.default_rng(3))
    held = [[] for _ in range(4)]

    for step in trace.steps:
        for cluster in range(4):
            held[cluster] += list(people[step.looked_at & (step.nonprivate_labels == cluster)])
            assert step.after[cluster] == pytest.approx(np.mean(held[cluster], axis=0))


def test_fifteen_batches_of_forty_look_at_six_hundred_people_once(people):
    trace = nonprivate_minibatch_trace(people, start=_start(4), n_steps=15, rng=np.random.default_rng(0))

    looked_at = np.sum([step.looked_at for step in trace.steps], axis=0)
    assert len(people) == 15 * BATCH_ROWS
    assert (looked_at == 1).all()
    assert trace.steps[-1].passes == pytest.approx(1.0)


@pytest.mark.parametrize("batch_rows", [3, 0])
def test_a_batch_smaller_than_the_centers_is_refused(people, batch_rows):
    with pytest.raises(ValueError, match="batch_rows"):
        nonprivate_minibatch_trace(
            people, start=_start(4), n_steps=1, rng=np.random.default_rng(0), batch_rows=batch_rows
        )


# --- private Lloyd ---------------------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(seed=seeds, k=n_clusters, epsilon=epsilons)
def test_the_steps_are_those_of_the_real_release(people, seed, k, epsilon):
    trace, overheard = _private(people, k=k, seed=seed, epsilon=epsilon)
    real = release_lloyd(people, n_clusters=k, epsilon=epsilon, rng=np.random.default_rng(seed), is_private=False)

    assert (trace.centers == real.centers).all()
    assert (overheard.noisy_counts == real.noisy_counts).all()
    assert not overheard.is_private


@settings(max_examples=10)
@given(seed=seeds, k=n_clusters, epsilon=epsilons)
def test_every_step_spends_as_much_as_the_others_and_all_no_more_than_declared(people, seed, k, epsilon):
    trace, release = _private(people, k=k, seed=seed, epsilon=epsilon)

    spent = [step.epsilon for step in trace.steps]
    assert len(spent) == STEPS
    assert spent == pytest.approx([release.budget.total * (turn + 1) / STEPS for turn in range(STEPS)])
    assert spent[-1] <= epsilon


def test_plain_and_private_start_from_the_same_centers(people):
    trace, _ = _private(people, k=5, seed=7)

    assert (trace.start == _start(5, seed=7)).all()


def test_the_start_is_the_same_whoever_the_people_are(people):
    one, _ = _private(people, seed=3)
    other, _ = _private(-people[:50], seed=3)

    assert (one.start == other.start).all()


def test_what_the_noise_could_have_been_does_not_change_what_it_was(people):
    one, _ = _private(people, cloud_seed=1)
    other, _ = _private(people, cloud_seed=2)

    assert (one.centers == other.centers).all()
    assert (one.steps[0].cloud != other.steps[0].cloud).any()


def test_exact_means_are_those_of_the_people_assigned(people):
    trace, _ = _private(people)
    step = trace.steps[0]

    for cluster in np.unique(step.nonprivate_labels):
        # The mechanism rounds people to a grid of 2⁻¹⁴ first.
        expected = people[step.nonprivate_labels == cluster].mean(axis=0)
        assert step.nonprivate_means[cluster] == pytest.approx(expected, abs=2**-14)


def test_clouds_spread_as_the_mechanism_itself_does(people):
    # The real step, drawn by other seeds of the release from the same start, falls into the cloud as its draws do.
    trace, _ = _private(people, epsilon=5.0)
    cloud = trace.steps[0].cloud
    engine = DPLloyd(4, epsilon=5.0, bounds=(-1.0, 1.0))
    budget = LloydBudget.split(5.0, n_features=2)
    step = ExactStep.of(to_grid(people), trace.steps[0].nonprivate_labels, trace.start, budget=budget)
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
    assert len(trace.steps) == STEPS


def test_no_centers_are_refused(people):
    with pytest.raises(ValueError, match="n_clusters"):
        _private(people, k=0)


# --- the synopsis ----------------------------------------------------------------------------------------------------


def _synopsis(people, *, k=4, seed=0, epsilon=2.0):
    return trace_synopsis(
        people, n_clusters=k, n_clusters_served=8, epsilon=epsilon, rng=np.random.default_rng(seed), seed=seed
    )


def test_the_synopsis_is_the_real_one():
    people = synthetic_pair().points()
    real = release_synopsis(people, epsilon=2.0, rng=np.random.default_rng(5))

    assert _synopsis(people, seed=5).synopsis.to_json() == real.to_json()


@given(seed=seeds, k=n_clusters, epsilon=epsilons)
def test_people_are_looked_at_three_times_however_k_means_goes_on(people, seed, k, epsilon):
    trace = _synopsis(people, k=k, seed=seed, epsilon=epsilon)

    # Their number, their cells, their places: in two columns there is nothing else to ask.
    assert trace.passes == 3
    assert len(trace.synopsis.charges) == 3


@given(seed=seeds, k=n_clusters)
def test_steps_on_places_are_scikit_learns_weighted_ones(people, seed, k):
    trace = _synopsis(people, k=k, seed=seed)
    cells = trace.synopsis.micro_clusters
    start = trace.start
    whole = KMeans(len(start), init=start, n_init=1, max_iter=200, tol=0.0).fit(
        cells.points, sample_weight=cells.weights
    )

    assert trace.steps[-1].inertia == pytest.approx(whole.inertia_)
    assert trace.centers == pytest.approx(whole.cluster_centers_, abs=1e-6)


@given(seed=seeds)
def test_the_best_of_the_starts_is_nearly_as_good_as_the_engines_own(people, seed):
    trace = _synopsis(people, seed=seed)
    cells = trace.synopsis.micro_clusters
    engine = trace.synopsis.cluster(4).centers
    own = float(cells.weights @ ((cells.points[:, None] - engine) ** 2).sum(axis=2).min(axis=1))

    assert STARTS > 1
    assert trace.steps[-1].inertia <= 1.05 * own


def test_renumbering_gives_twins_the_same_number_and_changes_nothing_else(people):
    trace = _synopsis(people, epsilon=10.0)
    plain = nonprivate_lloyd_trace(people, start=_start(4))
    like = Clustering(centers=plain.centers.copy(), weights=np.zeros(4))

    renumbered = trace.nonprivate_renumbered(people, like)

    labels = Clustering(centers=renumbered.centers.copy(), weights=np.zeros(4)).assign(people)
    assert (labels == like.assign(people)).mean() > 0.9
    assert np.sort(renumbered.centers[:, 0]) == pytest.approx(np.sort(trace.centers[:, 0]))
    for before, after in zip(trace.steps, renumbered.steps, strict=True):
        assert nonprivate_agreement(before.labels, after.labels).adjusted_rand == pytest.approx(1.0)
        assert after.before[after.labels] == pytest.approx(before.before[before.labels])
