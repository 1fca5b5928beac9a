"""How long a release takes beside scikit-learn and diffprivlib, on the same data: ``python -m benchmarks.speed``.

Every round runs all engines after one another, so that a busy machine slows them alike; ratios are medians of paired
rounds. Generated people in 8 features and 8 groups, float32.
"""

import argparse
import resource
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans

from benchmarks.figure import RESULTS, write_results
from core.arrays import FloatArray
from core.clustering import release_synopsis
from core.privacy.noise import secure_rng

N_FEATURES = 8
N_CLUSTERS = 8
CHUNK = 100_000
DIFFPRIVLIB_MAX = 200_000
PLAIN_MAX = 2_000_000


def people(n_people: int) -> FloatArray:
    """Generate people in chunks, straight into float32."""
    rng = np.random.default_rng(8)
    middles = rng.uniform(-0.6, 0.6, (N_CLUSTERS, N_FEATURES))
    points = np.empty((n_people, N_FEATURES), dtype=np.float32)
    for start in range(0, n_people, CHUNK):
        chunk = points[start : start + CHUNK]
        chunk[:] = middles[rng.integers(N_CLUSTERS, size=len(chunk))]
        chunk += 0.075 * rng.standard_normal(chunk.shape, dtype=np.float32)
    return np.clip(points, -1.0, 1.0, out=points)


def private(points: FloatArray) -> None:
    """Release and cluster."""
    release_synopsis(points, epsilon=1.0, n_clusters_served=N_CLUSTERS, rng=secure_rng()).cluster(N_CLUSTERS)


def plain(points: FloatArray) -> None:
    """Fit scikit-learn with ten starts."""
    KMeans(N_CLUSTERS, n_init=10).fit(points)


def diffprivlib(points: FloatArray) -> None:
    """Fit diffprivlib with the same bounds."""
    from diffprivlib.models import KMeans as DiffprivlibKMeans  # noqa: PLC0415 - slow to import

    limit = np.ones(N_FEATURES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        DiffprivlibKMeans(N_CLUSTERS, epsilon=1.0, bounds=(-limit, limit)).fit(points)


def seconds(run: Callable[[FloatArray], None], points: FloatArray) -> float:
    """Time one run."""
    start = time.perf_counter()
    run(points)
    return time.perf_counter() - start


def measure(n_people: int, rounds: int) -> dict[str, float]:
    """Measure all engines in paired rounds, and the memory of a release beyond its input."""
    before = _peak_bytes()
    points = people(n_people)
    held = _peak_bytes()
    private(points)
    engines: dict[str, Callable[[FloatArray], None]] = {"private": private}
    if n_people <= PLAIN_MAX:
        engines["plain"] = plain
    if n_people <= DIFFPRIVLIB_MAX:
        engines["diffprivlib"] = diffprivlib
    memory = 1.0 + (_peak_bytes() - held) / points.nbytes
    times: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, engine in engines.items():
            times[name].append(seconds(engine, points))
    result = {f"{name} s": float(np.median(taken)) for name, taken in times.items()}
    for name in ("plain", "diffprivlib"):
        if name in times:
            result[f"private/{name}"] = float(np.median(np.divide(times["private"], times[name])))
    result["memory/input"] = memory if held > before + points.nbytes // 2 else float("nan")
    result["k move ms"] = _k_move_milliseconds(points, rounds)
    return result


def _k_move_milliseconds(points: FloatArray, rounds: int) -> float:
    synopsis = release_synopsis(points, epsilon=1.0, n_clusters_served=N_CLUSTERS, rng=secure_rng())
    taken = []
    for n_clusters in list(range(2, 13)) * rounds:
        start = time.perf_counter()
        synopsis.cluster(n_clusters)
        taken.append(time.perf_counter() - start)
    return float(np.median(taken)) * 1000.0


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", nargs="*", type=int, default=[1_000, 10_000, 100_000, 1_000_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, default=RESULTS / "speed.json")
    arguments = parser.parse_args()
    private(people(1_000))
    table = {}
    for n_people in arguments.people:
        table[str(n_people)] = measure(n_people, arguments.rounds)
        row = "  ".join(f"{name} {value:.3f}" for name, value in table[str(n_people)].items())
        print(f"n = {n_people:>10,}  {row}", flush=True)
    write_results(table, arguments.json)


if __name__ == "__main__":
    main()
