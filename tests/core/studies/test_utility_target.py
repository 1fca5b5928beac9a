"""A target is searched for by ε first, and by people only where no ε is enough."""

from dataclasses import replace

import numpy as np
import pytest

from core.clustering.engines import SYNOPSIS
from core.data.generate import Recipe
from core.limits import EPSILON_CHOICES
from core.reduction.projection import ReductionMethod
from core.reduction.reduced import draw_release
from core.reduction.spec import Reduction, ReleaseSpec
from core.studies.utility_target import UtilityMeasure, UtilityTarget, calibrate_target

TARGET = UtilityTarget(
    measure=UtilityMeasure.AGREEMENT,
    utility=0.5,
    recipe=Recipe(n_people=300, n_personas=3, overlap=0.0, seed=7),
    n_columns=12,
    products_share=0.3,
    seed=7,
    spec=ReleaseSpec(engine=SYNOPSIS, epsilon=1.0, n_clusters=3),
)


def last(target):
    *_, step = calibrate_target(target)
    return step.result


@pytest.mark.parametrize("measure", UtilityMeasure)
def test_a_target_that_some_epsilon_reaches_asks_for_no_more_people(measure):
    found = last(replace(TARGET, measure=measure))

    assert found.by_epsilon.reached.epsilon in EPSILON_CHOICES
    assert found.by_epsilon.reached.median >= TARGET.utility
    assert found.by_people is None


@pytest.mark.parametrize("measure", UtilityMeasure)
def test_a_target_in_few_dimensions_is_simulated_in_them(measure, monkeypatch):
    asked = []

    def draw(points, spec, *, rng):
        asked.append(spec.reduction)
        return draw_release(points, spec, rng=rng)

    monkeypatch.setattr("core.studies.clustering_quality.draw_release", draw)
    monkeypatch.setattr("core.release.pipelines.draw_release", draw)
    few = Reduction(method=ReductionMethod.SVD, n_dimensions=2)

    replace(TARGET, measure=measure, spec=replace(TARGET.spec, reduction=few)).utility_of(300)(
        1.0, np.random.default_rng(1)
    )

    assert asked == [few]


def test_where_no_epsilon_is_enough_people_are_counted_at_the_targets_own():
    found = last(replace(TARGET, utility=0.9, recipe=Recipe(n_people=30, n_personas=3, overlap=0.0, seed=7)))

    assert found.by_epsilon.reached is None
    assert found.by_people.reached.epsilon == 1.0
    assert found.by_people.about_n_people > 30


def test_progress_never_goes_back_and_only_the_last_step_has_a_result():
    steps = list(calibrate_target(replace(TARGET, utility=0.9, recipe=Recipe(n_people=30, overlap=0.0, seed=7))))

    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert [step.result is None for step in steps] == [True] * (len(steps) - 1) + [False]
    assert all(step.done <= step.total for step in steps)


def test_only_the_first_columns_are_used(monkeypatch):
    seen = []

    def utility(points, _spec):
        seen.append(points.shape)
        return lambda *_: 1.0

    monkeypatch.setattr("core.studies.utility_target.agreement_utility", utility)
    last(replace(TARGET, n_columns=5))

    assert seen == [(300, 5)]


def test_the_same_aim_finds_the_same():
    assert last(TARGET) == last(TARGET)
