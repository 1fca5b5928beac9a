"""How many clusters a synopsis should be made to serve: ``python -m benchmarks.served``.

Releases of the same people and seeds, made to serve 8 and 12 clusters, are clustered for every k and compared with
plain k-means: geometric mean of the inertia ratios (private ÷ plain) and median adjusted Rand index by k, and the
paired change from 8 to 12 with two standard errors. Nothing was tuned on the sets that are generated here; others are
taken from ``benchmarks.sets``. ``--seeds`` measures more of each.
"""

import argparse
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, pairwise_distances_argmin_min

from benchmarks.figure import RESULTS, write_results
from benchmarks.sets import benchmark_set
from core.arrays import FloatArray, IntArray
from core.clustering import release_synopsis

SERVED = (8, 12)
N_CLUSTERS = (2, 4, 6, 8, 9, 10, 12)
EPSILONS = (0.1, 0.3, 1.0, 3.0)
#: Bounds between the rows of the table by ε·people.
SIGNALS = (0.0, 100.0, 300.0, 1000.0, 3000.0, np.inf)
#: People × features of the generated sets; each is made of two kinds.
SIZES = (
    (300, 2),
    (300, 5),
    (1000, 3),
    (1000, 8),
    (3000, 2),
    (3000, 6),
    (3000, 12),
    (10_000, 4),
    (10_000, 10),
    (30_000, 5),
)
KINDS = ("round", "uneven", "stretched", "heavy tails", "latent factors")
RECORDED = (
    "blobs_n1000_d4_k4",
    "blobs_n1000_d2_k8",
    "blobs_n10000_d8_k8",
    "budgetuk",
    "credit_data",
    "completejourney",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One release clustered for one k."""

    dataset: str
    n_people: int
    n_features: int
    epsilon: float
    seed: int
    served: int
    k: int
    ratio: float
    ari: float


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain k-means of a set for one k."""

    inertia: float
    labels: IntArray


def generate(kind: str, n_people: int, n_features: int) -> FloatArray:
    """Return people of five to nine groups in the box; the same arguments give the same people."""
    rng = np.random.default_rng([12, KINDS.index(kind), n_people, n_features])
    n_groups = int(rng.integers(5, 10))
    shares = rng.dirichlet(np.full(n_groups, 1.0)) if kind == "uneven" else np.full(n_groups, 1.0 / n_groups)
    groups = rng.choice(n_groups, size=n_people, p=shares)
    points = rng.uniform(-0.75, 0.75, (n_groups, n_features))[groups]
    noise = rng.standard_normal((n_people, n_features))
    if kind == "stretched":
        noise = np.einsum("nij,nj->ni", rng.standard_normal((n_groups, n_features, n_features))[groups], noise)
        noise /= np.sqrt(n_features)
    elif kind == "heavy tails":
        noise = rng.standard_t(2.0, noise.shape)
    elif kind == "latent factors":
        points = 0.3 * (points @ rng.standard_normal((n_features, 2)) @ rng.standard_normal((2, n_features)))
    return np.clip(points + 0.1 * noise, -1.0, 1.0)


def datasets() -> Iterator[tuple[str, FloatArray]]:
    """Yield the names and people of all sets."""
    for i, (n_people, n_features) in enumerate(SIZES):
        for kind in (KINDS[i % len(KINDS)], KINDS[(i + 2) % len(KINDS)]):
            yield f"{kind} {n_people}×{n_features}", generate(kind, n_people, n_features)
    for name in RECORDED:
        recorded = benchmark_set(name, None)
        if recorded is not None:
            yield name, recorded.points


def measure(name: str, points: FloatArray, seeds: range) -> Iterator[Row]:
    """Release ``points`` for every ε, seed and number of clusters served, and cluster each release for every k."""
    plain = {k: _fit_plain(points, k) for k in N_CLUSTERS}
    for epsilon in EPSILONS:
        for seed in seeds:
            for served in SERVED:
                rng = np.random.default_rng([seed, crc32(name.encode()), round(1000 * epsilon)])
                synopsis = release_synopsis(points, epsilon=epsilon, n_clusters_served=served, rng=rng)
                for k in N_CLUSTERS:
                    labels, distances = pairwise_distances_argmin_min(points, synopsis.cluster(k).centers)
                    yield Row(
                        dataset=name,
                        n_people=len(points),
                        n_features=points.shape[1],
                        epsilon=epsilon,
                        seed=seed,
                        served=served,
                        k=k,
                        ratio=float((distances**2).sum()) / plain[k].inertia,
                        ari=float(adjusted_rand_score(plain[k].labels, labels)),
                    )


def _fit_plain(points: FloatArray, n_clusters: int) -> Plain:
    model = KMeans(n_clusters, n_init=5, random_state=0).fit(points)
    return Plain(float(model.inertia_), model.labels_)


def summarise(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return ratios and Rand indices by ``by`` and number served, with the paired change from the first to the last.

    Several k of one release are averaged first, so that the standard errors count releases.
    """
    measured = rows.assign(log=np.log(rows["ratio"]))
    releases = list(dict.fromkeys(["dataset", "epsilon", "seed", by]))
    pairs = measured.pivot_table(index=releases, columns="served", values=["log", "ari"], observed=True)
    changes = pd.DataFrame({of: pairs[of, SERVED[-1]] - pairs[of, SERVED[0]] for of in ("log", "ari")})
    grouped = changes.groupby(level=by, observed=True)
    table: dict[str, Any] = {}
    for served in SERVED:
        of = measured[measured["served"] == served].groupby(by, observed=True)
        table[f"ratio, {served}"] = np.exp(of["log"].mean())
        table[f"ARI, {served}"] = of["ari"].median()
    table["ratio changes, %"] = 100 * grouped["log"].mean()
    table["± %"] = 200 * grouped["log"].std() / np.sqrt(grouped.size())
    table["ARI changes"] = grouped["ari"].mean()
    return pd.DataFrame(table)


def main() -> None:
    """Measure, print the tables, write every release."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1, help="seeds of each set and ε")
    parser.add_argument("--seed", type=int, default=500, help="first seed")
    parser.add_argument("--sets", nargs="*", help="names of sets; all by default")
    parser.add_argument("--json", type=Path, default=RESULTS / "served.json")
    arguments = parser.parse_args()
    seeds = range(arguments.seed, arguments.seed + arguments.seeds)
    chosen = [(name, points) for name, points in datasets() if not arguments.sets or name in arguments.sets]
    measured = [asdict(row) for name, points in chosen for row in measure(name, points, seeds)]
    rows = pd.DataFrame(measured)
    rows["ε·people"] = pd.cut(rows["n_people"] * rows["epsilon"], SIGNALS)
    rows["k is"] = np.where(rows["k"] <= SERVED[0], f"up to {SERVED[0]}", f"above {SERVED[0]}")
    for by in ("k", "k is", "epsilon", "ε·people"):
        print(summarise(rows, by).round(3).to_string(), end="\n\n")
    write_results(measured, arguments.json)


if __name__ == "__main__":
    main()
