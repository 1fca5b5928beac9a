"""Which people are drawn: all, or a public choice of them."""

import numpy as np

from core.arrays import IntArray

#: People drawn on a side: more would cover each other and weigh on the phone.
DRAWN_MAX = 1_500


def choose_rows(n_people: int) -> IntArray:
    """Return the rows that are drawn: all, or a fixed public choice."""
    if n_people <= DRAWN_MAX:
        return np.arange(n_people)
    return np.sort(np.random.default_rng(0).choice(n_people, DRAWN_MAX, replace=False))
