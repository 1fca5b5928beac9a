"""k-means turn by turn: by hand, and against scikit-learn from the same start."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from core.clustering.turns import nonprivate_turns


def test_two_pairs_on_a_line_are_found_by_hand():
    points = np.array([[0.0], [0.2], [0.8], [1.0]])

    turns = nonprivate_turns(points, start=np.array([[0.0], [0.2]]), turns_max=9)

    assert [turn.after.ravel().tolist() for turn in turns] == [
        pytest.approx([0.0, 2 / 3]),
        pytest.approx([0.1, 0.9]),
        pytest.approx([0.1, 0.9]),
    ]
    assert turns[-1].nonprivate_labels.tolist() == [0, 0, 1, 1]


def test_the_last_centres_are_those_of_scikit_learn_from_the_same_start(rng):
    points = np.clip(rng.normal(rng.choice([-0.5, 0.5], (200, 1)), 0.15, (200, 2)), -1.0, 1.0)
    start = points[:3]

    theirs = KMeans(3, init=start, n_init=1, tol=0.0, max_iter=300).fit(points)
    ours = nonprivate_turns(points, start=start, turns_max=300)[-1]

    assert ours.after == pytest.approx(theirs.cluster_centers_, abs=1e-9)
    assert (ours.nonprivate_labels == theirs.labels_).all()


def test_a_centre_of_nobody_stays_and_turns_are_bounded():
    points = np.array([[0.0], [1.0]])

    turns = nonprivate_turns(points, start=np.array([[0.0], [9.0]]), turns_max=1)

    assert len(turns) == 1
    assert turns[0].after.ravel().tolist() == [0.5, 9.0]


def test_there_is_at_least_one_turn():
    with pytest.raises(ValueError, match="turns_max"):
        nonprivate_turns(np.zeros((2, 1)), start=np.zeros((1, 1)), turns_max=0)
