"""How near private k-means comes to plain k-means, beside every peer: ``python -m benchmarks.accuracy --data FOLDER``.

Prints median inertia ratios (private ÷ plain) and adjusted Rand indices against plain labels, counts wins and losses
against the peers' recorded medians, and writes everything as JSON. diffprivlib runs live in the same run. With
``--publish`` it also writes ``assets/accuracy.json``, the table of peers in the app's lab.
"""

import argparse
import platform
import warnings
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, pairwise_distances_argmin_min

from benchmarks.figure import RESULTS, write_results
from benchmarks.sets import JOURNEY, BenchmarkSet, benchmark_set
from core.arrays import FloatArray, IntArray
from core.clustering import release_synopsis

EPSILONS = (0.1, 0.3, 0.5, 1.0, 2.0, 4.0)
TOLERANCE = 1.01
FEW_SEEDS = 3
MANY_PEOPLE = 50_000
ENOUGH_SIGNAL = 1000
PEERS = Path(__file__).parent / "peers.csv"
PUBLISHED = Path(__file__).parent.parent / "assets" / "accuracy.json"
VERSIONS_OF = ("numpy", "scikit-learn", "diffprivlib")
#: Peers whose guarantee may fail with a small chance: δ = 10⁻⁶, or 1/(n ln n).
WITH_DELTA = ("fastlloyd", "fastlloyd_owndelta", "google", "pemeans")

