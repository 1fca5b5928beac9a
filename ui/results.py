"""What the pages show, computed once by content: tables, plain clusterings, releases, comparisons.

Practice data is computed once for all visitors. Anything made from people's data stays in its own session.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, ParamSpec, TypeAlias, TypeVar

import numpy as np
import streamlit as st

from core.arrays import FloatArray, IntArray
from core.clustering.engines import Engine, EngineRelease
from core.clustering.inertia import nonprivate_inertia
from core.clustering.kmeans import nonprivate_clustering
from core.clustering.synopsis.exploration import Exploration
from core.clustering.synopsis.synopsis import Synopsis
from core.clustering.types import Clustering, Release
from core.data import GENERATED, SOURCES, DataSource, Recipe, Table
from core.data.catalogue import Catalogue
from core.limits import CLUSTERS_DEFAULT, CLUSTERS_MAX, CLUSTERS_MIN, EPSILON_CHOICES
from core.metrics.comparison import Comparison, nonprivate_comparison
from core.metrics.profile import profile_clusters
from core.privacy.noise import secure_rng
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import GroupCounts, ProductTable, nonprivate_group_counts, release_product_table
from core.recommendation.ranking import Ranking, rank_products
from core.reduction.projection import Projection
from core.reduction.reduced import (
    ReducedRelease,
    Reduction,
    buy_people,
    nonprivate_projection,
    nonprivate_reduced_clustering,
    reduction_of,
)

#: The k that one release should serve well; fixed before anything is bought.
K_FLOOR = 8
#: Above this many people a table's results are kept for few tables only: they weigh up to 150 MB each.
LARGE_ABOVE = 200_000
SMALL_KEPT, LARGE_KEPT = 32, 2
#: People drawn on a side: more would cover each other and weigh on the phone.
DRAWN_MAX = 1_500

Choices = ParamSpec("Choices")
Result = TypeVar("Result")
#: What one deliberate purchase of a clustering gives.
Bought: TypeAlias = EngineRelease | ReducedRelease


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Plain k-means of a table; exact, so insider."""

    clustering: Clustering
    labels: IntArray
    inertia: float


# --- tables ------------------------------------------------------------------------------------------------------


_HASHES: dict[str | type[Any], Callable[[Any], Any]] = {
    Recipe: lambda recipe: recipe.content_key,
    DataSource: lambda source: source.source.key,
}


@st.cache_resource(show_spinner=False, hash_funcs=_HASHES)
def _fixed_table(source: DataSource) -> Table:
    return _load(source, Recipe())


@st.cache_resource(max_entries=SMALL_KEPT, show_spinner=False, hash_funcs=_HASHES)
def _small_table(source: DataSource, recipe: Recipe) -> Table:
    return _load(source, recipe)


@st.cache_resource(max_entries=LARGE_KEPT, show_spinner=False, hash_funcs=_HASHES)
def _large_table(source: DataSource, recipe: Recipe) -> Table:
    return _load(source, recipe)


def _load(source: DataSource, recipe: Recipe) -> Table:
    if source.load is None:
        raise ValueError(f"a table of {source.source.key!r} is brought by its visitor, not loaded")
    return source.load(recipe)


def source_table(source: DataSource, recipe: Recipe) -> Table:
    """Return the table of ``source``, for all visitors.

    Raises:
        ValueError: If the visitor has to bring it.
    """
    if not source.reads_recipe:
        return _fixed_table(source)
    return _large_table(source, recipe) if recipe.n_people > LARGE_ABOVE else _small_table(source, recipe)


def generated_table(recipe: Recipe) -> Table:
    """Return the generated table of ``recipe``."""
    return source_table(SOURCES[GENERATED.key], recipe)


# --- what is computed from a table -------------------------------------------------------------------------------


def by_content(compute: Callable[Concatenate[Table, Choices], Result]) -> Callable[Concatenate[Table, Choices], Result]:
    """Cache ``compute(table, …)`` by content: for everybody, for few large tables, or for one session."""

    def kept(entries: int, scope: Literal["global", "session"]) -> Callable[Concatenate[Table, Choices], Result]:
        cache = st.cache_resource(
            max_entries=entries,
            scope=scope,
            show_spinner=False,
            hash_funcs={Table: lambda table: table.content_key, Engine: str},
        )
        return cache(compute)

    small, large = kept(8 * SMALL_KEPT, "global"), kept(4 * LARGE_KEPT, "global")
    own = kept(2 * SMALL_KEPT, "session")

    def cached(table: Table, /, *choices: Choices.args, **named: Choices.kwargs) -> Result:
        if not table.source.is_synthetic:
            return own(table, *choices, **named)
        return (large if table.n_people > LARGE_ABOVE else small)(table, *choices, **named)

    return cached


@by_content
def points(table: Table) -> FloatArray:
    """Return the table's people in the box."""
    return table.points()


def plain(table: Table, k: int, reduction: Reduction | None = None) -> Plain:
    """Return plain k-means with ``k`` groups, of the people as they are or seen in few dimensions."""
    return _plain(table, k) if reduction is None else _plain_reduced(table, k, reduction)


@by_content
def _plain(table: Table, k: int) -> Plain:
    return _described(points(table), nonprivate_clustering(points(table), n_clusters=k))


@by_content
def _plain_reduced(table: Table, k: int, reduction: Reduction) -> Plain:
    seen = plain_projection(table, reduction)
    return _described(points(table), nonprivate_reduced_clustering(points(table), seen, n_clusters=k))


