"""The audit finds broken mechanisms and clears true ones; then it is turned on the private engine."""

import warnings

import numpy as np
import pytest

from core.attack.audit import collect_outputs, epsilon_lower_bound
from core.clustering import release_synopsis
from core.privacy.mechanisms import Mechanisms, QuantileQuestion

CERTAIN = 0.999


def laplace(count, scale, n_runs, rng):
    return count + rng.laplace(scale=scale, size=(n_runs, 1))


def test_a_true_laplace_mechanism_is_cleared_with_a_bound_near_its_epsilon(rng):
    bound = epsilon_lower_bound(laplace(0, 1.0, 20_000, rng), laplace(1, 1.0, 20_000, rng), confidence=CERTAIN)

    assert 0.7 < bound.epsilon <= 1.0


def test_a_laplace_mechanism_at_half_its_scale_is_flagged(rng):
    bound = epsilon_lower_bound(laplace(0, 0.5, 20_000, rng), laplace(1, 0.5, 20_000, rng), confidence=CERTAIN)

    assert bound.epsilon > 1.3


def test_an_event_that_only_one_data_set_shows_counts_by_its_runs():
    bound = epsilon_lower_bound(np.zeros((2000, 1)), np.ones((2000, 1)), confidence=0.95)

    # Clopper–Pearson: p ≥ 0.025^(1/1000), q ≤ 1 - 0.025^(1/1000).
    assert bound.hits == bound.n_runs == 1000
    assert bound.false_hits == 0
    assert bound.epsilon == pytest.approx(np.log(0.025**0.001 / (1 - 0.025**0.001)))


def test_identical_outputs_prove_nothing(rng):
    outputs = rng.standard_normal((500, 3))

    assert epsilon_lower_bound(outputs, outputs).epsilon < 0.5


def test_too_few_or_unequal_runs_are_refused():
    with pytest.raises(ValueError, match="at least 4 runs"):
        epsilon_lower_bound(np.zeros((3, 1)), np.zeros((3, 1)))
    with pytest.raises(ValueError, match="equal shapes"):
        epsilon_lower_bound(np.zeros((8, 1)), np.zeros((8, 2)))


RUNS = 20_000


def ask_counts(mechanisms, present):
    # Disjoint groups draw their noise independently, so one question about many of them is as many runs.
    counts = np.tile([0, 5, int(present)], (RUNS, 1))
    return mechanisms.counts(counts, epsilon=1.0, name="counts").astype(float)


def ask_sums(mechanisms, present):
    moved = np.tile([[16, 0, 0], [0, 0, 0]], (RUNS, 1)) * int(present)
    scalars = np.tile([[16], [0]], (RUNS, 1)) * int(present)
    sums, scalars = mechanisms.sums(moved, scalars, unit=16, epsilon=1.0, name="sums")
    return np.column_stack([sums.reshape(RUNS, -1), scalars.reshape(RUNS, -1)]).astype(float)


def ask_second_moment(mechanisms, present):
    person = np.array([[16.0], [16.0]]) / np.sqrt(2)
    moment = np.rint(person @ person.T).astype(int) * int(present)

    def once():
        noisy = mechanisms.second_moment(moment, unit=16, epsilon=1.0, name="moment")
        return np.array([noisy[0, 0], noisy[0, 1], noisy[1, 1], noisy.sum(), np.linalg.eigvalsh(noisy)[1]])

    return collect_outputs(once, n_runs=RUNS)


def ask_quantile(mechanisms, present):
    question = QuantileQuestion(below=8, parts=10)
    n_below = np.array([0, 4, 4]) + np.array([0, 0, int(present)])

    def once():
        return np.array([mechanisms.quantile(n_below, 5 + int(present), question=question, epsilon=1.0, name="radius")])

    return collect_outputs(once, n_runs=RUNS)


@pytest.mark.slow
@pytest.mark.parametrize("ask", [ask_counts, ask_sums, ask_second_moment, ask_quantile])
def test_no_query_is_caught_spending_more_than_it_says(rng, ask):
    mechanisms = Mechanisms(rng)

    without, with_one = (ask(mechanisms, present) for present in (False, True))

    assert epsilon_lower_bound(without, with_one, confidence=CERTAIN).epsilon <= 1.0


def crowd(n_people, n_features, at=0.5):
    return np.full((n_people, n_features), at)


def with_one_at(people, place):
    return np.concatenate([people, np.full((1, people.shape[1]), place)])


NEIGHBOURS = {
    "an empty cell gets one person": (crowd(40, 2), with_one_at(crowd(40, 2), -0.9)),
    "one outlier, few features, few people": (crowd(60, 5), with_one_at(crowd(60, 5), -1.0)),
    "one outlier, many features": (crowd(1500, 8), with_one_at(crowd(1500, 8), -1.0)),
    "one outlier where a lone mean is bought": (crowd(50, 10), with_one_at(crowd(50, 10), -1.0)),
    "a value far outside the bounds": (crowd(40, 2), with_one_at(crowd(40, 2), 1e9)),
    "nobody against one person": (np.empty((0, 2)), with_one_at(np.empty((0, 2)), 0.9)),
    "one person against two, many features": (crowd(1, 12), crowd(2, 12)),
    "at the edge between two modes": (crowd(472, 4), with_one_at(crowd(472, 4), -1.0)),
}


def engine_statistics(points, place, rng):
    """What an attacker who knows everybody but one looks at: how many, how many nearby, and where the rest is."""
    synopsis = release_synopsis(points, epsilon=1.0, n_clusters_served=4, rng=rng)
    places, weights = synopsis.micro_clusters.points, synopsis.micro_clusters.weights
    distances = np.abs(places - np.clip(place, -1, 1)).max(axis=1)
    return np.array(
        [
            synopsis.noisy_people,
            weights.sum(),
            weights @ np.exp(-4 * distances),
            distances.min(),
            len(weights),
            len(synopsis.cells.weights),
            synopsis.noise_share,
            (weights @ places).sum() / weights.sum(),
            places.min(),
            places.max(),
            np.abs(synopsis.axes).max(),
        ]
    )


@pytest.mark.slow
@pytest.mark.parametrize("case", NEIGHBOURS)
def test_the_engine_is_not_caught_spending_more_than_it_says(rng, case):
    without, with_one = NEIGHBOURS[case]
    place = with_one[-1]
    outputs = [collect_outputs(lambda p=p: engine_statistics(p, place, rng), n_runs=1000) for p in (without, with_one)]

    bound = epsilon_lower_bound(*outputs, confidence=CERTAIN)

    assert bound.epsilon <= 1.0


@pytest.mark.slow
def test_unpatched_diffprivlib_is_flagged_on_an_empty_cluster():
    # A cluster that nobody is nearest to keeps its start, which lies well inside the bounds; one person there makes
    # it wander everywhere.
    models = pytest.importorskip("diffprivlib.models")
    limit = np.ones(8)

    def innermost(points, seed):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = models.KMeans(2, epsilon=1.0, bounds=(-limit, limit), random_state=seed).fit(points)
        return np.array([np.abs(model.cluster_centers_).max(axis=1).min()])

    without = crowd(100, 8, at=-1.0)
    with_one = with_one_at(without, 1.0)
    outputs = [
        np.stack([innermost(p, seed) for seed in range(s, s + 1000)]) for p, s in ((without, 0), (with_one, 9999))
    ]

    assert epsilon_lower_bound(*outputs, confidence=CERTAIN).epsilon > 2.0
