import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core import limits
from core.clustering.types import Clustering
from core.data.table import Holdings
from core.privacy.noise import secure_rng
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import ProductTable, nonprivate_group_counts, release_product_table

ALPHA = 1e-6
PRODUCTS = ("deposit", "card", "loan", "pension", "fund")
#: At this ε the noise is 0 but with a chance of e^-300000.
NOISELESS = 1e6

POINTS = np.array([[-0.9, 0.0], [-0.7, 0.0], [0.1, 0.0], [0.9, 0.0]])
COARSE = Grouping(
    centers=np.array([[-0.8, 0.0], [0.5, 0.0]]),
    points=POINTS,
    weights=np.array([10.0, 30.0, 5.0, 15.0]),
    serves_any_k=True,
)
PEOPLE = np.array([[-0.9, 0.1], [-0.7, 0.0], [0.2, 0.0], [0.9, -0.3]], dtype=np.float32)
HELD = [[0, 1, -1], [1, -1, -1], [3, 0, 1], [-1, -1, -1]]


def _holdings(rows, products=PRODUCTS):
    return Holdings(products=products, held=np.array(rows, dtype=np.int8))


def _random(rng, n_people, most=5):
    return _holdings(rng.integers(-1, len(PRODUCTS), (n_people, most))), rng.uniform(-1, 1, (n_people, 2))


def _bought(holdings, points, seed=0, **options):
    chosen = {"grouping": COARSE, "epsilon": 1.0, **options}
    return release_product_table(holdings, points, rng=np.random.default_rng(seed), **chosen)


def _clusters(*centers):
    return Clustering(centers=np.array(centers, dtype=float), weights=np.full(len(centers), 10.0))


def test_holders_are_counted_by_the_nearest_group():
    table = _bought(_holdings(HELD), PEOPLE, epsilon=NOISELESS)

    assert table.noisy_counts.tolist() == [[1, 2, 0, 0, 0], [1, 1, 0, 1, 0]]


def test_groups_add_up_to_clusters_and_a_divided_group_is_shared_by_its_noisy_weights():
    table = _bought(_holdings(HELD), PEOPLE, epsilon=NOISELESS)

    # The second group has a quarter of its weight at 0.1, which is nearer to the left cluster.
    counts = table.for_clusters(_clusters([-0.5, 0.0], [0.9, 0.0]))

    assert counts.counts.tolist() == [[1.25, 2.25, 0, 0.25, 0], [0.75, 0.75, 0, 0.75, 0]]
    assert counts.overall.tolist() == [2, 3, 0, 1, 0]


def test_the_noise_of_a_cluster_is_that_of_its_parts():
    table = _bought(_holdings(HELD), PEOPLE, epsilon=0.6)

    counts = table.for_clusters(_clusters([-0.5, 0.0], [0.9, 0.0]))

    q = math.exp(-0.2)
    assert table.noise_sd == pytest.approx(math.sqrt(2 * q) / (1 - q))
    assert counts.noise_sd == pytest.approx(table.noise_sd * np.sqrt([1 + 0.25**2, 0.75**2]))
    assert counts.overall_sd == pytest.approx(table.noise_sd * math.sqrt(2))


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_every_k_shares_out_the_same_people(n_clusters, seed):
    rng = np.random.default_rng(seed)
    table = _bought(*_random(rng, 40), seed)

    counts = table.for_clusters(_clusters(*rng.uniform(-1, 1, (n_clusters, 2))))

    assert counts.counts.sum(axis=0) == pytest.approx(counts.overall)
    assert counts.overall.tolist() == table.noisy_counts.sum(axis=0).tolist()
    assert (counts.noise_sd > 0).all()


def test_a_cluster_without_any_group_is_not_known_exactly():
    table = _bought(_holdings(HELD), PEOPLE)

    counts = table.for_clusters(_clusters([-0.8, 0.0], [0.5, 0.0], [0.0, 1.0]))

    assert counts.counts[2].tolist() == [0] * 5
    assert counts.noise_sd[2] == table.noise_sd


