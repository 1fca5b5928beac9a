"""What clustering costs: passes are counted where the people are read, times come from the clock that is handed in."""

from itertools import count

import numpy as np
import pytest
from sklearn.cluster import _kmeans

from core.clustering.inertia import nonprivate_inertia
from core.clustering.kmeans import RESTARTS, nonprivate_clustering
from core.clustering.lloyd import estimator, step
from core.clustering.lloyd.release import STEPS
from core.data.generate import Recipe, generate
from core.studies.passes import REPETITIONS, SIZES, Algorithm, fit, measure_passes

K = 4


@pytest.fixture(scope="module")
def points():
    return generate(Recipe(n_people=2_000)).points()


def _counting(monkeypatch, module, name, reads):
    """Count the calls of a function of ``module`` for which ``reads`` is true."""
    calls, original = [], getattr(module, name)

    def counted(*arguments, **named):
        if reads(*arguments):
            calls.append(name)
        return original(*arguments, **named)

    monkeypatch.setattr(module, name, counted)
    return calls


def test_k_means_is_charged_what_scikit_learn_reads_but_for_a_last_look(points, monkeypatch):
    everybody = lambda first, *_: len(first) == len(points)  # noqa: E731 - one short rule for both counts
    steps = _counting(monkeypatch, _kmeans, "lloyd_iter_chunked_dense", everybody)
    draws = _counting(monkeypatch, _kmeans, "_euclidean_distances", lambda _, people, *__: len(people) == len(points))

    passes = fit(Algorithm.KMEANS, points, n_clusters=K, seed=1).passes

    read = len(steps) + len(draws)
    assert len(draws) == RESTARTS * K
    assert read - RESTARTS <= passes <= read


def test_the_prototype_is_charged_every_time_it_goes_through_the_people(points, monkeypatch):
    labelled = _counting(monkeypatch, estimator, "assign_nearest", lambda grid, _: len(grid) == len(points))
    summed = _counting(monkeypatch, step, "row_slices", lambda n_rows, _: n_rows == len(points))

    assert fit(Algorithm.PROTOTYPE, points, n_clusters=K, seed=1).passes == len(labelled) + len(summed) == 1 + 2 * STEPS


def test_the_synopsis_reads_a_few_times_however_many_groups_are_wanted(points):
    few, many = (fit(Algorithm.SYNOPSIS, points, n_clusters=k, seed=1).passes for k in (2, 8))

    assert few == many < fit(Algorithm.PROTOTYPE, points, n_clusters=2, seed=1).passes


def test_small_batches_of_few_people_are_everybody_every_time(points):
    # No more people than a batch: each step, each draw of a centre and each judgement of a start reads all of them.
    passes = fit(Algorithm.MINIBATCH, points, n_clusters=K, seed=1).passes

    assert passes == int(passes)
    assert passes > RESTARTS * (K + 1)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_every_way_gives_its_centres_in_the_box_and_the_same_for_the_same_seed(points, algorithm):
    first, again = (fit(algorithm, points, n_clusters=K, seed=7) for _ in range(2))

    assert first.centers.shape == (K, points.shape[1])
    assert np.abs(first.centers).max() <= 1.0
    assert np.array_equal(first.centers, again.centers)


def test_k_means_here_is_as_good_as_the_apps_own(points):
    found = fit(Algorithm.KMEANS, points, n_clusters=K, seed=2020)
    plain = nonprivate_clustering(points, n_clusters=K)

    ours = ((points[:, np.newaxis] - found.centers) ** 2).sum(axis=2).min(axis=1).sum()
    assert ours == pytest.approx(nonprivate_inertia(points, plain), rel=0.01)


def test_costs_come_by_size_and_way_with_times_of_the_clock():
    ticks = count(step=2.0)
    *steps, last = measure_passes(Recipe(), n_clusters=3, clock=lambda: next(ticks), sizes=(30, 60))

    assert [step.done for step in steps] == list(range(1, 2 * REPETITIONS * len(Algorithm) + 1))
    assert all(step.result is None for step in steps)
    assert [(cost.n_people, cost.algorithm) for cost in last.result] == [
        (n, algorithm) for n in (30, 60) for algorithm in Algorithm
    ]
    assert {cost.seconds for cost in last.result} == {2.0}
    assert {cost.inertia for cost in last.result if cost.algorithm is Algorithm.KMEANS} == {1.0}
    assert all(cost.inertia > 0.5 for cost in last.result)


def test_fewer_people_than_groups_are_refused_before_it_begins():
    with pytest.raises(ValueError, match="sizes must be at least n_clusters"):
        measure_passes(Recipe(), n_clusters=40, clock=lambda: 0.0, sizes=(30,))


def test_the_sizes_reach_from_a_thousand_to_a_million():
    assert (SIZES[0], SIZES[-1]) == (10**3, 10**6)
