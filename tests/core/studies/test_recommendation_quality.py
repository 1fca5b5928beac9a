"""Offline evaluation of recommendations: metrics and changes by hand, and what each recommender leaves out."""

import math

import numpy as np
import pytest

from core.data.table import Holdings
from core.studies.held_out import HiddenProducts
from core.studies.recommendation_quality import (
    nonprivate_list_changes,
    nonprivate_ranking_metrics,
    recommend_by_neighbours,
    recommend_by_scores,
)

PRODUCTS = tuple("abcdefgh")


def _holdings(rows):
    return Holdings(products=PRODUCTS, held=np.array(rows, dtype=np.int8).reshape(len(rows), -1))


def _hidden(*pairs):
    people, products = zip(*pairs, strict=True)
    return HiddenProducts(people=np.array(people), products=np.array(products))


def test_metrics_by_hand():
    lists = np.array([[3, 1, 0, 5, 6], [2, 4, -1, -1, -1], [7, 6, 5, 4, 3]])

    metrics = nonprivate_ranking_metrics(lists, _hidden((0, 3), (0, 6), (1, 4), (2, 0)), n_products=8)

    # Positions 1, 5, 2 and none.
    assert (metrics.hit_1, metrics.hit_3, metrics.hit_5) == (0.25, 0.5, 0.75)
    assert metrics.ndcg_5 == pytest.approx((1 + 1 / math.log2(6) + 1 / math.log2(3)) / 4)
    assert metrics.coverage == 1.0


def test_nothing_to_find_is_not_an_error():
    nothing = HiddenProducts(people=np.empty(0, dtype=int), products=np.empty(0, dtype=int))

    assert nonprivate_ranking_metrics(np.array([[0, 1, 2, 3, 4]]), nothing, n_products=8).hit_5 == 0.0


def test_changes_by_hand():
    plain = np.array([[0, 1, 2], [0, 1, 2], [3, 4, -1], [-1, -1, -1]])
    private = np.array([[0, 2, 1], [5, 1, 0], [3, 6, -1], [-1, -1, -1]])

    changes = nonprivate_list_changes(private, plain, np.array([0, 0, 1, 0]))

    # 0 of 3, 1 of 3, 1 of 2, nothing to change.
    assert changes.changed == pytest.approx((0 + 1 / 3 + 1 / 2) / 4)
    assert changes.first_changed == 0.25
    assert changes.by_group == ((3, pytest.approx(1 / 9)), (1, pytest.approx(0.5)))


def test_lists_follow_the_scores_without_what_is_held():
    scores = np.array([[0.1, 0.9, 0.5, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 2]])

    lists = recommend_by_scores(scores, np.array([0, 1]), _holdings([[1, -1], [-1, -1]]), n=2)

    assert lists.tolist() == [[2, 0], [7, 0]]


def test_who_holds_everything_is_recommended_nothing():
    lists = recommend_by_scores(np.ones((1, 8)), np.array([0]), _holdings([list(range(8))]), n=3)

    assert lists.tolist() == [[-1, -1, -1]]


def test_neighbours_recommend_what_the_same_people_hold_and_else_what_most_hold():
    lists = recommend_by_neighbours(_holdings([[0, 1], [0, 1], [0, 1], [2, 3], [2, -1], [-1, -1]]), n=2)

    assert lists[4, 0] == 3
    assert set(lists[5].tolist()) == {0, 1}
