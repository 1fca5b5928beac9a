"""What is attacked: enough people, the one in question among them, and every ε accounted for."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attack.membership import Statistic
from core.attack.setup import AttackSetup, choose_rows, nonprivate_attack
from core.clustering.engines import PROTOTYPE, SYNOPSIS
from core.clustering.synopsis.release import N_CLUSTERS_SERVED
from core.data.generate import Recipe, generate
from core.privacy.noise_source import NoiseSource
from core.reduction.projection import ReductionMethod
from core.reduction.spec import Reduction, ReleaseSpec


@pytest.fixture(scope="module")
def table():
    return generate(Recipe(n_people=60, n_personas=3, seed=1))


def setup(table, epsilon=1.0, *, holdings=True, engine=PROTOTYPE):
    return AttackSetup(
        points=table.points(),
        holdings=table.holdings if holdings else None,
        spec=ReleaseSpec(engine=engine, epsilon=epsilon, n_clusters=3),
    )


def test_everybody_takes_part_where_they_are_few():
    assert choose_rows(3, n_people=5, most=5).tolist() == [0, 1, 2, 3, 4]


@given(n_people=st.integers(1, 200), most=st.integers(1, 50), data=st.data())
def test_the_person_is_always_among_those_who_take_part(n_people, most, data):
    person = data.draw(st.integers(0, n_people - 1))

    rows = choose_rows(person, n_people=n_people, most=most)

    assert rows.size == min(n_people, most)
    assert person in rows
    assert (np.diff(rows) > 0).all()


def test_a_person_who_is_not_there_takes_no_part():
    with pytest.raises(ValueError, match="person must be a row from 0 to 4, not 5"):
        choose_rows(5, n_people=5)
    with pytest.raises(ValueError, match="most must be at least 1"):
        choose_rows(0, n_people=5, most=0)


@pytest.mark.parametrize("side", ["plain", "private"])
def test_in_one_dimension_both_sides_find_centres_on_a_line(table, rng, side):
    def flatness(attacked):
        centers = getattr(attacked, side)(np.arange(60), rng).clustering.centers
        return np.linalg.svd(centers - centers.mean(axis=0), compute_uv=False)

    # So much ε that no centre lands beyond the box, whose edge would bend the line.
    all_columns = setup(table, 50.0)
    plane = Reduction(method=ReductionMethod.PCA, n_dimensions=1)
    few = replace(all_columns, spec=replace(all_columns.spec, reduction=plane))

    assert flatness(few)[1] < 1e-6 < flatness(all_columns)[1]


@pytest.mark.parametrize("holdings", [True, False])
@pytest.mark.parametrize("epsilon", [0.05, 0.7, 1.0, 10.0])
def test_clustering_and_products_together_cost_epsilon(table, epsilon, holdings):
    assert setup(table, epsilon, holdings=holdings).private.epsilon == pytest.approx(epsilon)


def test_a_synopsis_is_bought_as_the_app_buys_it_and_other_engines_for_their_own_k(table):
    assert setup(table, engine=SYNOPSIS).private.spec.n_clusters_served == N_CLUSTERS_SERVED
    assert setup(table, engine=PROTOTYPE).private.spec.n_clusters_served == 3


def test_both_pipelines_are_attacked_and_progress_is_reported(table):
    steps = list(nonprivate_attack(setup(table), 5, 10, NoiseSource(source=table.source, seed=1)))

    assert [(step.done, step.total) for step in steps] == [(done, 10) for done in range(1, 11)]
    assert all(step.result is None for step in steps[:-1])
    found = steps[-1].result
    assert found.plain.success.rate == 1.0
    assert (found.plain.epsilon, found.private.epsilon) == (None, pytest.approx(1.0))
    assert found.private.n_runs == found.plain.n_runs == 10


def test_a_seed_repeats_the_attack_and_none_never_does(table):
    def shifts(seed):
        *_, last = nonprivate_attack(setup(table), 5, 4, NoiseSource(source=table.source, seed=seed))
        return last.result.private.inside[Statistic.CENTER_SHIFT]

    np.testing.assert_array_equal(shifts(1), shifts(1))
    assert not np.array_equal(shifts(None), shifts(None))
