"""One trial of all recommenders: clusters beat popularity, much budget costs little, and seeds repeat it."""

from dataclasses import replace

import numpy as np
import pytest

from core.data import Recipe, generate
from core.data.catalogue import load_catalogue
from core.data.generate import GENERATED
from core.data.sources import UPLOAD
from core.privacy.noise_source import NoiseSource
from core.studies.held_out import HeldOut
from core.studies.recommendation_trial import Recommender, TrialSettings, nonprivate_trial


def _held_out(n_people):
    table = generate(Recipe(n_people=n_people, n_personas=4))
    return HeldOut.one_each(table, rng=np.random.default_rng(1))


def _noise():
    return NoiseSource(source=GENERATED, seed=2).generator()


def _settings(*epsilons):
    return TrialSettings(catalogue=load_catalogue(), epsilons=epsilons, n_clusters=4)


def test_on_generated_people_groups_beat_popularity_and_much_budget_costs_little():
    results = nonprivate_trial(_held_out(4_000), _settings(20.0), rng=_noise())

    hits = {result.recommender: result.metrics.hit_3 for result in results}
    assert set(hits) == set(Recommender)
    assert hits[Recommender.RANKING_PLAIN] > 1.25 * hits[Recommender.POPULARITY]
    assert hits[Recommender.RANKING_PRIVATE] > 0.95 * hits[Recommender.RANKING_PLAIN]
    changes = {result.recommender: result.changes for result in results if result.epsilon}
    assert changes[Recommender.RANKING_PRIVATE].changed < 0.2


@pytest.fixture(scope="module")
def few():
    return _held_out(300)


def test_private_recommenders_have_an_epsilon_and_changes_and_the_others_neither(few):
    results = nonprivate_trial(few, _settings(0.5, 2.0), rng=_noise())

    private = {Recommender.CLUSTER_PRIVATE, Recommender.RANKING_PRIVATE}
    assert [result.epsilon for result in results if result.recommender in private] == [0.5, 0.5, 2.0, 2.0]
    for result in results:
        assert (result.epsilon is None) == (result.changes is None) == (result.recommender not in private)


def test_the_same_seed_repeats_a_trial(few):
    first, again = (nonprivate_trial(few, _settings(1.0), rng=_noise()) for _ in range(2))

    assert first == again


def test_people_are_not_tried_with_noise_that_somebody_may_know(few):
    uploaded = replace(few, table=replace(few.table, source=UPLOAD))

    with pytest.raises(ValueError, match="takes secure noise only, not SyntheticGenerator"):
        nonprivate_trial(uploaded, _settings(1.0), rng=_noise())
