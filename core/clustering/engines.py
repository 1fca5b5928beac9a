"""The private engines to choose from, behind one door."""

from enum import StrEnum
from typing import TypeAlias

import numpy as np

from core.arrays import FloatArray
from core.clustering.lloyd.estimator import release_lloyd
from core.clustering.lloyd.release import LloydRelease
from core.clustering.synopsis.release import release_synopsis
from core.clustering.synopsis.synopsis import Synopsis
from core.privacy.noise import is_secure

#: What the engines sell; each is a ``Release``.
EngineRelease: TypeAlias = Synopsis | LloydRelease


class Engine(StrEnum):
    """A way to buy a private clustering."""

    SYNOPSIS = "synopsis"
    PROTOTYPE = "prototype"
    DEFAULT = SYNOPSIS


#: Engines whose one release serves every k.
ANY_K: frozenset[Engine] = frozenset({Engine.SYNOPSIS})


def buy_release(
    points: FloatArray,
    *,
    engine: Engine,
    n_clusters: int,
    epsilon: float,
    rng: np.random.Generator,
) -> EngineRelease:
    """Draw the noise of one release: the only place where the app spends ε on a clustering.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        engine: How to cluster.
        n_clusters: Number of groups the release must serve; engines in ``ANY_K`` serve every other number too.
        epsilon: Privacy loss of the whole release.
        rng: Source of the noise; only ``secure_rng()`` makes the release private.

    Returns:
        The release; charge its ``epsilon`` to the data set's ledger.
    """
    if engine is Engine.SYNOPSIS:
        return release_synopsis(points, epsilon=epsilon, n_clusters_served=n_clusters, rng=rng)
    return release_lloyd(points, n_clusters=n_clusters, epsilon=epsilon, rng=rng, is_private=is_secure(rng))