@given(st.integers(1, 20), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_one_person_more_changes_the_table_by_at_most_the_cap(n_people, max_per_person, seed):
    holdings, points = _random(np.random.default_rng(seed), n_people)

    more = _bought(holdings, points, seed, max_per_person=max_per_person).noisy_counts
    fewer = _bought(_holdings(holdings.held[:-1]), points[:-1], seed, max_per_person=max_per_person).noisy_counts

    # The same generator draws the same noise, which cancels.
    assert np.abs(more - fewer).sum() <= max_per_person
    assert np.abs(more - fewer).max(initial=0) <= 1


@pytest.mark.parametrize("max_per_person", [1, 3])
def test_every_place_of_the_table_gets_noise_for_the_whole_cap(max_per_person):
    products = tuple(str(number) for number in range(300))
    nobody = Holdings(products=products, held=np.empty((0, 4), dtype=np.int16))
    grouping = Grouping.from_clustering(_clusters(*np.linspace(-1, 1, 200).reshape(100, 2)))

    table = _bought(nobody, np.empty((0, 2)), grouping=grouping, epsilon=0.3, max_per_person=max_per_person)

    draws, epsilon = table.noisy_counts.ravel(), 0.3 / max_per_person
    assert _discrete_ks(draws, stats.dlaplace(epsilon)) > ALPHA
    assert _discrete_ks(draws, stats.dlaplace(epsilon * 1.2)) < ALPHA
    assert _discrete_ks(draws, stats.dlaplace(epsilon / 1.2)) < ALPHA
    assert draws.std() == pytest.approx(table.noise_sd, rel=0.05)


def _discrete_ks(draws, law):
    values, counts = np.unique(draws, return_counts=True)
    empirical = np.cumsum(counts) / len(draws)
    before = np.concatenate([[0.0], empirical[:-1]])
    distance = max(np.abs(empirical - law.cdf(values)).max(), np.abs(before - law.cdf(values - 1)).max())
    return stats.kstwobign.sf(distance * np.sqrt(len(draws)))


@given(st.floats(limits.EPSILON_MIN, limits.EPSILON_MAX), st.integers(1, 7))
def test_the_charge_is_what_the_noise_was_drawn_with_and_never_above_epsilon(epsilon, max_per_person):
    table = _bought(_holdings(HELD), PEOPLE, epsilon=epsilon, max_per_person=max_per_person)

    (charge,) = table.charges
    assert charge.name == "products"
    assert charge.epsilon <= epsilon
    assert charge.epsilon == pytest.approx(epsilon, abs=max_per_person * 2.0**-31)


@given(st.integers(0, 2**32 - 1))
def test_the_same_generator_gives_the_same_table_which_survives_json(seed):
    holdings, points = _random(np.random.default_rng(seed), 30)
    first, second = (_bought(holdings, points, seed) for _ in range(2))

    read = ProductTable.from_json(first.to_json())

    assert np.array_equal(first.noisy_counts, second.noisy_counts)
    assert read.to_json() == first.to_json()
    assert np.array_equal(read.noisy_counts, first.noisy_counts)
    assert read.charges == first.charges


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="format must be 2, not 7"):
        ProductTable.from_json('{"format": 7}')


def test_only_unpredictable_noise_is_private():
    table = _bought(_holdings(HELD), PEOPLE)
    secret = release_product_table(_holdings(HELD), PEOPLE, grouping=COARSE, epsilon=1.0, rng=secure_rng())

    assert not table.is_private
    assert secret.is_private


def test_renumbered_clusters_find_their_own_counts():
    clusters = _clusters([-0.8, 0.0], [0.5, 0.0])
    turned = dataclasses.replace(clusters, centers=clusters.centers[::-1].copy())
    table = _bought(_holdings(HELD), PEOPLE, grouping=Grouping.from_clustering(clusters), epsilon=NOISELESS)

    assert table.for_clusters(turned).counts.tolist() == table.for_clusters(clusters).counts[::-1].tolist()


def test_exact_counts_have_no_noise_and_no_cap():
    held = [[0, 1, 2, 3, 4, 4], [1, -1, -1, -1, -1, -1]]

    counts = nonprivate_group_counts(_holdings(held), np.array([1, 0]), _clusters([-1.0, 0.0], [1.0, 0.0]))

    assert counts.counts.tolist() == [[0, 1, 0, 0, 0], [1, 1, 1, 1, 1]]
    assert counts.noise_sd.tolist() == [0, 0]
    assert counts.people.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"epsilon": 0.0}, "epsilon must be positive and finite, not 0"),
        ({"epsilon": math.nan}, "epsilon must be positive and finite, not nan"),
        ({"max_per_person": 0}, "max_per_person must be at least 1, not 0"),
    ],
)
def test_arguments_out_of_range_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        _bought(_holdings(HELD), PEOPLE, **options)
