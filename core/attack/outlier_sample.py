"""A small synthetic sample with one outlier, for guessing by eye who was in the data."""

import numpy as np

from core.arrays import FloatArray, read_only

N_CLUSTERS = 3
#: All people, the outlier included; few enough for one person to move a centre visibly.
N_PEOPLE = 30
_MEANS = ((-0.55, -0.35), (-0.15, 0.55), (0.4, -0.2))
_STANDARD_DEVIATION = 0.1
#: Nearest to the last cluster.
_OUTLIER = (0.9, 0.85)


def synthetic_outlier_sample(seed: int) -> FloatArray:
    """Return synthetic people in two scaled features, float32 of shape ``(N_PEOPLE, 2)``; the last one is the outlier.

    Args:
        seed: Seed of the sample; public.
    """
    rng = np.random.default_rng(seed)
    means = np.asarray(_MEANS)[np.arange(N_PEOPLE - 1) % N_CLUSTERS]
    others = np.clip(means + _STANDARD_DEVIATION * rng.standard_normal(means.shape), -1.0, 1.0)
    return read_only(np.vstack([others, _OUTLIER]).astype(np.float32))
