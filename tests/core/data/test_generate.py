import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from core.data import GENERATED, PROTOTYPE, Recipe, generate, prototype_2020
from core.data.catalogue import ProductKind, load_catalogue
from core.data.generate import PRODUCTS_MAX, _odds_table
from core.limits import PEOPLE_MAX, PEOPLE_MIN, PERSONAS_MAX, PERSONAS_MIN, SEED_MAX

recipes = st.builds(
    Recipe,
    n_people=st.integers(PEOPLE_MIN, 400),
    n_personas=st.integers(PERSONAS_MIN, PERSONAS_MAX),
    overlap=st.floats(0, 1),
    inequality=st.floats(0, 1),
    seed=st.integers(0, SEED_MAX),
)

GOLDEN_FIRST_PERSON = [31.1, 6.3, 19.1, 34.9, 13.6, 26.9, 57.8, 17.1, 111.3, 8.7, 73.6, 12.4]
GOLDEN_GROUPS = [2, 1, 0, 0, 0, 3, 1, 1]


def agreement_with_plain_k_means(table, n_clusters):
    labels = KMeans(n_clusters, n_init=10, random_state=0).fit_predict(table.points())
    return adjusted_rand_score(table.true_groups, labels)


@given(recipes)
def test_every_recipe_gives_its_people_personas_and_products(recipe):
    table = generate(recipe)

    assert table.source == GENERATED
    assert table.content_key == recipe.content_key
    assert table.values.shape == (recipe.n_people, 12)
    assert table.values.dtype == np.float32
    assert np.isfinite(table.values).all()
    assert (table.values >= 0).all()
    assert set(np.unique(table.true_groups)) == set(range(recipe.n_personas))
    assert len(table.group_names) == recipe.n_personas


@given(recipes)
def test_nobody_holds_a_product_twice_or_more_than_four(recipe):
    holdings = generate(recipe).holdings
    n_held = (holdings.held >= 0).sum(axis=1)

    assert holdings.held.shape == (recipe.n_people, PRODUCTS_MAX)
    assert (holdings.matrix().sum(axis=1) == n_held).all()


@given(recipes)
@settings(max_examples=10)
def test_the_same_recipe_gives_the_same_people(recipe):
    one, other = generate(recipe), generate(recipe)

    assert (one.values == other.values).all()
    assert (one.holdings.held == other.holdings.held).all()


@given(recipes, recipes)
def test_recipes_have_equal_keys_only_if_they_are_equal(one, other):
    assert (one.content_key == other.content_key) == (one == other)


def test_the_people_of_a_known_recipe_do_not_change_unnoticed():
    # A changed figure here means: raise VERSION, so that caches and links tell the two apart.
    table = generate(Recipe(n_people=30, seed=1))

    assert table.values[0].tolist() == pytest.approx(GOLDEN_FIRST_PERSON)
    assert table.true_groups[:8].tolist() == GOLDEN_GROUPS


def test_equal_personas_share_the_people_equally():
    table = generate(Recipe(n_people=1000, n_personas=4, inequality=0))

    assert np.bincount(table.true_groups).tolist() == [250, 250, 250, 250]


def test_unequal_personas_follow_zipfs_law():
    table = generate(Recipe(n_people=1003, n_personas=3, inequality=1))

    # Weights 1, 2^-1.5, 3^-1.5 share out 1000 people; one more each.
    assert np.bincount(table.true_groups).tolist() == [648, 230, 125]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_plain_k_means_finds_the_default_personas_well_but_not_perfectly(seed):
    table = generate(Recipe(seed=seed))

    assert 0.85 <= agreement_with_plain_k_means(table, 4) <= 0.97


def test_more_overlap_makes_personas_harder_to_tell_apart():
    agreements = [
        agreement_with_plain_k_means(generate(Recipe(n_people=3000, overlap=overlap)), 4) for overlap in (0, 0.5, 1)
    ]

    assert agreements[0] > 0.99
    assert agreements[0] > agreements[1] > agreements[2]


def test_households_spend_plausible_amounts_within_the_public_bounds():
    table = generate(Recipe(n_personas=10))
    totals = table.values.sum(axis=1)

    assert np.quantile(totals, 0.1) > 150
    assert np.quantile(totals, 0.9) < 600
    assert table.nonprivate_clipped().sum() < 0.001 * table.values.size


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("n_people", PEOPLE_MIN - 1),
        ("n_people", PEOPLE_MAX + 1),
        ("n_personas", PERSONAS_MIN - 1),
        ("n_personas", PERSONAS_MAX + 1),
        ("overlap", -0.1),
        ("overlap", 1.1),
        ("overlap", float("nan")),
        ("inequality", 2.0),
        ("seed", -1),
        ("seed", SEED_MAX + 1),
    ],
)
def test_a_recipe_outside_the_limits_names_the_argument_and_the_value(argument, value):
    with pytest.raises(ValueError, match=rf"{argument} must be between .* and .*, not {value}"):
        Recipe(**{argument: value})


def test_drawn_products_follow_the_odds():
    table = generate(Recipe(n_people=20_000, n_personas=2, inequality=0))
    catalogue = load_catalogue()
    is_card = np.asarray([product.kind is ProductKind.CARD for product in catalogue.products])
    cards = table.holdings.matrix()[:, is_card].sum(axis=1)

    # The single who dines out holds cards more than the family, as their kind odds say.
    assert cards[table.true_groups == 0].mean() > cards[table.true_groups == 1].mean()


def test_the_odds_table_gives_each_product_its_share():
    table = _odds_table(np.asarray([0.25, 0.5, 0.25]))

    assert np.bincount(table).tolist() == [16384, 32768, 16384]


def test_the_prototype_has_thirty_people_three_features_and_four_groups():
    table = prototype_2020()

    assert table.source == PROTOTYPE
    assert table.values.shape == (30, 3)
    assert np.bincount(table.true_groups).tolist() == [8, 8, 7, 7]
    assert table.nonprivate_clipped().sum() == 0


@pytest.mark.parametrize("seed", range(5))
def test_plain_k_means_finds_the_prototypes_groups_without_a_mistake(seed):
    table = prototype_2020()
    labels = KMeans(4, n_init=10, random_state=seed).fit_predict(table.points())

    assert adjusted_rand_score(table.true_groups, labels) == 1.0
