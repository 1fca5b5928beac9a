import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.clustering.types import Clustering
from core.data import Recipe, generate
from core.data.catalogue import Catalogue, Product, ProductKind, load_catalogue
from core.data.categories import public_categories
from core.data.table import Holdings
from core.metrics.profile import Profile, profile_clusters
from core.recommendation.lift import LIFT_LEAST
from core.recommendation.product_counts import GroupCounts
from core.recommendation.ranking import KIND_MOST, SHOWN, nonprivate_ranking, rank_products
from core.recommendation.reasons import ReasonCode

COLUMNS = tuple(category.column for category in public_categories())
KEYS = [column.key for column in COLUMNS]
CATALOGUE = load_catalogue()
DINING = CATALOGUE.ids.index("card-dining")


def _counts(counts, *, people, noise_sd=0.0, products=None):
    counts = np.asarray(counts, dtype=float)
    return GroupCounts(
        products=CATALOGUE.ids[: counts.shape[1]] if products is None else products,
        counts=counts,
        noise_sd=np.full(len(counts), noise_sd),
        people=np.asarray(people, dtype=float),
        overall=counts.sum(axis=0),
        overall_sd=noise_sd * np.sqrt(len(counts)),
    )


def _profile(n_clusters, **times):
    """Give everybody the average, and group 0 ``times`` as much in some columns."""
    average = np.full(len(KEYS), 10.0)
    amounts = np.tile(average, (n_clusters, 1))
    for key, factor in times.items():
        amounts[0, KEYS.index(key)] *= factor
    return Profile(
        amounts=amounts, average=average, shares=np.full(n_clusters, 1 / n_clusters), traits=((),) * n_clusters
    )


def _ranked(counts, described=None, catalogue=CATALOGUE):
    described = described or _profile(counts.n_clusters)
    return rank_products(counts, described, columns=COLUMNS, catalogue=catalogue)


def test_a_group_too_small_to_say_anything_gets_what_people_overall_use():
    counts = _counts([[3, -40, 25], [900, 500, 100]], people=[4, 2000], noise_sd=20.0)

    ranking = _ranked(counts)

    assert ranking.lifts.lift[0] == pytest.approx(1.0, abs=0.05)
    assert ranking.order(0, n=3) == ranking.order(1, n=3) == (0, 1, 2)
    assert ranking.recommend(0)[0].reasons[0].code is ReasonCode.USED_OVERALL


@given(
    hnp.arrays(np.int64, hnp.array_shapes(min_dims=2, max_dims=2, max_side=8), elements=st.integers(-500, 10**6)),
    st.sampled_from([0.0, 3.0, 1e4]),
    st.sampled_from([0.0, 7.0, 1e6]),
)
def test_any_counts_give_finite_scores(counts, noise_sd, people):
    ranking = _ranked(_counts(counts, people=[people] * len(counts), noise_sd=noise_sd))

    assert np.isfinite(ranking.scores).all()
    assert (ranking.lifts.lift >= LIFT_LEAST).all()
    assert ((ranking.lifts.trust >= 0) & (ranking.lifts.trust <= 1)).all()


def test_a_benefit_where_the_group_spends_more_comes_first_and_says_so():
    counts = _counts(np.full((2, len(CATALOGUE)), 300), people=[1000, 1000])

    first = _ranked(counts, _profile(2, restaurants=1.8)).recommend(0)[0]

    assert first.product_id == "card-dining"
    assert first.reasons[0].code is ReasonCode.BENEFIT_FITS
    assert dict(first.reasons[0].blanks) == {
        "category": "restaurants",
        "times": pytest.approx(1.8),
        "percent": 10.0,
    }


def test_fit_is_the_pull_of_the_benefits_over_their_pull_on_the_average():
    ranking = _ranked(_counts([[1] * len(CATALOGUE)], people=[10]), _profile(1, restaurants=1.8))

    # card-dining gives 10 % on restaurants and 5 % on communication: (1 + 0.1·(18 + 5)) / (1 + 0.1·15).
    assert ranking.fits[0, DINING] == pytest.approx(3.3 / 2.5)
    assert ranking.fits[0, 0] == 1.0


def test_use_above_others_is_told_with_its_count_and_margin():
    counts = _counts([[800, 100], [200, 900]], people=[1000, 1000], noise_sd=10.0)

    first = _ranked(counts).recommend(0)[0]

    assert (first.index, first.holders, first.margin) == (0, 800, 20)
    assert first.reasons[0].code is ReasonCode.USED_MORE
    assert dict(first.reasons[0].blanks) == {
        "times": pytest.approx(1.6, abs=0.02),
        "holders": 800,
        "margin": 20,
    }