Fit = Callable[[FloatArray, int, float, int], FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One data set at one ε: medians over seeds; None where a peer was not recorded."""

    dataset: str
    n_people: int
    n_features: int
    n_clusters: int
    epsilon: float
    signal: float
    ratio: float
    ari: float
    live_diffprivlib: float | None
    best_peer: str | None
    best_ratio: float | None
    peers: dict[str, float] = field(default_factory=dict)

    @property
    def relative(self) -> float:
        """Our ratio over the best peer's."""
        return self.ratio / self.best_ratio if self.best_ratio else np.nan


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain k-means of a set: what private results are measured against."""

    inertia: float
    labels: IntArray

    @classmethod
    def of(cls, data: BenchmarkSet) -> "Plain":
        """Fit with ten starts."""
        model = KMeans(data.n_clusters, n_init=10, random_state=0).fit(data.points)
        return cls(float(model.inertia_), model.labels_)


def ours(n_clusters_served: int) -> Fit:
    """Return our engine for a release that serves at least ``n_clusters_served`` clusters."""

    def fit(points: FloatArray, n_clusters: int, epsilon: float, seed: int) -> FloatArray:
        rng = np.random.default_rng(seed)
        synopsis = release_synopsis(
            points, epsilon=epsilon, n_clusters_served=max(n_clusters_served, n_clusters), rng=rng
        )
        return synopsis.cluster(n_clusters).centers

    return fit


def diffprivlib(points: FloatArray, n_clusters: int, epsilon: float, seed: int) -> FloatArray:
    """Fit diffprivlib's k-means as it is, with the same public bounds."""
    from diffprivlib.models import KMeans as DiffprivlibKMeans  # noqa: PLC0415 - slow to import

    limit = np.ones(points.shape[1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = DiffprivlibKMeans(n_clusters, epsilon=epsilon, bounds=(-limit, limit), random_state=seed)
        return np.asarray(model.fit(points).cluster_centers_)


def measure_medians(fit: Fit, data: BenchmarkSet, plain: Plain, *, epsilon: float, seeds: range) -> tuple[float, float]:
    """Return the median inertia ratio and adjusted Rand index over ``seeds``."""
    ratios, indices = [], []
    for seed in seeds:
        labels, distances = pairwise_distances_argmin_min(data.points, fit(data.points, data.n_clusters, epsilon, seed))
        ratios.append(float((distances**2).sum()) / plain.inertia)
        indices.append(adjusted_rand_score(plain.labels, labels))
    return float(np.median(ratios)), float(np.median(indices))


def measure_cells(arguments: argparse.Namespace, peers: pd.DataFrame) -> Iterator[Cell]:
    """Measure every data set at every ε."""
    for name in arguments.sets or [*peers["dataset"].unique(), JOURNEY]:
        data = benchmark_set(name, arguments.data)
        if data is None:
            print(f"{name}: not found; give its folder with --data")
            continue
        plain = Plain.of(data)
        recorded = peers[peers["dataset"] == name]
        n_seeds = arguments.seeds
        n_live = 0 if arguments.no_live else FEW_SEEDS if len(data.points) > MANY_PEOPLE else n_seeds
        for epsilon in arguments.epsilons:
            ratio, ari = measure_medians(
                ours(arguments.n_clusters_served),
                data,
                plain,
                epsilon=epsilon,
                seeds=range(arguments.seed, arguments.seed + n_seeds),
            )
            live = (
                measure_medians(diffprivlib, data, plain, epsilon=epsilon, seeds=range(n_live))[0] if n_live else None
            )
            at_epsilon = recorded[recorded["eps"] == epsilon]
            best = at_epsilon.loc[at_epsilon["ratio"].idxmin()] if len(at_epsilon) else None
            cell = Cell(
                dataset=name,
                n_people=len(data.points),
                n_features=data.points.shape[1],
                n_clusters=data.n_clusters,
                epsilon=epsilon,
                signal=len(data.points) * epsilon,
                ratio=ratio,
                ari=ari,
                live_diffprivlib=live,
                best_peer=None if best is None else str(best["peer"]),
                best_ratio=None if best is None else float(best["ratio"]),
                peers={str(peer): float(of) for peer, of in zip(at_epsilon["peer"], at_epsilon["ratio"], strict=True)},
            )
            print(_line(cell, at_epsilon), flush=True)
            yield cell


def _line(cell: Cell, peers: pd.DataFrame) -> str:
    verdict = "" if cell.best_ratio is None else "win " if cell.relative <= TOLERANCE else "LOSS"
    live = "" if cell.live_diffprivlib is None else f" | diffprivlib now {cell.live_diffprivlib:.3f}"
    recorded = " ".join(f"{peer}={ratio:.3f}" for peer, ratio in zip(peers["peer"], peers["ratio"], strict=True))
    return f"{cell.dataset:22s} ε={cell.epsilon:<4g} {cell.ratio:7.3f} ARI {cell.ari:5.2f} {verdict}{live} | {recorded}"


def summarise(measured: list[Cell]) -> dict[str, float]:
    """Count wins (within 1 % of the best peer) overall, by ε and where n·ε is at least 1 000."""
    compared = [cell for cell in measured if cell.best_ratio is not None]
    strong = [cell for cell in compared if cell.signal >= ENOUGH_SIGNAL]
    live = [cell for cell in measured if cell.live_diffprivlib is not None]
    counts = {
        "cells": float(len(compared)),
        "wins": _wins(compared),
        "geometric mean against the best peer": float(np.exp(np.mean([np.log(cell.relative) for cell in compared]))),
        f"wins where n·ε ≥ {ENOUGH_SIGNAL}": _wins(strong),
        f"worst where n·ε ≥ {ENOUGH_SIGNAL}": max((cell.relative for cell in strong), default=np.nan),
        "better than diffprivlib, live": float(np.mean([cell.ratio < (cell.live_diffprivlib or 0) for cell in live]))
        if live
        else np.nan,
    }
    by_epsilon = {
        f"wins at ε = {epsilon:g}": _wins([cell for cell in compared if cell.epsilon == epsilon])
        for epsilon in EPSILONS
    }
    return counts | by_epsilon


def _wins(compared: list[Cell]) -> float:
    return float(np.mean([cell.relative <= TOLERANCE for cell in compared])) if compared else np.nan


def make_published(measured: list[Cell], *, seeds: int) -> dict[str, Any]:
    """Return what the app shows: our medians beside every recorded peer's, with the date and the versions."""
    return {
        "measured": datetime.now(UTC).date().isoformat(),
        "versions": {"python": platform.python_version()} | {name: version(name) for name in VERSIONS_OF},
        "seeds": seeds,
        "tolerance": TOLERANCE,
        "with_delta": WITH_DELTA,
        "cells": [
            {
                "dataset": cell.dataset,
                "n_people": cell.n_people,
                "n_features": cell.n_features,
                "n_clusters": cell.n_clusters,
                "epsilon": cell.epsilon,
                "ratio": round(cell.ratio, 4),
                "ari": round(cell.ari, 4),
                "peers": cell.peers,
            }
            for cell in measured
        ],
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of .npz sets that no package provides")
    parser.add_argument("--sets", nargs="*", help="names of sets; all by default")
    parser.add_argument("--epsilons", nargs="*", type=float, default=list(EPSILONS))
    parser.add_argument("--seeds", type=int, default=10, help="number of seeds")
    parser.add_argument("--seed", type=int, default=100, help="first seed")
    parser.add_argument(
        "--n-clusters-served", type=int, default=1, help="one release for this many clusters (default: the set's k)"
    )
    parser.add_argument("--no-live", action="store_true", help="leave out diffprivlib")
    parser.add_argument("--publish", action="store_true", help="write the app's table of peers, too")
    parser.add_argument("--json", type=Path, default=RESULTS / "accuracy.json")
    arguments = parser.parse_args()
    peers = pd.read_csv(PEERS)
    peers = peers[peers["peer"] != "plain"]
    measured = list(measure_cells(arguments, peers))
    counted = summarise(measured)
    for name, value in counted.items():
        print(f"{name:40s} {value:.3f}")
    result = {"summary": counted, "cells": [asdict(cell) for cell in measured]}
    write_results(result, arguments.json)
    if arguments.publish:
        table = make_published(measured, seeds=arguments.seeds)
        write_results(table, PUBLISHED)


if __name__ == "__main__":
    main()
