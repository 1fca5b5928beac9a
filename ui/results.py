"""What the pages show, computed once by content: tables, plain clusterings, synthetic releases, comparisons.

Synthetic data is computed once for all visitors. Anything made from people's data stays in its own session.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

import numpy as np
import streamlit as st

from core.arrays import FloatArray, IntArray
from core.clustering.inertia import nonprivate_inertia
from core.clustering.kmeans import nonprivate_clustering
from core.clustering.synopsis.exploration import Exploration
from core.clustering.synopsis.synopsis import Synopsis
from core.clustering.types import Clustering, Release
from core.data import GENERATED, SOURCES, DataSource, Recipe, Table
from core.data.catalogue import Catalogue
from core.limits import CLUSTERS_MAX
from core.metrics.comparison import Comparison, nonprivate_comparison
from core.metrics.profile import profile_clusters
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import GroupCounts, ProductTable, nonprivate_group_counts, release_product_table
from core.recommendation.ranking import Ranking, rank_products
from core.reduction.directions import nonprivate_projection
from core.reduction.projection import Projection
from core.reduction.reduced import (
    draw_release,
    nonprivate_reduced_clustering,
)
from core.reduction.spec import Reduction, ReleaseSpec, public_seed

#: Above this many people a table's results are kept for few tables only: they weigh up to 150 MB each.
LARGE_ABOVE = 200_000
SMALL_KEPT, LARGE_KEPT = 32, 2
#: People drawn on a side: more would cover each other and weigh on the phone.
DRAWN_MAX = 1_500

Choices = ParamSpec("Choices")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Plain k-means of a table; exact, curator only."""

    clustering: Clustering
    labels: IntArray
    inertia: float


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


def load_fixed_tables() -> None:
    """Load every table that comes with the app and reads no recipe."""
    for source in SOURCES.values():
        if source.load is not None and not source.reads_recipe:
            _fixed_table(source)


def generated_table(recipe: Recipe) -> Table:
    """Return the generated table of ``recipe``."""
    return source_table(SOURCES[GENERATED.key], recipe)


#: What tells results apart: the content of a table, and of a spec the release, which may serve many numbers of groups.
_HASH_FUNCS: dict[str | type[Any], Callable[[Any], Any]] = {
    Table: lambda table: table.content_key,
    ReleaseSpec: lambda spec: spec.key,
}


def by_content(compute: Callable[Concatenate[Table, Choices], Result]) -> Callable[Concatenate[Table, Choices], Result]:
    """Cache ``compute(table, …)`` by content: for everybody, for few large tables, or for one session."""

    def kept(entries: int, scope: Literal["global", "session"]) -> Callable[Concatenate[Table, Choices], Result]:
        cache = st.cache_resource(
            max_entries=entries,
            scope=scope,
            show_spinner=False,
            hash_funcs=_HASH_FUNCS,
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


def cluster_plain(table: Table, k: int, reduction: Reduction | None = None) -> Plain:
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
    """Return scikit-learn's projection of the people; curator only."""
    return nonprivate_projection(points(table), method=reduction.method, n_dimensions=reduction.n_dimensions)


def _described(people: FloatArray, clustering: Clustering) -> Plain:
    return Plain(
        clustering=clustering, labels=clustering.assign(people), inertia=nonprivate_inertia(people, clustering)
    )


def release_key(table: Table, spec: ReleaseSpec) -> str:
    """Name the release of ``spec``: equal names mean the same noise. Holds a fingerprint: not for display."""
    return f"{table.content_key}|{spec.key}"


def cluster(table: Table, spec: ReleaseSpec, release: Release) -> Clustering:
    """Return the release's clustering with as many groups as ``spec`` asks for, in its own numbers."""
    return _cluster(table, spec, spec.n_clusters, release)


@by_content
def _cluster(table: Table, spec: ReleaseSpec, n_clusters: int, _release: Release) -> Clustering:  # noqa: ARG001 - cache
    return _release.cluster(n_clusters)


def compare(table: Table, spec: ReleaseSpec, release: Release) -> Comparison:
    """Return the release's clustering held against the plain one, both in as many groups and dimensions."""
    return _compare(table, spec, spec.n_clusters, release)


@by_content
def _compare(table: Table, spec: ReleaseSpec, n_clusters: int, _release: Release) -> Comparison:
    flat = cluster_plain(table, n_clusters, spec.reduction)
    return nonprivate_comparison(
        points(table),
        plain=flat.clustering,
        plain_labels=flat.labels,
        plain_inertia=flat.inertia,
        private=_cluster(table, spec, n_clusters, _release),
        true_groups=table.true_groups,
    )


@by_content
def explore(table: Table, spec: ReleaseSpec, _release: Synopsis) -> tuple[Exploration, ...]:  # noqa: ARG001 - cache
    """Return how well a synopsis falls into 2, 3, … groups; free."""
    return _release.explore(CLUSTERS_MAX)


@by_content
def synthetic_release(table: Table, spec: ReleaseSpec) -> Release:
    """Return a reproducible release of synthetic data: the same choices give the same noise."""
    return draw_release(points(table), spec, rng=np.random.default_rng(spec.public_seed(table.content_key)))


@by_content
def _grouping(table: Table, spec: ReleaseSpec, n_clusters: int, _release: Release) -> Grouping:  # noqa: ARG001 - cache
    return Grouping.from_release(_release, n_clusters=n_clusters)


def draw_product_table(
    table: Table, spec: ReleaseSpec, release: Release, *, epsilon: float, rng: np.random.Generator
) -> ProductTable:
    """Draw a product table by the release's groups: the only place where the app spends ε on one."""
    return release_product_table(
        table.known_holdings(),
        points(table),
        grouping=_grouping(table, spec, spec.n_clusters, release),
        epsilon=epsilon,
        rng=rng,
    )


@by_content
def synthetic_product_table(
    table: Table, spec: ReleaseSpec, _release: Release, *, epsilon: float, key: str
) -> ProductTable:
    """Return the reproducible product table of a synthetic release; ``key`` names it."""
    rng = np.random.default_rng(public_seed(table.content_key, key))
    return draw_product_table(table, spec, _release, epsilon=epsilon, rng=rng)


@by_content
def plain_counts(table: Table, k: int, reduction: Reduction | None) -> GroupCounts:
    """Return exact counts of holders in the plain groups; curator only."""
    flat = cluster_plain(table, k, reduction)
    return nonprivate_group_counts(table.known_holdings(), flat.labels, flat.clustering)


def ranking(counts: GroupCounts, clustering: Clustering, table: Table, catalogue: Catalogue) -> Ranking:
    """Rank by counts and the same clustering's profile; never cached, for the catalogue may be one visitor's own."""
    return rank_products(counts, profile_clusters(clustering, table), columns=table.columns, catalogue=catalogue)
