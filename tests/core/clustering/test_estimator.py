"""Differentially private k-means keeps the rules of scikit-learn's estimators."""

import numpy as np
import pandas as pd
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from core.clustering import PrivateKMeans

EXPECTED_FAILURES = {
    "check_estimators_empty_data_messages": "n is private, so an empty table is answered with noise like any other",
}


# The checks fit some 50 rows: only a generous ε can find clusters there.
CHECKS = parametrize_with_checks(
    [PrivateKMeans(epsilon=100.0, bounds=(-10.0, 10.0))],
    expected_failed_checks=lambda _: EXPECTED_FAILURES,
)


# scikit-learn passes a generator, which pytest wants as a list.
@pytest.mark.parametrize(CHECKS.args[0], list(CHECKS.args[1]), **CHECKS.kwargs)
def test_it_behaves_like_any_estimator(estimator, check):
    check(estimator)


def test_missing_bounds_are_asked_for():
    with pytest.raises(ValueError, match="bounds must be given as public"):
        PrivateKMeans().fit(np.zeros((10, 2)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"bounds": (1.0, 1.0)}, "increasing"),
        ({"bounds": ([0.0, 0.0], [1.0, -1.0])}, "increasing"),
        ({"bounds": (0.0, np.inf)}, "finite"),
        ({"epsilon": 0.0}, "epsilon"),
        ({"n_clusters": 0}, "n_clusters"),
        ({"n_clusters": 2.5}, "n_clusters"),
    ],
)
def test_a_wrong_argument_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        PrivateKMeans(**{"bounds": (0.0, 1.0), **arguments}).fit(np.zeros((10, 2)))


def test_a_seed_repeats_the_result_and_marks_it_as_not_private(rng):
    people = rng.uniform(0, 100, (2000, 3))
    first, second = (PrivateKMeans(3, bounds=(0, 100), random_state=5).fit(people) for _ in range(2))
    secret = PrivateKMeans(3, bounds=(0, 100)).fit(people)

    np.testing.assert_array_equal(first.cluster_centers_, second.cluster_centers_)
    assert not first.is_private_
    assert secret.is_private_
    assert (secret.cluster_centers_ != first.cluster_centers_).any()


def test_each_feature_has_its_own_bounds_and_name(rng):
    middles = np.array([[10.0, 2000.0], [40.0, 8000.0]])
    groups = rng.integers(2, size=4000)
    people = pd.DataFrame(middles[groups] + rng.standard_normal((4000, 2)) * [2.0, 300.0], columns=["age", "spent"])

    model = PrivateKMeans(2, epsilon=2.0, bounds=([0, 0], [100, 10_000])).fit(people)

    np.testing.assert_allclose(model.cluster_centers_[model.cluster_centers_[:, 0].argsort()], middles, rtol=0.1)
    assert list(model.feature_names_in_) == ["age", "spent"]
    assert model.n_features_in_ == 2
    assert model.budget_.total <= 2.0
    np.testing.assert_array_equal(model.predict(people), model.labels_)


def test_no_people_at_all_are_answered_with_noise():
    model = PrivateKMeans(3, bounds=(0, 1)).fit(np.empty((0, 2)))

    assert model.cluster_centers_.shape == (3, 2)
    assert model.labels_.shape == (0,)


def test_values_far_outside_the_bounds_are_clipped(rng):
    people = np.concatenate([rng.uniform(0, 1, (1000, 2)), [[1e12, -1e12]]])
    model = PrivateKMeans(2, bounds=(0, 1)).fit(people)

    assert model.cluster_centers_.min() >= 0
    assert model.cluster_centers_.max() <= 1
