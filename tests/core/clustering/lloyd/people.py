"""People in clear groups, and their release by private Lloyd: what several tests look at."""

import numpy as np

from core.clustering.lloyd.estimator import release_lloyd


def draw_blobs(rng, n_people=10_000, d=12, k=4):
    """Return people in ``k`` groups around corners of a smaller box, and the group of each."""
    centers = np.sign(rng.normal(size=(k, d))) * 0.5
    groups = rng.integers(0, k, n_people)
    points = centers[groups] + rng.normal(0, 0.1, (n_people, d))
    return np.clip(points, -1, 1).astype(np.float32), groups


def release(points, seed=0, **options):
    """Release four centres of ``points`` at epsilon 1 unless told otherwise."""
    chosen = {"n_clusters": 4, "epsilon": 1.0, **options}
    return release_lloyd(points, rng=np.random.default_rng(seed), is_private=False, **chosen)
