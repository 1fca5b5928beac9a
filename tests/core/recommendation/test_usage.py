import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core import limits
from core.data.schema import Holdings
from core.recommendation.usage import nonprivate_usage, release_usage, top_products

ALPHA = 1e-6
PRODUCTS = ("deposit", "card", "loan", "pension")


def _holdings(rows, products=PRODUCTS):
    return Holdings(products=products, held=np.array(rows, dtype=np.int8))


def _random_holdings(rng, n_people, most=4):
    return _holdings(rng.integers(-1, len(PRODUCTS), (n_people, most)).reshape(n_people, most))


def _released(holdings, labels, seed=0, **options):
    chosen = {"n_clusters": 2, "epsilon": 1.0, **options}
    return release_usage(holdings, labels, rng=np.random.default_rng(seed), is_private=False, **chosen)


def test_holders_are_counted_by_group_and_product():
    holdings = _holdings([[0, 1, -1], [1, -1, -1], [3, 0, 1], [-1, -1, -1]])

    counts = nonprivate_usage(holdings, np.array([0, 0, 1, 1]), 3)

    assert counts.tolist() == [[1, 2, 0, 0], [1, 1, 0, 1], [0, 0, 0, 0]]


def test_a_product_listed_twice_is_held_once():
    assert nonprivate_usage(_holdings([[2, 2, -1, 2]]), np.array([0]), 1).tolist() == [[0, 0, 1, 0]]


@given(st.integers(0, 40), st.integers(0, 2**32 - 1))
def test_counts_equal_those_of_the_matrix_of_who_holds_what(n_people, seed):
    rng = np.random.default_rng(seed)
    holdings, labels = _random_holdings(rng, n_people), rng.integers(0, 3, n_people)

    counts = nonprivate_usage(holdings, labels, 3)

    matrix = holdings.matrix()
    assert np.array_equal(counts, np.array([matrix[labels == group].sum(axis=0) for group in range(3)]))


def test_a_private_table_counts_the_first_products_of_the_catalogue_only():
    # At ε = 1e6 the noise is 0 but with a chance of e^-500000.
    table = _released(_holdings([[3, 1, 2, 0]]), np.array([1]), epsilon=1e6, most_held=2)

    assert table.noisy_counts.tolist() == [[0, 0, 0, 0], [1, 1, 0, 0]]


def test_empty_places_do_not_use_up_the_cap():
    table = _released(_holdings([[-1, 3, -1, 3, 1]]), np.array([0]), epsilon=1e6, most_held=2)

    assert table.noisy_counts.tolist() == [[0, 1, 0, 1], [0, 0, 0, 0]]


@given(st.integers(1, 20), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_one_person_more_changes_the_table_by_at_most_the_cap(n_people, most_held, seed):
    rng = np.random.default_rng(seed)
    holdings, labels = _random_holdings(rng, n_people, most=6), rng.integers(0, 2, n_people)

    more, fewer = (
        _released(_holdings(held), groups, seed, most_held=most_held).noisy_counts
        for held, groups in ((holdings.held, labels), (holdings.held[:-1], labels[:-1]))
    )

    # The same generator draws the same noise, which cancels.
    assert np.abs(more - fewer).sum() <= most_held


@pytest.mark.parametrize("most_held", [1, 3])
def test_every_place_of_the_table_gets_noise_for_the_whole_cap(most_held):
    products = tuple(str(number) for number in range(300))
    nobody = Holdings(products=products, held=np.empty((0, 4), dtype=np.int16))

    table = _released(nobody, np.empty(0, dtype=int), n_clusters=100, epsilon=0.3, most_held=most_held)

    draws, epsilon = table.noisy_counts.ravel(), 0.3 / most_held
    assert _discrete_ks(draws, stats.dlaplace(epsilon)) > ALPHA
    assert _discrete_ks(draws, stats.dlaplace(epsilon * 1.2)) < ALPHA
    assert _discrete_ks(draws, stats.dlaplace(epsilon / 1.2)) < ALPHA


def _discrete_ks(draws, law):
    values, counts = np.unique(draws, return_counts=True)
    empirical = np.cumsum(counts) / len(draws)
    before = np.concatenate([[0.0], empirical[:-1]])
    distance = max(np.abs(empirical - law.cdf(values)).max(), np.abs(before - law.cdf(values - 1)).max())
    return stats.kstwobign.sf(distance * np.sqrt(len(draws)))


@given(st.floats(limits.EPSILON_MIN, limits.EPSILON_MAX), st.integers(0, 2**32 - 1))
def test_the_same_generator_gives_the_same_table_which_says_what_it_cost(epsilon, seed):
    rng = np.random.default_rng(seed)
    holdings, labels = _random_holdings(rng, 30), rng.integers(0, 2, 30)

    first, second = (_released(holdings, labels, seed, epsilon=epsilon) for _ in range(2))

    assert np.array_equal(first.noisy_counts, second.noisy_counts)
    assert (first.epsilon, first.most_held, first.is_private) == (epsilon, 3, False)
    assert first.noisy_counts.shape == (2, len(PRODUCTS))


def test_products_rank_by_use_and_ties_by_the_catalogue():
    assert top_products(np.array([3, 9, 3, -2]), 3) == (1, 0, 2)


def test_products_held_already_are_left_out():
    assert top_products(np.array([3, 9, 3, -2]), 3, {1, 0}) == (2, 3)


def test_no_products_wanted_gives_none():
    assert top_products(np.array([3, 9]), 0) == ()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"epsilon": 0.0}, "epsilon must be positive and finite, not 0"),
        ({"epsilon": np.nan}, "epsilon must be positive and finite, not nan"),
        ({"most_held": 0}, "most_held must be at least 1, not 0"),
        ({"n_clusters": 1}, "labels must lie in 0 … 0"),
    ],
)
def test_arguments_out_of_range_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        _released(_holdings([[0], [1]]), np.array([0, 1]), **options)


def test_labels_of_other_people_are_refused():
    with pytest.raises(ValueError, match="1 labels are not of the same people as 2 rows"):
        nonprivate_usage(_holdings([[0], [1]]), np.array([0]), 2)
