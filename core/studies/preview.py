"""What a picture needs to follow both sliders by itself: clusterings for every ε and k at hand, packed for a browser.

Of practice data all ε are drawn, with the noise that the same choices always give. Of people's data there is one
release, bought before: every k is read from it, and nothing of another ε is ever computed.

The pack is a head in JSON and three blocks of numbers, each in the order of ``_Pack.write``:

========  ==========================================================================================================
32 bits   weights of each release's places; private centres by release and k; plain centres by k; ARI by ε and k
16 bits   places of each release, as steps of the frame
8 bits    plain groups by k; groups of each release's places by k; private groups by ε and k, less the plain ones
========  ==========================================================================================================
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.inertia import nonprivate_inertia
from core.clustering.kmeans import nonprivate_clustering
from core.clustering.types import Clustering, Release
from core.data.table import Source
from core.metrics.comparison import Comparison, nonprivate_comparison
from core.privacy.noise_source import NoiseSource
from core.progress import Progress
from core.reduction.directions import nonprivate_projection
from core.reduction.reduced import draw_release, nonprivate_reduced_clustering
from core.reduction.spec import ReleaseSpec
from core.reduction.viewpoint import Viewpoint

#: Above this many people the groups of a public choice of them are compared: all of them take a minute.
COMPARED_MOST = 30_000
COMPARED_SAMPLE = 10_000
STEPS = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewOrder:
    """What is asked of a preview.

    Attributes:
        points: People in the box, of shape ``(n_people, n_features)``; nobody where only what was bought is read.
        source: Where they come from: only practice data is drawn anew.
        content_key: Names them, for the seeds of practice noise.
        spec: The position of the sliders; ε and k of it vary.
        epsilons: Every ε to draw; with ``bought`` the one that was paid.
        n_clusters: Every k.
        view: From where the picture looks.
        shown: Rows of the people that are drawn.
        bought: The release that was paid, of people's data.
        has_plain: Whether plain groups, matched numbers and ARI may be told: all of that is the curator's only.
        has_people: Whether the private groups of people are drawn as well.
    """

    points: FloatArray
    source: Source
    content_key: str
    spec: ReleaseSpec
    epsilons: tuple[float, ...]
    n_clusters: tuple[int, ...]
    view: Viewpoint
    shown: IntArray
    bought: Release | None = None
    has_plain: bool = True
    has_people: bool = False

    def __post_init__(self) -> None:
        if self.bought is not None and self.epsilons != (self.spec.epsilon,):
            raise ValueError(f"a bought release is of ε {self.spec.epsilon:g} alone, not of {self.epsilons}")
        if self.bought is None and not self.source.is_synthetic:
            raise ValueError("people's data is previewed from what was bought, never drawn for a preview")
        if self.has_people and not self.has_plain:
            raise ValueError("people's groups are the curator's only, as the plain side is")

    @property
    def is_sampled(self) -> bool:
        """Whether ARI is of a public choice of the people."""
        return len(self.points) > COMPARED_MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlainSide:
    clustering: Clustering
    labels: IntArray
    inertia: float


def nonprivate_preview(order: PreviewOrder) -> Iterator[Progress[bytes]]:
    """Compute the preview; the last report holds it, compressed. Exact values are in it unless ``has_plain`` is off."""
    total, done = len(order.epsilons) + 1, 0
    yield Progress(done=done, total=total)
    plain = _cluster_plain(order) if order.has_plain else {}
    pack = _Pack(order=order)
    for n_clusters, side in plain.items():
        pack.add_plain(n_clusters, side)
    for epsilon in order.epsilons:
        done += 1
        yield Progress(done=done, total=total)
        _add_epsilon(pack, epsilon, plain)
    yield Progress(done=total, total=total, result=pack.write())


def _compared(order: PreviewOrder) -> IntArray:
    """Return the rows that ARI is of: all, or a fixed public choice."""
    n_people = len(order.points)
    if not order.is_sampled:
        return np.arange(n_people)
    return np.sort(np.random.default_rng(0).choice(n_people, COMPARED_SAMPLE, replace=False))


def _cluster_plain(order: PreviewOrder) -> dict[int, _PlainSide]:
    reduction, compared = order.spec.reduction, order.points[_compared(order)]
    sides = {}
    for n_clusters in order.n_clusters:
        if reduction is None:
            clustering = nonprivate_clustering(order.points, n_clusters=n_clusters)
        else:
            projection = nonprivate_projection(
                order.points, method=reduction.method, n_dimensions=reduction.n_dimensions
            )
            clustering = nonprivate_reduced_clustering(order.points, projection, n_clusters=n_clusters)
        sides[n_clusters] = _PlainSide(
            clustering=clustering,
            labels=clustering.assign(compared),
            inertia=nonprivate_inertia(compared, clustering),
        )
    return sides


def _add_epsilon(pack: "_Pack", epsilon: float, plain: dict[int, _PlainSide]) -> None:
    order, compared = pack.order, pack.order.points[_compared(pack.order)]
    release: Release | None = None
    for n_clusters in order.n_clusters:
        spec = replace(order.spec, epsilon=epsilon, n_clusters=n_clusters)
        if release is None or not release.clusters_any_k:
            release = order.bought or _draw(order, spec)
            pack.add_release(release)
        private = release.cluster(n_clusters)
        comparison: Comparison | None = None
        if order.has_plain:
            side = plain[n_clusters]
            comparison = nonprivate_comparison(
                compared, plain=side.clustering, plain_labels=side.labels, plain_inertia=side.inertia, private=private
            )
            private = comparison.private
        pack.add_private(release, private, comparison, plain.get(n_clusters))


def _draw(order: PreviewOrder, spec: ReleaseSpec) -> Release:
    """Draw the release that the same choices always give on practice data."""
    noise = NoiseSource(source=order.source, seed=spec.public_seed(order.content_key))
    return draw_release(order.points, spec, rng=noise.generator())


@dataclass(slots=True, kw_only=True)
class _Pack:
    """Numbers of a preview as they come, and how they are written."""

    order: PreviewOrder
    sizes: list[int] = field(default_factory=list)
    release_of: list[int] = field(default_factory=list)
    floats: list[FloatArray] = field(default_factory=list)
    plain_centers: list[FloatArray] = field(default_factory=list)
    private_centers: list[FloatArray] = field(default_factory=list)
    agreement: list[float] = field(default_factory=list)
    places: list[FloatArray] = field(default_factory=list)
    plain_labels: list[IntArray] = field(default_factory=list)
    cell_groups: list[IntArray] = field(default_factory=list)
    people_groups: list[IntArray] = field(default_factory=list)

    def add_plain(self, n_clusters: int, side: _PlainSide) -> None:
        del n_clusters
        self.plain_centers.append(self.order.view.project(side.clustering.centers))
        self.plain_labels.append(side.clustering.assign(self.order.points[self.order.shown]))

    def add_release(self, release: Release) -> None:
        places, weights = _seen(release)
        self.sizes.append(len(weights))
        self.floats.append(weights)
        self.places.append(self.order.view.project(places))

    def add_private(
        self, release: Release, private: Clustering, comparison: Comparison | None, plain: _PlainSide | None
    ) -> None:
        order = self.order
        self.release_of.append(len(self.sizes) - 1)
        self.private_centers.append(order.view.project(private.centers))
        self.cell_groups.append(private.assign(_seen(release)[0]))
        if comparison is None or plain is None:
            return
        self.agreement.append(comparison.agreement.adjusted_rand)
        if order.has_people:
            people = order.points[order.shown]
            self.people_groups.append((private.assign(people) - plain.clustering.assign(people)) % 256)

    def write(self) -> bytes:
        """Return everything, compressed."""
        head = {
            "epsilons": self.order.epsilons,
            "ks": self.order.n_clusters,
            "people": len(self.order.shown) if self.order.has_plain else 0,
            "sizes": self.sizes,
            "releases": self.release_of,
            "plain": self.order.has_plain,
            "groups": self.order.has_people,
            "sampled": COMPARED_SAMPLE if self.order.is_sampled and self.order.has_plain else 0,
        }
        text = json.dumps(head, separators=(",", ":")).encode()
        # Numbers of 32 bits begin at a multiple of four bytes.
        text += b" " * (-len(text) % 4)
        floats = [*self.floats, *self.private_centers, *self.plain_centers, np.asarray(self.agreement)]
        steps = [np.round(np.clip(flat, 0.0, 1.0) * STEPS) for flat in self.places]
        labels = [*self.plain_labels, *self.cell_groups, *self.people_groups]
        blocks = b"".join(
            np.concatenate([each.ravel() for each in arrays]).astype(kind).tobytes() if arrays else b""
            for arrays, kind in ((floats, "<f4"), (steps, "<u2"), (labels, "u1"))
        )
        return gzip.compress(len(text).to_bytes(4, "little") + text + blocks, compresslevel=6, mtime=0)


def _seen(release: Release) -> tuple[FloatArray, FloatArray]:
    """Return the places that are drawn of a release, and their weights."""
    has_people = release.cells.weights > 0
    return release.cells.points[has_people], release.cells.weights[has_people]
