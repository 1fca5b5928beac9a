"""A rehearsal knows nothing of anyone: public shape in, what to expect at each ε out."""

import pytest

from core.clustering.engines import ENGINES, SYNOPSIS
from core.reduction.projection import ReductionMethod
from core.reduction.spec import Reduction, ReleaseSpec
from core.studies.rehearsal import PEOPLE_MOST, rehearse

SPEC = ReleaseSpec(engine=SYNOPSIS, epsilon=1.0, n_clusters=3)


def result(spec=SPEC, **shape):
    *_, last = rehearse(spec, **{"n_people": 300, "n_columns": 4, "epsilons": (0.05, 10.0), "n_seeds": 2} | shape)
    return last.result


def test_more_epsilon_gives_more_agreement_and_much_of_it_nearly_all():
    low, high = result(n_people=2_000)

    assert (low.epsilon, high.epsilon) == (0.05, 10.0)
    assert low.ari.median < high.ari.median
    assert high.ari.median > 0.9


@pytest.mark.parametrize("engine", ENGINES.values(), ids=str)
def test_the_same_shape_gives_the_same_rehearsal_with_every_engine(engine):
    spec = ReleaseSpec(engine=engine, epsilon=3.0, n_clusters=3)

    assert result(spec) == result(spec)


def test_it_is_made_in_as_many_dimensions_as_the_release_will_be():
    spec = ReleaseSpec(
        engine=SYNOPSIS, epsilon=1.0, n_clusters=3, reduction=Reduction(method=ReductionMethod.PCA, n_dimensions=2)
    )

    assert len(result(spec)) == 2
    assert result(spec) != result()


def test_progress_is_told_after_each_epsilon():
    steps = [(each.done, each.total) for each in rehearse(SPEC, n_people=40, n_columns=2, epsilons=(1.0, 2.0))]

    assert steps == [(1, 2), (2, 2), (2, 2)]


@pytest.mark.parametrize("n_people", [0, 29, PEOPLE_MOST + 1])
def test_a_number_of_people_out_of_range_is_refused(n_people):
    with pytest.raises(ValueError, match="n_people must be in"):
        rehearse(SPEC, n_people=n_people, n_columns=2)
