"""How many groups: elbows by hand, silhouettes against scikit-learn, and no elbow where there are no groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import silhouette_score

from core.clustering.kmeans import nonprivate_clustering
from core.clustering.synopsis.exploration import Exploration
from core.clustering.synopsis.release import release_synopsis
from core.data.generate import Recipe, generate
from core.studies import n_clusters
from core.studies.n_clusters import (
    ELBOW_LEAST,
    ELBOW_LEAST_EXACT,
    SILHOUETTE_PEOPLE,
    clear_elbow,
    elbow_least,
    nonprivate_exploration,
    sample_rows,
    sharpest_elbow,
)

EPSILONS = (1.0, 3.0)


def explored(points, n_clusters_max=12):
    """Return what the last step brings."""
    return list(nonprivate_exploration(points, n_clusters_max=n_clusters_max))[-1].result


def released(points, epsilon):
    """Return a release's elbows."""
    return release_synopsis(points, epsilon=epsilon, n_clusters_served=8, rng=np.random.default_rng(5)).explore(12)


def _uniform(n_features, rng):
    return rng.uniform(-1, 1, (5_000, n_features))


def _blob(n_features, rng):
    return np.clip(0.2 * rng.standard_normal((5_000, n_features)), -1, 1)


def test_four_people_in_two_pairs_are_two_groups():
    # One feature, pairs at ±0.5, 0.2 apart. Inertia: 4 × 0.5² + 4 × 0.1² = 1.04 for one group, 4 × 0.1² = 0.04 for
    # two, 2 × 0.1² = 0.02 for three. Mean silhouettes: 1 - 0.2 / 1.1 outside and 1 - 0.2 / 0.9 inside.
    (two,) = explored(np.array([[-0.6], [-0.4], [0.4], [0.6]]))

    assert two.inertia == pytest.approx(0.04)
    assert two.elbow == pytest.approx(np.log(1.04 / 0.04) - np.log(0.04 / 0.02))
    assert two.silhouette == pytest.approx(1 - 0.1 / 1.1 - 0.1 / 0.9)


def test_silhouettes_are_scikit_learns_of_a_sample_that_is_fixed():
    points = generate(Recipe(n_people=2_500)).points()
    some = sample_rows(points, SILHOUETTE_PEOPLE)

    for each in explored(points, 4):
        labels = nonprivate_clustering(points, n_clusters=each.n_clusters).assign(some)
        assert each.silhouette == pytest.approx(silhouette_score(some, labels), abs=1e-6)


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_sample_is_of_different_people_in_order_and_of_their_number_alone(n_people, n_most):
    rows = np.arange(n_people, dtype=float)[:, None]

    some = sample_rows(rows, n_most)

    assert len(some) == min(n_people, n_most)
    assert (np.diff(some[:, 0]) > 0).all()
    assert (sample_rows(-rows, n_most) == -some).all()


def test_steps_count_up_to_the_one_with_the_result(rng):
    steps = list(nonprivate_exploration(_blob(2, rng)[:50], n_clusters_max=5))

    assert [step.done for step in steps] == list(range(1, steps[0].total + 1))
    assert [step.result is None for step in steps] == [True] * (len(steps) - 1) + [False]
    assert [each.n_clusters for each in steps[-1].result] == [2, 3, 4, 5]


def test_people_who_are_all_alike_have_no_elbow_and_no_silhouette():
    alike = explored(np.zeros((40, 3)))

    assert clear_elbow(alike, n_features=3, is_exact=True) is None
    assert {each.silhouette for each in alike} == {0.0}


def test_one_person_is_too_few():
    with pytest.raises(ValueError, match="at least 2 people, not 1"):
        nonprivate_exploration(np.zeros((1, 2)), n_clusters_max=4)


# --- when there is an elbow --------------------------------------------------------------------------------------


@pytest.mark.parametrize("epsilon", EPSILONS)
@pytest.mark.parametrize("n_features", [1, 2, 3, 6, 12])
@pytest.mark.parametrize("people", [_uniform, _blob])
def test_a_release_of_people_without_groups_has_no_clear_elbow(people, n_features, epsilon, rng):
    assert clear_elbow(released(people(n_features, rng), epsilon), n_features=n_features, is_exact=False) is None


@pytest.mark.parametrize("n_features", [2, 12])
@pytest.mark.parametrize("people", [_uniform, _blob])
def test_people_without_groups_have_no_clear_elbow_themselves(people, n_features, rng):
    assert clear_elbow(explored(people(n_features, rng)[:1_000], 6), n_features=n_features, is_exact=True) is None


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_a_release_of_four_personas_has_its_elbow_at_four(epsilon):
    points = generate(Recipe(n_people=10_000, n_personas=4)).points()

    assert clear_elbow(released(points, epsilon), n_features=12, is_exact=False) == 4
    assert clear_elbow(explored(points[:2_000], 6), n_features=12, is_exact=True) == 4


def test_the_sharpest_elbow_counts_and_must_be_above_the_limit():
    def bends(*elbows):
        return [Exploration(n_clusters=2 + i, inertia=1.0, elbow=at, silhouette=0.0) for i, at in enumerate(elbows)]

    assert clear_elbow(bends(0.2, 0.3, 0.2), n_features=12, is_exact=False) == 3
    assert clear_elbow(bends(0.0, ELBOW_LEAST), n_features=12, is_exact=False) is None
    assert clear_elbow(bends(0.0, ELBOW_LEAST), n_features=12, is_exact=True) == 3
    assert clear_elbow(bends(0.2, 0.3, 0.2), n_features=2, is_exact=True) is None
    assert clear_elbow(bends(-0.2, -0.1, -0.3), n_features=12, is_exact=True) is None
    assert [sharpest_elbow(bends(*each)).n_clusters for each in ((0.30, 0.1, 0.28), (0.30, 0.1, 0.26))] == [4, 2]


@pytest.mark.parametrize(("is_exact", "least"), [(False, ELBOW_LEAST), (True, ELBOW_LEAST_EXACT)])
def test_the_limit_falls_with_the_features_and_not_below_the_least(is_exact, least):
    limits = [elbow_least(n_features, is_exact=is_exact) for n_features in range(1, 61)]

    assert limits == sorted(limits, reverse=True)
    assert limits[0] == n_clusters.ELBOW_TIMES_FEATURES
    assert limits[-1] == least
