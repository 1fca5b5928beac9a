"""Train and test: people whom a model never saw are served like those it was made from."""

import numpy as np
import pytest

from core.clustering.inertia import nonprivate_inertia
from core.data import Recipe, generate
from core.data.catalogue import load_catalogue
from core.data.generate import GENERATED
from core.privacy.noise_source import NoiseSource
from core.studies.held_out import HeldOut
from core.studies.recommendation_trial import TrialSettings, nonprivate_model
from core.studies.unseen_people import TRAINING_SHARE, TrainTest, nonprivate_train_test


def _held_out(n_people):
    table = generate(Recipe(n_people=n_people, n_personas=4))
    return HeldOut.one_each(table, rng=np.random.default_rng(1))


def _seeded(seed):
    rng = NoiseSource(source=GENERATED, seed=seed).generator()
    return {"split_rng": np.random.default_rng(seed), "rng": rng}


def _settings(*epsilons):
    return TrialSettings(catalogue=load_catalogue(), epsilons=epsilons, n_clusters=4)


def test_people_never_seen_are_served_like_those_seen():
    plain, private = nonprivate_train_test(_held_out(4_000), _settings(5.0), **_seeded(3))

    assert plain.plain_agreement == TrainTest(train=1.0, test=1.0)
    for result in (plain, private):
        assert result.inertia.test == pytest.approx(result.inertia.train, rel=0.1)
        for metric in (result.adjusted_rand, result.plain_agreement, result.hit_3):
            assert metric.test == pytest.approx(metric.train, abs=0.1)


def test_inertia_is_a_mean_over_either_part_alone():
    held_out = _held_out(200)

    (plain,) = nonprivate_train_test(held_out, _settings(), **_seeded(3))

    order = np.random.default_rng(3).permutation(200)
    n_train = round(TRAINING_SHARE * 200)
    train, test = np.sort(order[:n_train]), np.sort(order[n_train:])
    clustering = nonprivate_model(held_out.table.take(train), _settings()).clustering
    points = held_out.table.points()
    assert plain.inertia.train == pytest.approx(nonprivate_inertia(points[train], clustering) / 160)
    assert plain.inertia.test == pytest.approx(nonprivate_inertia(points[test], clustering) / 40)
