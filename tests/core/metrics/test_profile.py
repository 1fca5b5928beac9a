"""Groups in the words of their columns."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.types import Clustering
from core.data import GENERATED, Column, Table
from core.metrics.profile import profile_clusters

COLUMNS = tuple(
    Column(key=key, labels={"en": key}, unit="만원", lower=0.0, upper=100.0) for key in ("food", "bus", "play")
)


def table(columns=COLUMNS):
    return Table(columns=columns, values=np.zeros((2, len(columns)), np.float32), source=GENERATED, content_key="t")


def clustering(centers, weights):
    return Clustering(centers=np.asarray(centers, float), weights=np.asarray(weights, float))


def test_amounts_average_and_shares_are_in_raw_units():
    described = profile_clusters(clustering([[-1.0, 0.0, 0.0], [1.0, 0.0, 0.5]], [1.0, 3.0]), table())

    assert described.amounts.tolist() == [[0.0, 50.0, 50.0], [100.0, 50.0, 75.0]]
    assert described.average.tolist() == [75.0, 50.0, 68.75]
    assert described.shares.tolist() == [0.25, 0.75]


def test_a_group_is_named_by_what_it_has_more_of_than_the_others():
    described = profile_clusters(
        clustering([[0.8, -0.5, 0.0], [-0.8, 0.5, 0.3], [-0.8, -0.9, -0.9]], [1, 1, 1]), table()
    )

    assert described.traits == ((0, 2), (1, 2), ())


def test_two_groups_of_one_name_take_a_third_column():
    described = profile_clusters(
        clustering([[0.9, 0.8, 0.4], [0.9, 0.8, -0.1], [-0.9, -0.9, 0], [-0.9, -0.9, 0]], [1, 1, 1, 1]), table()
    )

    assert described.traits[0] == (0, 1, 2)
    assert described.traits[1] == (0, 1)


def test_nobody_anywhere_gives_even_shares():
    assert profile_clusters(clustering([[0, 0, 0], [1, 1, 1]], [0, 0]), table()).shares.tolist() == [0.5, 0.5]


def test_the_telling_columns_are_those_that_differ_most_by_ratio():
    described = profile_clusters(clustering([[-0.9, 0.0, 0.1], [0.9, 0.0, 0.0]], [1, 1]), table())

    assert described.distinctive(0, 2).tolist() == [0, 2]


@given(st.integers(1, 12), st.integers(1, 8), st.integers(0, 1000))
def test_every_group_has_a_profile_whatever_the_centres(k, d, seed):
    rng = np.random.default_rng(seed)
    columns = tuple(
        Column(key=str(j), labels={"ko": str(j), "en": str(j)}, unit="", lower=0.0, upper=10.0) for j in range(d)
    )
    described = profile_clusters(clustering(rng.uniform(-1, 1, (k, d)), rng.integers(0, 5, k)), table(columns))

    assert len(described.traits) == k
    assert abs(described.shares.sum() - 1.0) < 1e-9
    assert all(len(set(traits)) == len(traits) <= 3 for traits in described.traits)
    assert (described.amounts >= 0).all()
    assert (described.amounts <= 10).all()