@by_content
def plain_projection(table: Table, reduction: Reduction) -> Projection:
    """Return scikit-learn's projection of the people; insider."""
    return nonprivate_projection(points(table), reduction)


def _described(people: FloatArray, clustering: Clustering) -> Plain:
    return Plain(
        clustering=clustering, labels=clustering.assign(people), inertia=nonprivate_inertia(people, clustering)
    )


@by_content
def clustered(table: Table, release_key: str, k: int, _release: Release) -> Clustering:  # noqa: ARG001 - cache
    """Return the release's clustering with ``k`` groups, in its own numbers."""
    return _release.cluster(k)


@by_content
def compared(table: Table, release_key: str, k: int, _release: Release) -> Comparison:
    """Return the release's clustering with ``k`` groups held against the plain one, both in as many dimensions."""
    flat = plain(table, k, reduction_of(_release))
    return nonprivate_comparison(
        points(table),
        plain=flat.clustering,
        plain_labels=flat.labels,
        plain_inertia=flat.inertia,
        private=clustered(table, release_key, k, _release),
        true_groups=table.true_groups,
    )


def seed_of(*choices: object) -> int:
    """Make a seed of public choices: whoever knows the link knows it, so what it draws is not private."""
    told = "|".join(map(str, choices)).encode()
    return int.from_bytes(hashlib.blake2b(told, digest_size=16).digest(), "big")


@by_content
def explored(table: Table, release_key: str, _release: Synopsis) -> tuple[Exploration, ...]:  # noqa: ARG001 - cache
    """Return how well a synopsis falls into 2, 3, … groups; free."""
    return _release.explore(CLUSTERS_MAX)


# --- releases ----------------------------------------------------------------------------------------------------


@by_content
def _practice_release(
    table: Table, *, engine: Engine, epsilon: float, n_clusters: int, draw: int, reduction: Reduction | None
) -> Bought:
    rng = np.random.default_rng(seed_of(table.content_key, engine, epsilon, n_clusters, draw))
    return _buy(table, engine=engine, epsilon=epsilon, n_clusters=n_clusters, reduction=reduction, rng=rng)


def practice_release(
    table: Table, *, engine: Engine, epsilon: float, n_clusters: int, draw: int, reduction: Reduction | None = None
) -> Bought:
    """Return a reproducible release of practice data: the same choices give the same noise."""
    # Always in this order: the cache tells calls apart by it.
    return _practice_release(
        table, engine=engine, epsilon=epsilon, n_clusters=n_clusters, draw=draw, reduction=reduction
    )


def secure_release(
    table: Table, *, engine: Engine, epsilon: float, n_clusters: int, reduction: Reduction | None = None
) -> Bought:
    """Draw a release of people's data from the operating system's randomness; the caller keeps it."""
    return _buy(table, engine=engine, epsilon=epsilon, n_clusters=n_clusters, reduction=reduction, rng=secure_rng())


def _buy(
    table: Table,
    *,
    engine: Engine,
    epsilon: float,
    n_clusters: int,
    reduction: Reduction | None,
    rng: np.random.Generator,
) -> Bought:
    return buy_people(
        points(table), reduction=reduction, engine=engine, n_clusters=n_clusters, epsilon=epsilon, rng=rng
    )


# --- products ----------------------------------------------------------------------------------------------------


@by_content
def _grouping(table: Table, release_key: str, k: int, _release: Release) -> Grouping:  # noqa: ARG001 - cache
    return Grouping.from_release(_release, n_clusters=k)


def buy_products(
    table: Table, *, release: Release, release_key: str, k: int, epsilon: float, rng: np.random.Generator
) -> ProductTable:
    """Draw a table of products by the release's groups: the only place where the app spends ε on one."""
    return release_product_table(
        table.known_holdings(),
        points(table),
        grouping=_grouping(table, release_key, k, release),
        epsilon=epsilon,
        rng=rng,
    )


@by_content
def practice_products(
    table: Table, key: str, k: int, epsilon: float, release_key: str, _release: Release
) -> ProductTable:
    """Return the reproducible table of products of a practice release."""
    rng = np.random.default_rng(seed_of(table.content_key, key))
    return buy_products(table, release=_release, release_key=release_key, k=k, epsilon=epsilon, rng=rng)


@by_content
def plain_counts(table: Table, k: int, reduction: Reduction | None) -> GroupCounts:
    """Return exact counts of holders in the plain groups; insider."""
    flat = plain(table, k, reduction)
    return nonprivate_group_counts(table.known_holdings(), flat.labels, flat.clustering)


def ranking(counts: GroupCounts, clustering: Clustering, table: Table, catalogue: Catalogue) -> Ranking:
    """Rank by counts and the same clustering's profile; never cached, for the catalogue may be one visitor's own."""
    return rank_products(counts, profile_clusters(clustering, table), columns=table.columns, catalogue=catalogue)


# --- warm-up -----------------------------------------------------------------------------------------------------


def rehearse() -> None:
    """Compute what the first visitors will ask for, so that it is cached before the port opens."""
    from ui.session import recipe_default  # noqa: PLC0415 - session imports this module

    table = generated_table(recipe_default())
    for k in range(CLUSTERS_MIN, CLUSTERS_MAX + 1):
        plain(table, k)
    for epsilon in EPSILON_CHOICES:
        # As purchases.release asks for it: every k of a synopsis is served by one release.
        release = practice_release(table, engine=Engine.DEFAULT, epsilon=epsilon, n_clusters=K_FLOOR, draw=0)
        release.cluster(CLUSTERS_DEFAULT)
    for source in SOURCES.values():
        if source.load is not None and not source.reads_recipe:
            _fixed_table(source)
