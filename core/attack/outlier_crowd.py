"""A small invented crowd and one stray, for guessing by eye who was in a picture."""

import numpy as np

from core.arrays import FloatArray, read_only

N_CLUSTERS = 3
#: Crowd and stray together; few enough for one person to move a centre visibly.
N_PEOPLE = 30
_MIDDLES = ((-0.55, -0.35), (-0.15, 0.55), (0.4, -0.2))
_SPREAD = 0.1
#: The stray is nearest to the last group.
_STRAY = (0.9, 0.85)


def stray_crowd(seed: int) -> FloatArray:
    """Return invented people in a box of two features, float32 of shape ``(N_PEOPLE, 2)``; the last one is the stray.

    Args:
        seed: Seed of where the crowd stands; public.
    """
    rng = np.random.default_rng(seed)
    middles = np.asarray(_MIDDLES)[np.arange(N_PEOPLE - 1) % N_CLUSTERS]
    crowd = np.clip(middles + _SPREAD * rng.standard_normal(middles.shape), -1.0, 1.0)
    return read_only(np.vstack([crowd, _STRAY]).astype(np.float32))
