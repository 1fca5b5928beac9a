"""A clustering assigns people to its nearest centres, fits itself and cannot be changed."""

import numpy as np
import pytest

from core.clustering.types import Clustering


def test_people_go_to_the_nearest_centre_and_to_the_first_of_two():
    clustering = Clustering(centers=np.array([[-0.5], [0.5]]), weights=np.array([3.0, 1.0]))

    assert clustering.n_clusters == 2
    labels = clustering.assign(np.array([[-0.9], [0.1], [0.0]], dtype=np.float32))
    assert (labels.tolist(), labels.dtype) == ([0, 1, 0], np.int32)


@pytest.mark.parametrize(("centers", "weights"), [((2, 3), (3,)), ((2,), (2,)), ((2, 3), (2, 1))])
def test_weights_must_fit_the_centres(centers, weights):
    with pytest.raises(ValueError, match="do not fit centers"):
        Clustering(centers=np.zeros(centers), weights=np.zeros(weights))


def test_a_clustering_cannot_be_changed():
    clustering = Clustering(centers=np.zeros((1, 2)), weights=np.ones(1))

    for array in (clustering.centers, clustering.weights):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
