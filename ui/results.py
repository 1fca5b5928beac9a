"""What the pages show, computed once by content: plain clusterings, synthetic releases, comparisons.

Synthetic data is computed once for all visitors. Anything made from people's data stays in its own session.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast

import streamlit as st

from core.arrays import FloatArray, IntArray
from core.clustering.inertia import nonprivate_inertia
from core.clustering.kmeans import nonprivate_clustering
from core.clustering.synopsis.exploration import Exploration
from core.clustering.synopsis.synopsis import Synopsis
from core.clustering.types import Clustering, Release
from core.data import Table
from core.data.catalogue import Catalogue
from core.limits import CLUSTERS_MAX
from core.metrics.comparison import Comparison, nonprivate_comparison
from core.metrics.profile import profile_clusters
from core.privacy.noise_source import NoiseSource, TableGenerator, check_noise
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
from ui.tables import LARGE_ABOVE, LARGE_KEPT, SMALL_KEPT

#: What is cached of one session's people, to be forgotten with them.
_own_caches: list[Callable[[], None]] = []

Choices = ParamSpec("Choices")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Plain k-means of a table; exact, curator only."""

    clustering: Clustering
    labels: IntArray
    inertia: float


def by_content(compute: Callable[Concatenate[Table, Choices], Result]) -> Callable[Concatenate[Table, Choices], Result]:
    """Cache ``compute(table, …)`` by content: for everybody, for few large tables, or for one session."""
    return _cache(compute, key_of=lambda spec: f"{spec.key}|{spec.n_clusters}")


def by_release(compute: Callable[Concatenate[Table, Choices], Result]) -> Callable[Concatenate[Table, Choices], Result]:
    """Do so for what is the same for all specs of one release, which may serve many numbers of groups."""
    return _cache(compute, key_of=lambda spec: spec.key)


def _cache(
    compute: Callable[Concatenate[Table, Choices], Result], *, key_of: Callable[[ReleaseSpec], str]
) -> Callable[Concatenate[Table, Choices], Result]:
    hashes: dict[str | type[Any], Callable[[Any], Any]] = {Table: lambda table: table.content_key, ReleaseSpec: key_of}

    def keep(entries: int, scope: Literal["global", "session"]) -> Callable[Concatenate[Table, Choices], Result]:
        cache = st.cache_resource(max_entries=entries, scope=scope, show_spinner=False, hash_funcs=hashes)
        return cache(compute)

    small, large = keep(8 * SMALL_KEPT, "global"), keep(4 * LARGE_KEPT, "global")
    own = keep(2 * SMALL_KEPT, "session")
    _own_caches.append(cast("Any", own).clear)

    def cached(table: Table, /, *choices: Choices.args, **named: Choices.kwargs) -> Result:
        if not table.source.is_synthetic:
            return own(table, *choices, **named)
        return (large if table.n_people > LARGE_ABOVE else small)(table, *choices, **named)

    return cached


def forget_own() -> None:
    """Forget what this session has worked out of people's data."""
    for forget in _own_caches:
        forget()


@by_content
def points(table: Table) -> FloatArray:
    """Return the table's people in the box."""
    return table.points()


@by_content
def cluster_plain(table: Table, n_clusters: int, reduction: Reduction | None) -> Plain:
    """Return plain k-means of the people as they are, or seen in few dimensions; curator only."""
    people = points(table)
    if reduction is None:
        clustering = nonprivate_clustering(people, n_clusters=n_clusters)
    else:
        projection = plain_projection(table, reduction)
        clustering = nonprivate_reduced_clustering(people, projection, n_clusters=n_clusters)
    labels, inertia = clustering.assign(people), nonprivate_inertia(people, clustering)
    return Plain(clustering=clustering, labels=labels, inertia=inertia)


@by_content
def plain_projection(table: Table, reduction: Reduction) -> Projection:
    """Return scikit-learn's projection of the people; curator only."""
    return nonprivate_projection(points(table), method=reduction.method, n_dimensions=reduction.n_dimensions)


def release_key(table: Table, spec: ReleaseSpec) -> str:
    """Name the release of ``spec``: equal names mean the same noise. Holds a fingerprint: not for display."""
    return f"{table.content_key}|{spec.key}"


@by_content
def cluster(table: Table, spec: ReleaseSpec, _release: Release) -> Clustering:  # noqa: ARG001 - cache
    """Return the release's clustering with as many groups as ``spec`` asks for, in its own numbers."""
    return _release.cluster(spec.n_clusters)


@by_content
def compare(table: Table, spec: ReleaseSpec, _release: Release) -> Comparison:
    """Return the release's clustering held against the plain one, both in as many groups and dimensions."""
    plain = cluster_plain(table, spec.n_clusters, spec.reduction)
    return nonprivate_comparison(
        points(table),
        plain=plain.clustering,
        plain_labels=plain.labels,
        plain_inertia=plain.inertia,
        private=cluster(table, spec, _release),
        true_groups=table.true_groups,
    )


@by_release
def explore(table: Table, spec: ReleaseSpec, _release: Synopsis) -> tuple[Exploration, ...]:  # noqa: ARG001 - cache
    """Return how well a synopsis falls into 2, 3, … groups; free."""
    return _release.explore(CLUSTERS_MAX)


@by_release
def synthetic_release(table: Table, spec: ReleaseSpec) -> Release:
    """Return a reproducible release of synthetic data: the same choices give the same noise."""
    noise = NoiseSource(source=table.source, seed=spec.public_seed(table.content_key))
    return draw_release(points(table), spec, rng=noise.generator())


@by_content
def _group(table: Table, spec: ReleaseSpec, _release: Release) -> Grouping:  # noqa: ARG001 - cache
    return Grouping.from_release(_release, n_clusters=spec.n_clusters)


def draw_product_table(
    table: Table, spec: ReleaseSpec, release: Release, *, epsilon: float, rng: TableGenerator
) -> ProductTable:
    """Draw a product table by the release's groups: the only place where the app spends ε on one."""
    check_noise(rng, table.source)
    return release_product_table(
        table.known_holdings(),
        points(table),
        grouping=_group(table, spec, release),
        epsilon=epsilon,
        rng=rng,
    )


@by_release
def synthetic_product_table(
    table: Table, spec: ReleaseSpec, _release: Release, *, epsilon: float, key: str
) -> ProductTable:
    """Return the reproducible product table of a synthetic release; ``key`` names it."""
    noise = NoiseSource(source=table.source, seed=public_seed(table.content_key, key))
    return draw_product_table(table, spec, _release, epsilon=epsilon, rng=noise.generator())


@by_content
def count_plain(table: Table, n_clusters: int, reduction: Reduction | None) -> GroupCounts:
    """Return exact counts of holders in the plain groups; curator only."""
    plain = cluster_plain(table, n_clusters, reduction)
    return nonprivate_group_counts(table.known_holdings(), plain.labels, plain.clustering)


def ranking(counts: GroupCounts, clustering: Clustering, table: Table, catalogue: Catalogue) -> Ranking:
    """Rank by counts and the same clustering's profile; never cached, for the catalogue may be one visitor's own."""
    return rank_products(counts, profile_clusters(clustering, table), columns=table.columns, catalogue=catalogue)
