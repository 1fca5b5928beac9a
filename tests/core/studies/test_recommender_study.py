"""The study of recommenders is its trials one after the other, each with a seed of its own."""

from dataclasses import replace

import numpy as np
import pytest

from core.data import Recipe, generate
from core.data.catalogue import load_catalogue
from core.data.sources import UPLOAD
from core.privacy.noise_source import NoiseSource
from core.studies import recommender_study
from core.studies.held_out import HeldOut
from core.studies.recommendation_trial import TrialSettings, nonprivate_trial
from core.studies.recommender_study import nonprivate_recommender_study

TABLE = generate(Recipe(n_people=300, n_personas=3))
SETTINGS = TrialSettings(catalogue=load_catalogue(), epsilons=(1.0,), n_clusters=3)


def test_each_repetition_is_a_trial_with_its_number_as_seed():
    *_, last = nonprivate_recommender_study(TABLE, SETTINGS, repetitions=2)

    chooser = np.random.default_rng(1)
    people = TABLE.take(np.sort(chooser.permutation(300)))
    rng = NoiseSource(source=TABLE.source, seed=1).generator()
    again = nonprivate_trial(HeldOut.one_each(people, rng=chooser), SETTINGS, rng=rng)
    assert [each.metrics for each in last.result.trials[1]] == [each.metrics for each in again]
    assert len(last.result.unseen) == 2


def test_nobody_can_know_the_noise_of_a_study_of_people():
    uploaded = replace(TABLE, source=UPLOAD)
    first, again = (list(nonprivate_recommender_study(uploaded, SETTINGS, repetitions=1))[-1].result for _ in range(2))

    private = [[each.metrics for each in study.trials[0] if each.epsilon] for study in (first, again)]
    plain = [[each.metrics for each in study.trials[0] if not each.epsilon] for study in (first, again)]
    # Who takes part and what is hidden repeat; the noise does not.
    assert plain[0] == plain[1]
    assert private[0] != private[1]


def test_progress_is_reported_before_the_first_repetition_and_the_result_comes_last():
    steps = list(nonprivate_recommender_study(TABLE, SETTINGS, repetitions=2))

    assert [(step.done, step.total) for step in steps] == [(0, 2), (1, 2), (2, 2)]
    assert [step.result is None for step in steps] == [True, True, False]


def test_of_many_people_some_are_drawn_for_each_repetition(monkeypatch):
    monkeypatch.setattr(recommender_study, "PEOPLE_MOST", 100)

    held_out = recommender_study._hide(TABLE, np.random.default_rng(0))

    assert held_out.table.n_people == 100


@pytest.mark.slow
def test_the_real_households_are_asked_about_their_last_quarter():
    *_, last = nonprivate_recommender_study(None, SETTINGS, repetitions=1)

    assert 0.0 <= last.result.trials[0][0].metrics.hit_3 <= 1.0
