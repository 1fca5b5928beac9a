"""Dimension reduction: scores against true groups, bands over noise, and what counts as an effect."""

from itertools import count

import numpy as np
import pytest

from core.clustering.kmeans import nonprivate_clustering
from core.data.synthetic_points import synthetic_points
from core.metrics.agreement import nonprivate_agreement
from core.reduction.directions import nonprivate_projection
from core.reduction.projection import ReductionMethod
from core.studies.bands import MetricBand
from core.studies.dimensions import DimensionsResult, ReductionEffect, study_dimensions
from core.studies.scree import Scree

SETTINGS = {"n_personas": 3, "overlap": 0.2, "n_clusters": 3, "epsilon": 50.0, "seed": 4}
SMALL = {"people": (60, 300), "columns": (2, 6), "n_seeds": 2}


def _steps(**settings):
    ticks = count()
    return study_dimensions(**(SETTINGS | SMALL | settings), clock=lambda: float(next(ticks)))


@pytest.fixture(scope="module")
def steps():
    return list(_steps())


@pytest.fixture(scope="module")
def found(steps):
    return steps[-1].result


def test_steps_count_up_to_the_total_and_only_the_last_has_the_result(steps):
    # Four shapes of people, each of (all columns, PCA, SVD) · (plain + 2 draws of noise).
    assert [step.done for step in steps] == [*range(1, 37), 36]
    assert {step.total for step in steps} == {36}
    assert all(step.result is None for step in steps[:-1])
    # The clock was read twice.
    assert steps[-1].result.seconds == 1.0


def test_every_number_of_people_and_columns_has_its_scores(found):
    shapes = [(result.n_people, result.n_columns, result.n_dimensions) for result in found.results]

    assert shapes == [(60, 2, 1), (60, 6, 3), (300, 2, 1), (300, 6, 3)]


def test_the_plain_score_and_the_exact_shares_are_those_computed_apart(found):
    points, truth = synthetic_points(n_people=300, n_columns=6, n_personas=3, overlap=0.2, seed=4)
    labels = nonprivate_clustering(points, n_clusters=3).assign(points)

    assert found.results[-1].plain == nonprivate_agreement(truth, labels).adjusted_rand
    exact = nonprivate_projection(points, method=ReductionMethod.PCA, n_dimensions=5).explained_share
    assert found.results[-1].scree.exact == tuple(exact.tolist())


def test_with_hardly_any_noise_private_scores_and_shares_come_near_the_plain_ones(found):
    result = found.results[-1]

    assert result.private.median == pytest.approx(result.plain, abs=0.05)
    for method in ReductionMethod:
        assert result.private_reduced[method].median == pytest.approx(result.plain_reduced[method], abs=0.08)
    middles = [band.median for band in result.scree.noisy]
    assert middles == pytest.approx(list(result.scree.exact), abs=0.03)


def test_less_epsilon_shows_more_noise_in_the_directions():
    calm, wild = (list(_steps(people=(400,), columns=(6,), epsilon=epsilon))[-1].result for epsilon in (10.0, 0.2))

    assert wild.results[0].scree.noise > 5 * calm.results[0].scree.noise
    assert np.sum([band.median for band in wild.results[0].scree.noisy]) <= 1.0 + 1e-9


def test_the_same_seed_gives_the_same_figures_and_another_others():
    one, again, other = (list(_steps(people=(60,), columns=(3,), seed=seed))[-1].result for seed in (4, 4, 5))

    assert one == again
    assert one != other


def _result(all_columns, reduced):
    return DimensionsResult(
        n_people=10,
        n_columns=5,
        n_dimensions=3,
        plain=1.0,
        plain_reduced={ReductionMethod.PCA: 1.0},
        private=MetricBand(**dict(zip(("low", "median", "high"), all_columns, strict=True))),
        private_reduced={ReductionMethod.PCA: MetricBand(**dict(zip(("low", "median", "high"), reduced, strict=True)))},
        scree=Scree(exact=(), noisy=(), noise=0.0),
    )


@pytest.mark.parametrize(
    ("all_columns", "reduced", "effect"),
    [
        ((0.2, 0.3, 0.4), (0.5, 0.6, 0.7), ReductionEffect.BETTER),
        ((0.5, 0.6, 0.7), (0.2, 0.3, 0.4), ReductionEffect.WORSE),
        ((0.2, 0.3, 0.5), (0.4, 0.6, 0.7), ReductionEffect.UNCLEAR),
        # Apart, but by less than anybody would notice.
        ((0.90, 0.900, 0.90), (0.91, 0.915, 0.92), ReductionEffect.SAME),
    ],
)
def test_an_effect_needs_medians_apart_and_bands_that_do_not_overlap(all_columns, reduced, effect):
    assert _result(all_columns, reduced).effect(ReductionMethod.PCA) is effect


def test_nothing_is_computed_beyond_where_somebody_stops():
    steps = _steps()
    assert next(steps).done == 1

    steps.close()

    assert list(steps) == []


@pytest.mark.parametrize(
    "wrong", [{"n_clusters": 0}, {"n_seeds": 0}, {"columns": (1, 5)}, {"columns": ()}, {"people": ()}, {"epsilon": 0.0}]
)
def test_what_cannot_be_measured_is_refused_before_it_begins(wrong):
    with pytest.raises(ValueError, match=r"nothing to measure|epsilon"):
        _steps(**wrong)
