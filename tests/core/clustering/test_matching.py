from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics.cluster import contingency_matrix

from core.clustering.matching import match_clusters, nonprivate_contingency

labelings = st.integers(1, 60).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n).map(np.array)] * 2)
)


def test_twins_share_most_people():
    plain = np.array([0, 0, 0, 1, 1, 2])
    private = np.array([2, 2, 1, 0, 0, 1])

    matching = match_clusters(plain, private, 3)

    assert matching.private_of_plain.tolist() == [2, 0, 1]
    assert matching.contingency.tolist() == [[2, 0, 1], [0, 2, 0], [0, 0, 1]]
    assert matching.overlap == pytest.approx([2 / 3, 1, 1])
    assert matching.moved_share == pytest.approx(1 / 6)
    assert matching.renumber(private).tolist() == [0, 0, 2, 1, 1, 2]


@given(labelings)
def test_no_other_pairing_keeps_more_people_together(pair):
    plain, private = pair
    counts = nonprivate_contingency(plain, private, shape=(4, 4))

    matching = match_clusters(plain, private, 4)

    best = max(sum(counts[i, order[i]] for i in range(4)) for order in permutations(range(4)))
    assert np.trace(matching.contingency) == best
    assert sorted(matching.private_of_plain.tolist()) == [0, 1, 2, 3]


@given(labelings)
def test_renumbered_labels_give_the_matched_table(pair):
    plain, private = pair

    matching = match_clusters(plain, private, 4)

    renumbered = matching.renumber(private)
    assert np.array_equal(nonprivate_contingency(plain, renumbered, shape=(4, 4)), matching.contingency)
    assert matching.moved_share == pytest.approx((renumbered != plain).mean())


@given(labelings, st.permutations(range(4)))
def test_a_renamed_clustering_matches_itself_entirely(pair, names):
    plain, _ = pair

    matching = match_clusters(plain, np.array(names)[plain], 4)

    assert matching.moved_share == 0
    assert np.array_equal(matching.renumber(np.array(names)[plain]), plain)


@given(labelings)
def test_the_table_equals_that_of_scikit_learn(pair):
    plain, private = pair
    table = nonprivate_contingency(plain, private, shape=(4, 4))

    expected = contingency_matrix(plain, private)

    assert np.array_equal(table[np.ix_(np.unique(plain), np.unique(private))], expected)
    assert table.sum() == len(plain)


def test_nobody_is_matched_without_complaint():
    matching = match_clusters(np.array([], dtype=int), np.array([], dtype=int), 3)

    assert matching.overlap.tolist() == [0, 0, 0]
    assert matching.moved_share == 0


def test_labels_of_different_people_are_refused():
    with pytest.raises(ValueError, match="not of the same people"):
        match_clusters(np.zeros(3, dtype=int), np.zeros(4, dtype=int), 2)


@pytest.mark.parametrize("outside", [-1, 2])
def test_labels_out_of_range_are_refused(outside):
    with pytest.raises(ValueError, match="labels must lie in 0 … 1"):
        match_clusters(np.array([0, outside]), np.array([0, 1]), 2)
