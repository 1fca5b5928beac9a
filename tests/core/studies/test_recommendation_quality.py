import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import Recipe, generate
from core.data.table import Holdings
from core.recommendation import load_catalogue
from core.studies.held_out import HeldOut, Target, hold_out
from core.studies.recommendation_quality import neighbour_lists, nonprivate_changes, nonprivate_quality, top_lists
from core.studies.recommendation_trial import Method, Setting, nonprivate_trial
from core.studies.unseen_people import nonprivate_unseen

PRODUCTS = tuple("abcdefgh")


def _holdings(rows):
    return Holdings(products=PRODUCTS, held=np.array(rows, dtype=np.int8).reshape(len(rows), -1))


def _target(*pairs):
    people, products = zip(*pairs, strict=True)
    return Target(people=np.array(people), products=np.array(products))


def test_quality_by_hand():
    lists = np.array([[3, 1, 0, 5, 6], [2, 4, -1, -1, -1], [7, 6, 5, 4, 3]])

    quality = nonprivate_quality(lists, _target((0, 3), (0, 6), (1, 4), (2, 0)), n_products=8)

    # Positions 1, 5, 2 and none.
    assert (quality.hit_1, quality.hit_3, quality.hit_5) == (0.25, 0.5, 0.75)
    assert quality.ndcg_5 == pytest.approx((1 + 1 / math.log2(6) + 1 / math.log2(3)) / 4)
    assert quality.coverage == 1.0


def test_nothing_to_find_is_not_an_error():
    nothing = Target(people=np.empty(0, dtype=int), products=np.empty(0, dtype=int))

    assert nonprivate_quality(np.array([[0, 1, 2, 3, 4]]), nothing, n_products=8).hit_5 == 0.0


def test_changes_by_hand():
    plain = np.array([[0, 1, 2], [0, 1, 2], [3, 4, -1], [-1, -1, -1]])
    private = np.array([[0, 2, 1], [5, 1, 0], [3, 6, -1], [-1, -1, -1]])

    changes = nonprivate_changes(private, plain, np.array([0, 0, 1, 0]))

    # 0 of 3, 1 of 3, 1 of 2, nothing to change.
    assert changes.changed == pytest.approx((0 + 1 / 3 + 1 / 2) / 4)
    assert changes.first_changed == 0.25
    assert changes.by_group == ((3, pytest.approx(1 / 9)), (1, pytest.approx(0.5)))


@given(st.lists(st.lists(st.integers(-1, 7), min_size=4, max_size=4), min_size=1, max_size=15), st.integers(0, 999))
def test_one_product_of_everybody_who_holds_any_is_hidden(rows, seed):
    training, target = hold_out(_holdings(rows), rng=np.random.default_rng(seed))

    before = [set(row) - {-1} for row in rows]
    after = [set(row) - {-1} for row in training.held.tolist()]
    assert target.people.tolist() == [row for row, held in enumerate(before) if held]
    for person, product in zip(target.people.tolist(), target.products.tolist(), strict=True):
        assert after[person] == before[person] - {product}
        assert product in before[person]


def test_lists_follow_the_scores_without_what_is_held():
    scores = np.array([[0.1, 0.9, 0.5, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 2]])

    lists = top_lists(scores, np.array([0, 1]), _holdings([[1, -1], [-1, -1]]), n=2)

    assert lists.tolist() == [[2, 0], [7, 0]]


def test_who_holds_everything_is_recommended_nothing():
    lists = top_lists(np.ones((1, 8)), np.array([0]), _holdings([list(range(8))]), n=3)

    assert lists.tolist() == [[-1, -1, -1]]


def test_neighbours_recommend_what_the_same_people_hold_and_else_what_most_hold():
    lists = neighbour_lists(_holdings([[0, 1], [0, 1], [0, 1], [2, 3], [2, -1], [-1, -1]]), n=2)

    assert lists[4, 0] == 3
    assert set(lists[5].tolist()) == {0, 1}


@pytest.fixture(scope="module")
def held_out():
    return HeldOut.one_each(generate(Recipe(n_people=4000, n_personas=4)), rng=np.random.default_rng(1))


def _setting(epsilon):
    return Setting(catalogue=load_catalogue(), epsilons=(epsilon,), n_clusters=4)


def test_on_generated_people_groups_beat_popularity_and_much_budget_costs_little(held_out):
    outcomes = nonprivate_trial(held_out, _setting(20.0), rng=np.random.default_rng(2))

    hits = {outcome.method: outcome.quality.hit_3 for outcome in outcomes}
    assert set(hits) == set(Method)
    assert hits[Method.RANKING_PLAIN] > 1.25 * hits[Method.POPULARITY]
    assert hits[Method.RANKING_PRIVATE] > 0.95 * hits[Method.RANKING_PLAIN]
    changed = {outcome.method: outcome.changes for outcome in outcomes if outcome.epsilon}
    assert changed[Method.RANKING_PRIVATE].changed < 0.2


def test_people_never_seen_are_served_like_those_seen(held_out):
    plain, private = nonprivate_unseen(held_out, _setting(5.0), rng=np.random.default_rng(3))

    assert plain.plain_agreement == (1.0, 1.0)
    for result in (plain, private):
        assert result.inertia[1] == pytest.approx(result.inertia[0], rel=0.1)
        assert result.adjusted_rand[1] == pytest.approx(result.adjusted_rand[0], abs=0.1)
        assert result.plain_agreement[1] == pytest.approx(result.plain_agreement[0], abs=0.1)
        assert result.hit_3[1] == pytest.approx(result.hit_3[0], abs=0.1)


def test_targets_must_be_pairs():
    with pytest.raises(ValueError, match="2 people do not fit 1 products"):
        Target(people=np.array([0, 1]), products=np.array([0]))