def test_what_is_held_is_left_out_and_who_holds_everything_gets_nothing():
    counts = _counts([[50, 40, 30]], people=[100])

    assert _ranked(counts).order(0, held={0}) == (1, 2)
    assert _ranked(counts).recommend(0, held={0, 1, 2}) == ()


def test_nobody_holding_anything_gives_the_best_fits():
    counts = _counts(np.zeros((2, len(CATALOGUE))), people=[1000, 1000])

    assert _ranked(counts, _profile(2, restaurants=3.0)).recommend(0)[0].product_id == "card-dining"


def test_products_nobody_knows_are_ranked_by_use_alone():
    counts = _counts([[10, 90, 40]], people=[100], products=("card-dining", "unheard-of", "deposit-basic"))

    first = _ranked(counts).recommend(0, held={-1, 99})[0]

    assert (first.product_id, first.product) == ("unheard-of", None)
    assert first.reasons[-1].code is ReasonCode.ELIGIBILITY_UNKNOWN


def test_a_catalogue_of_one_recommends_it():
    only = Catalogue(products=(CATALOGUE.product("card-dining"),))
    counts = _counts([[5]], people=[10], products=only.ids)

    assert [each.product_id for each in _ranked(counts, catalogue=only).recommend(0)] == ["card-dining"]


def test_five_products_are_of_more_than_one_kind_unless_there_is_no_other():
    cards = [place for place, product in enumerate(CATALOGUE.products) if product.kind is ProductKind.CARD]
    counts = np.ones((1, len(CATALOGUE)))
    counts[0, cards] = 100
    ranking = _ranked(_counts(counts, people=[1000]))

    chosen = ranking.order(0)
    others = set(range(len(CATALOGUE))) - set(cards)

    assert len(chosen) == SHOWN
    assert sum(place in cards for place in chosen) == KIND_MOST
    assert set(ranking.order(0, held=others)) <= set(cards)
    assert len(ranking.order(0, held=others)) == SHOWN


def test_an_age_rules_out_what_its_terms_refuse_and_an_unknown_one_is_told():
    youth = CATALOGUE.ids.index("savings-youth")
    counts = np.ones((1, len(CATALOGUE)))
    counts[0, youth] = 1000
    ranking = _ranked(_counts(counts, people=[2000]))

    assert ranking.recommend(0)[0].reasons[-1].code is ReasonCode.ELIGIBILITY_UNKNOWN
    assert ranking.recommend(0, age=30)[0].reasons[-1].code is ReasonCode.ELIGIBILITY_MET
    assert youth not in ranking.order(0, age=35, n=len(CATALOGUE))


def test_a_profile_of_other_groups_is_refused():
    with pytest.raises(ValueError, match="a profile of 3 groups cannot describe counts of 2"):
        _ranked(_counts([[1], [1]], people=[1, 1]), _profile(3))


def test_the_plain_side_ranks_exact_counts_of_the_same_people():
    table = generate(Recipe(n_people=500, n_personas=3))
    centers = np.stack([table.points()[table.true_groups == group].mean(axis=0) for group in range(3)]).astype(float)
    clustering = Clustering(centers=centers, weights=np.ones(3))
    labels = clustering.assign(table.points())

    ranking = nonprivate_ranking(
        table.holdings,
        labels,
        clustering,
        profile=profile_clusters(clustering, table),
        columns=table.columns,
        catalogue=CATALOGUE,
    )

    matrix = table.holdings.matrix()
    assert ranking.counts.counts.tolist() == [matrix[labels == group].sum(axis=0).tolist() for group in range(3)]
    assert all(each.margin == 0 and isinstance(each.product, Product) for each in ranking.recommend(0))


def test_a_table_without_columns_of_the_benefits_has_no_fit():
    counts = _counts([[5, 4]], people=[10], products=("card-dining", "nothing"))
    described = Profile(amounts=np.ones((1, 1)), average=np.ones(1), shares=np.ones(1), traits=((),))
    column = dataclasses.replace(COLUMNS[0], key="GROCERY")

    ranking = rank_products(counts, described, columns=(column,), catalogue=CATALOGUE)

    assert ranking.fits.tolist() == [[1.0, 1.0]]
    assert Holdings(products=counts.products, held=np.array([[0]])).matrix().tolist() == [[True, False]]
