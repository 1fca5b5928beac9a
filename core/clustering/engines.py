"""The private engines to choose from, behind one door."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from core.arrays import FloatArray
from core.clustering.lloyd import release_lloyd
from core.clustering.model import Release


class Engine(StrEnum):
    """A way to buy a private clustering."""

    PROTOTYPE = "prototype"
    DEFAULT = PROTOTYPE


_RELEASES: Mapping[Engine, Callable[..., Release]] = MappingProxyType({Engine.PROTOTYPE: release_lloyd})

#: Engines whose one release serves every k.
ANY_K: frozenset[Engine] = frozenset()


def buy_release(
    points: FloatArray,
    *,
    engine: Engine,
    n_clusters: int,
    epsilon: float,
    rng: np.random.Generator,
    is_private: bool,
) -> Release:
    """Draw the noise of one release: the only place where the app spends ε on a clustering.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        engine: How to cluster.
        n_clusters: Number of groups the release must serve; engines in ``ANY_K`` serve every other number too.
        epsilon: Privacy loss of the whole release.
        rng: Source of the noise.
        is_private: Whether nobody knows the seed of ``rng``; kept on the release.

    Returns:
        The release; charge its ``epsilon`` to the data set's ledger.
    """
    return _RELEASES[engine](points, n_clusters=n_clusters, epsilon=epsilon, rng=rng, is_private=is_private)
