"""Registry of private clustering engines: one record each, registered here."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np

from core.arrays import FloatArray
from core.clustering.lloyd.estimator import release_lloyd
from core.clustering.lloyd.release import LloydRelease
from core.clustering.synopsis.release import release_synopsis
from core.clustering.synopsis.synopsis import Synopsis
from core.clustering.types import Release
from core.privacy.noise import is_secure


class ReleaseFunction(Protocol):
    """Draws the noise of one release of people in [-1, 1]^d.

    ``n_clusters`` is the number of groups the release must serve; it is private only with ``secure_rng()``.
    """

    def __call__(  # noqa: D102 - see the class
        self, points: FloatArray, *, n_clusters: int, epsilon: float, rng: np.random.Generator
    ) -> Release: ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Engine:
    """A way to release a private clustering. One object a key: it is pickled by its key.

    Attributes:
        key: Name in links, receipts and exported documents; never changes.
        labels: Name for people, by language.
        serves_any_k: Whether one release serves every number of clusters.
        release: Draws one release.
        release_type: What it draws; reads itself back from JSON.
    """

    key: str
    labels: Mapping[str, str]
    serves_any_k: bool
    release: ReleaseFunction
    release_type: type[Release]

    def __str__(self) -> str:
        return self.key

    def __reduce__(self) -> tuple[object, ...]:
        return get_engine, (self.key,)


def _release_synopsis(points: FloatArray, *, n_clusters: int, epsilon: float, rng: np.random.Generator) -> Release:
    return release_synopsis(points, epsilon=epsilon, n_clusters_served=n_clusters, rng=rng)


def _release_lloyd(points: FloatArray, *, n_clusters: int, epsilon: float, rng: np.random.Generator) -> Release:
    return release_lloyd(points, n_clusters=n_clusters, epsilon=epsilon, rng=rng, is_private=is_secure(rng))


SYNOPSIS = Engine(
    key="synopsis",
    labels=MappingProxyType({"ko": "요약본 (k는 공짜)", "en": "Synopsis (k is free)"}),
    serves_any_k=True,
    release=_release_synopsis,
    release_type=Synopsis,
)
PROTOTYPE = Engine(
    key="prototype",
    labels=MappingProxyType({"ko": "2020년 시제품 (고친 것)", "en": "2020 prototype (corrected)"}),
    serves_any_k=False,
    release=_release_lloyd,
    release_type=LloydRelease,
)
DEFAULT = SYNOPSIS

#: All engines by key, in the order that people choose from.
ENGINES: dict[str, Engine] = {engine.key: engine for engine in (SYNOPSIS, PROTOTYPE)}


def get_engine(key: str) -> Engine:
    """Return the engine named ``key``.

    Raises:
        ValueError: If there is none.
    """
    if key not in ENGINES:
        raise ValueError(f"engine must be one of {', '.join(ENGINES)}, not {key!r}")
    return ENGINES[key]
