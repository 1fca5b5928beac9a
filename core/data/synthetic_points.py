"""Synthetic points in the normalised domain, with as many columns as wanted."""

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.limits import PERSONAS_MAX, PERSONAS_MIN

COLUMNS_LIMIT = 100
#: A persona's middle lies within this far of the middle of each column.
REACH = 0.5
#: Spread of people around their persona at overlap 0 and at overlap 1.
SPREAD_LEAST, SPREAD_MOST = 0.1, 0.6


def synthetic_points(
    *, n_people: int, n_columns: int, n_personas: int, overlap: float, seed: int
) -> tuple[FloatArray, IntArray]:
    """Return points drawn around several personas, and the persona of each.

    Every column separates the personas a little. Fewer columns under the same seed are the first columns of the same
    people. The same arguments give the same people.

    Args:
        n_people: Number of people; positive.
        n_columns: Number of columns, up to ``COLUMNS_LIMIT``.
        n_personas: Number of personas, equally common.
        overlap: From 0, personas far apart, to 1, hardly to be told apart.
        seed: Seed of all randomness; public.

    Returns:
        Points in [-1, 1]^d, float32 of shape ``(n_people, n_columns)``, and personas of shape ``(n_people,)``.

    Raises:
        ValueError: If an argument is out of its range.
    """
    if n_people < 1 or not 1 <= n_columns <= COLUMNS_LIMIT:
        raise ValueError(f"n_people must be positive and n_columns up to {COLUMNS_LIMIT}: {n_people}, {n_columns}")
    if not PERSONAS_MIN <= n_personas <= PERSONAS_MAX or not 0 <= overlap <= 1:
        raise ValueError(f"no personas can be made of n_personas {n_personas} and overlap {overlap}")
    for_groups, *for_columns = np.random.SeedSequence(seed).spawn(1 + n_columns)
    groups = np.random.default_rng(for_groups).permutation(np.arange(n_people, dtype=np.int32) % n_personas)
    spread = np.float32(SPREAD_LEAST + (SPREAD_MOST - SPREAD_LEAST) * overlap)
    points = np.empty((n_people, n_columns), dtype=np.float32)
    for j, source in enumerate(for_columns):
        rng = np.random.default_rng(source)
        middles = rng.uniform(-REACH, REACH, n_personas).astype(np.float32)
        points[:, j] = middles[groups] + spread * rng.standard_normal(n_people, dtype=np.float32)
    return read_only(np.clip(points, -1.0, 1.0)), read_only(groups)
