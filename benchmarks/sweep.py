"""The ε-sweep: how long it takes, and what it costs others: ``python -m benchmarks.sweep``; about four minutes.

A sweep works in a process of its own on one processor. A visitor of the compare page moves sliders in turn with and
without a sweep running beside its server, over people that no cache knows.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from statistics import median
from threading import Thread
from typing import Any

from benchmarks.figure import RESULTS, Figure, print_figures, write_results
from benchmarks.visitor import Visitor
from core.clustering.engines import SYNOPSIS
from core.data.generate import Recipe
from core.limits import EPSILON_CHOICES
from core.progress import Progress
from core.studies.sweep import SEEDS_DEFAULT, DataShape, sweep_synthetic
from tests.browser.server import Server, serving
from ui.lab.sweep import COLUMNS_ALL, NOISE_SEED, PEOPLE_MOST, VARIED
from ui.worker import Worker, WorkFailedError

ROUNDS = 3
N_CLUSTERS = 4
PANELS = VARIED["columns"]
K_MOVES = (5, 6, 7, 8, 9, 10, 11, 12)
#: People look at what came out before they move on.
THINK_S = 0.4
SWEEP_S, SLOWER = 30.0, 1.5


def measure_sweep_seconds(seed: int) -> float:
    """Sweep the synopsis over every ε in a worker, from its start to its last report."""
    work = partial(sweep_synthetic, n_clusters=N_CLUSTERS, seed=NOISE_SEED, engines=(SYNOPSIS,))
    shape = DataShape(n_people=PEOPLE_MOST, n_features=COLUMNS_ALL)
    start = time.perf_counter()
    for _ in Worker(work, (Recipe(seed=seed), (shape,))).reports():
        pass
    return time.perf_counter() - start


def measure_sliders_ms(server: Server, seed: int) -> dict[str, list[float]]:
    """Move ε and k of fresh people to values never seen, and tell how long each rerun took."""
    with Visitor(server, page="compare", link=f"seed={seed}&epsilon={EPSILON_CHOICES[0]:g}") as visitor:
        moves: list[tuple[str, dict[str, float]]] = [("ε", {"epsilon": epsilon}) for epsilon in EPSILON_CHOICES[1:]]
        moves += [("k", {"k": k}) for k in K_MOVES]
        took: dict[str, list[float]] = {}
        for name, move in moves:
            time.sleep(THINK_S)
            took.setdefault(name, []).append(visitor.move(**move).wall_ms)
    return took


@contextmanager
def sweep_beside(seed: int) -> Iterator[None]:
    """Let a worker sweep both engines over four panels, as for somebody else, and call it off at the end."""
    worker = Worker(partial(sweep_synthetic, n_clusters=N_CLUSTERS, seed=NOISE_SEED), (Recipe(seed=seed), PANELS))
    reports = worker.reports()
    next(reports)
    swallowing = Thread(target=_swallow, args=(reports,))
    swallowing.start()
    try:
        yield
        if worker.is_ended:
            raise RuntimeError("the sweep was over before the others had moved their sliders")
    finally:
        worker.end()
        swallowing.join()


def _swallow(reports: Iterator[Progress[Any]]) -> None:
    with suppress(WorkFailedError):
        for _ in reports:
            pass


def measure() -> Iterator[Figure]:
    """Measure one part after the other."""
    walls = [measure_sweep_seconds(seed) for seed in range(ROUNDS)]
    name = (
        f"{len(EPSILON_CHOICES)} ε × {SEEDS_DEFAULT} releases of the synopsis, n = {PEOPLE_MOST:,}, d = {COLUMNS_ALL}"
    )
    yield Figure(name=name, ours=median(walls), against=SWEEP_S, unit="s")
    alone: dict[str, list[float]] = {}
    beside: dict[str, list[float]] = {}
    with serving() as server:
        # The first visitor of all pays for imports that the warm-up does not know.
        measure_sliders_ms(server, 200)
        for turn in range(ROUNDS):
            _add(alone, measure_sliders_ms(server, 301 + 2 * turn))
            with sweep_beside(401 + turn):
                _add(beside, measure_sliders_ms(server, 302 + 2 * turn))
    for name, took in alone.items():
        yield Figure(
            name=f"{name} never seen while another sweeps, against nobody ({len(took)} moves)",
            ours=median(beside[name]),
            against=median(took),
            most=SLOWER,
        )


def _add(all_of_them: dict[str, list[float]], some: dict[str, list[float]]) -> None:
    for name, took in some.items():
        all_of_them.setdefault(name, []).extend(took)


def main() -> None:
    """Print the table and write it as JSON, with what else the machine was doing."""
    loads = [os.getloadavg()[0]]
    figures = print_figures(measure())
    loads.append(os.getloadavg()[0])
    print(f"{os.cpu_count()} processors; load {loads[0]:.1f} before and {loads[1]:.1f} after")
    write_results({"processors": os.cpu_count(), "load": loads, "figures": figures}, RESULTS / "sweep.json")


if __name__ == "__main__":
    main()
