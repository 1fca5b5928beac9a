"""Plain beside private: renumbered like the plain side, and measured on the same people."""

import numpy as np
import pytest

from core.clustering.types import Clustering
from core.metrics.comparison import nonprivate_comparison

POINTS = np.array([[-0.9], [-0.8], [0.1], [0.8], [0.9]])
PLAIN = Clustering(centers=np.array([[-0.85], [0.1], [0.85]]), weights=np.array([2.0, 1.0, 2.0]))
PLAIN_LABELS = np.array([0, 0, 1, 2, 2], dtype=np.int32)
PLAIN_INERTIA = 4 * 0.05**2


def compared(centers, **options):
    private = Clustering(centers=np.asarray(centers), weights=np.arange(1.0, 1.0 + len(centers)))
    return nonprivate_comparison(
        POINTS,
        plain=PLAIN,
        plain_labels=PLAIN_LABELS,
        plain_inertia=PLAIN_INERTIA,
        private=private,
        **options,
    )


def test_the_same_centres_in_another_order_are_the_same_groups():
    found = compared([[0.85], [-0.85], [0.1]])

    assert found.labels.tolist() == PLAIN_LABELS.tolist()
    assert found.private.centers.ravel().tolist() == [-0.85, 0.1, 0.85]
    assert found.private.weights.tolist() == [2.0, 3.0, 1.0]
    assert found.agreement.adjusted_rand == 1.0
    assert found.inertia_ratio == pytest.approx(1.0)
    assert found.matching.moved_share == 0.0


def test_a_person_who_changes_groups_is_counted():
    # 0.1 is now nearest to 0.5, the twin of 0.85; -0.7 and -0.95 share the first two.
    found = compared([[-0.95], [-0.7], [0.5]])

    assert found.labels.tolist() == [0, 0, 2, 2, 2] or found.labels.tolist() == [0, 1, 2, 2, 2]
    assert found.matching.moved_share > 0
    by_hand = 0.05**2 + 0.1**2 + 0.4**2 + 0.3**2 + 0.4**2
    assert found.inertia_ratio == pytest.approx(by_hand / PLAIN_INERTIA)


def test_the_truth_is_compared_only_where_it_is_known():
    truth = np.array([0, 0, 1, 1, 1])

    assert compared([[-0.85], [0.1], [0.85]]).plain_truth is None
    found = compared([[-0.85], [0.1], [0.85]], true_groups=truth)
    assert found.plain_truth == found.private_truth
    assert found.plain_truth.adjusted_rand < 1.0


def test_no_inertia_at_all_is_a_ratio_of_one():
    same = np.zeros((3, 2))
    both = Clustering(centers=np.zeros((1, 2)), weights=np.array([3.0]))
    found = nonprivate_comparison(
        same, plain=both, plain_labels=np.zeros(3, dtype=np.int32), plain_inertia=0.0, private=both
    )

    assert found.inertia_ratio == 1.0


def test_other_numbers_of_clusters_cannot_be_matched():
    with pytest.raises(ValueError, match="2 private clusters cannot match 3 plain ones"):
        compared([[-0.5], [0.5]])
