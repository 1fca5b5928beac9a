"""How good recommendations are, plain and private, and how fast: ``python -m benchmarks.recommendation``.

Every number is a median over seeds that nothing was tuned on, with its 10–90 % band.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from benchmarks.figure import RESULTS, write_results
from core.clustering.synopsis.release import release_synopsis
from core.data import Recipe, generate
from core.data.catalogue import Catalogue, load_catalogue
from core.data.table import Holdings
from core.metrics.profile import profile_clusters
from core.privacy.noise_source import NoiseSource
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import release_product_table
from core.recommendation.ranking import rank_products
from core.studies.bands import MetricBand
from core.studies.held_out import HeldOut
from core.studies.recommendation_trial import Recommender, TrialResult, TrialSettings, nonprivate_trial
from core.studies.unseen_people import nonprivate_train_test

#: Far from the seeds that constants were chosen on.
FIRST_SEED = 41_000
EPSILONS = (0.1, 0.3, 0.5, 1.0, 2.0, 5.0)
EPSILONS_UNSEEN = (0.3, 1.0, 2.0)
GENERATED = {"n_people": 20_000, "n_personas": 6}
K_GENERATED, K_SAMPLE = 6, 4
#: Tables compared: one for every k from so many coarse groups, or (None) one released for this k.
GROUPINGS = (None, 6, 8, 12, 25)
TABLE_SHARES = (0.1, 0.2, 0.3, 0.4)
FIGURES = ("hit_1", "hit_3", "hit_5", "ndcg_5", "coverage", "changed", "first_changed")


def draw_generated(seed: int) -> HeldOut:
    """Draw people with one product of each hidden."""
    return HeldOut.one_each(generate(Recipe(seed=seed, **GENERATED)), rng=np.random.default_rng(seed))


def make_settings(n_clusters: int, *, epsilons: tuple[float, ...] = (1.0,), **others: Any) -> TrialSettings:  # noqa: ANN401
    """Return what is tried with the shipped catalogue."""
    return TrialSettings(catalogue=load_catalogue(), epsilons=epsilons, n_clusters=n_clusters, **others)


def repeat_trial(
    draw: Callable[[int], HeldOut], seeds: Iterable[int], setting: TrialSettings
) -> dict[str, list[TrialResult]]:
    """Repeat a trial; outcomes by method and ε."""
    outcomes: dict[str, list[TrialResult]] = defaultdict(list)
    for seed in seeds:
        held_out = draw(seed)
        # Of real people the noise is another one each time.
        rng = NoiseSource.of(held_out.table.source, seed=seed).generator()
        for each in nonprivate_trial(held_out, setting, rng=rng):
            outcomes[each.recommender if each.epsilon is None else f"{each.recommender} ε={each.epsilon:g}"].append(
                each
            )
    return outcomes


def find_band(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the median of repeated measurements and the ends of the 10–90 % band around it."""
    band = MetricBand.from_values(values)
    return band.median, band.low, band.high


def summarise(results: list[TrialResult]) -> dict[str, object]:
    """Return median and band of every figure."""
    rows = [asdict(each.metrics) | (asdict(each.changes) if each.changes else {}) for each in results]
    figures: dict[str, object] = {name: find_band([row[name] for row in rows]) for name in FIGURES if name in rows[0]}
    if "by_group" in rows[0]:
        by_size = zip(*(row["by_group"] for row in rows), strict=False)
        figures["changed_by_size"] = [
            (round(float(np.median([size for size, _ in same]))), *find_band([changed for _, changed in same]))
            for same in by_size
        ]
    return figures


def print_table(title: str, rows: dict[str, dict[str, object]]) -> None:
    """Print one table: medians, and the band of the hit rate at three."""
    print(f"\n{title}\n{'':34}{''.join(f'{name:>18}' for name in FIGURES)}")
    for name, figures in rows.items():
        cells = "".join(f"{_cell(figures.get(figure)):>18}" for figure in FIGURES)
        print(f"{name:34}{cells}", flush=True)


def _cell(measured: object) -> str:
    if not isinstance(measured, tuple):
        return ""
    middle, lower, upper = measured
    return f"{middle:.3f} {lower:.2f}–{upper:.2f}"


def compare_designs(seeds: range, draw: Callable[[int], HeldOut]) -> dict[str, dict[str, object]]:
    """Compare tables at ε = 1 in all: groups, k, products a person, share of ε."""
    rows: dict[str, dict[str, object]] = {}
    settings = [(f"groups={n or 'k'}, k={k}", make_settings(k, n_groups=n)) for k in (4, 6, 10) for n in GROUPINGS]
    settings += [(f"max_per_person={m}", make_settings(K_GENERATED, max_per_person=m)) for m in (1, 2, 3, 4)]
    settings += [(f"table_share={s:g}", make_settings(K_GENERATED, table_share=s)) for s in TABLE_SHARES]
    for name, setting in settings:
        rows[name] = summarise(repeat_trial(draw, seeds, setting)[f"{Recommender.RANKING_PRIVATE} ε=1"])
    return rows


def compare_unseen(draw: Callable[[int], HeldOut], seeds: range, setting: TrialSettings) -> list[dict[str, object]]:
    """Compare people that a model was made from with people it never saw."""
    results = defaultdict(list)
    for seed in seeds:
        held_out = draw(seed)
        rng = NoiseSource.of(held_out.table.source, seed=seed).generator()
        for each in nonprivate_train_test(held_out, setting, split_rng=np.random.default_rng(seed), rng=rng):
            results[each.epsilon].append(each)
    rows: list[dict[str, object]] = []
    for epsilon, same in results.items():
        row: dict[str, object] = {"epsilon": epsilon}
        for name in ("inertia", "adjusted_rand", "plain_agreement", "hit_3"):
            pairs = [getattr(each, name) for each in same]
            if pairs[0] is not None:
                row[name] = {
                    "seen": find_band([pair.train for pair in pairs]),
                    "unseen": find_band([pair.test for pair in pairs]),
                }
        rows.append(row)
        print(*(_pair(name, measured) for name, measured in row.items()), sep="   ", flush=True)
    return rows


def _pair(name: str, measured: object) -> str:
    if not isinstance(measured, dict):
        return f"{name} {measured}"
    return f"{name} {measured['seen'][0]:.4f} seen {measured['unseen'][0]:.4f} unseen"


def measure_speed() -> dict[str, float]:
    """Time the table of a million people by 200 products, and one recommendation."""
    rng = np.random.default_rng(0)
    points = rng.uniform(-1, 1, (1_000_000, 12)).astype(np.float32)
    held = rng.integers(-1, 200, (1_000_000, 4)).astype(np.int16)
    holdings = Holdings(products=tuple(f"p{place}" for place in range(200)), held=held)
    release = release_synopsis(points[:50_000], epsilon=1.0, rng=rng)
    grouping = Grouping.from_release(release, n_clusters=6)
    start, start_cpu = time.perf_counter(), time.process_time()
    table = release_product_table(holdings, points, grouping=grouping, epsilon=0.25, rng=rng)
    seconds, seconds_cpu = time.perf_counter() - start, time.process_time() - start_cpu
    clustering = release.cluster(6)
    people = generate(Recipe(n_people=30))
    # What a first call loads is loaded once a process.
    profile_clusters(clustering, people)
    start = time.perf_counter()
    ranking = rank_products(
        table.for_clusters(clustering),
        profile_clusters(clustering, people),
        columns=people.columns,
        catalogue=_named(table.products),
    )
    ranked = time.perf_counter()
    ranking.recommend(0, held={1, 2})
    measured = {
        "table_seconds": round(seconds, 3),
        "table_cpu_seconds": round(seconds_cpu, 3),
        "ranking_milliseconds": round(1e3 * (ranked - start), 2),
        "recommendation_milliseconds": round(1e3 * (time.perf_counter() - ranked), 2),
    }
    print(measured, flush=True)
    return measured


def _named(ids: tuple[str, ...]) -> Catalogue:
    products = load_catalogue().products
    return Catalogue(products=tuple(replace(products[place % 48], id=name) for place, name in enumerate(ids)))


def main() -> None:
    """Measure everything, print tables and write them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="repetitions")
    seeds = range(FIRST_SEED, FIRST_SEED + parser.parse_args().seeds)
    real = HeldOut.last_quarter()
    measured: dict[str, object] = {"seeds": list(seeds), "generated": GENERATED, "speed": measure_speed()}
    for name, draw, k in (("generated", draw_generated, K_GENERATED), ("sample", lambda _: real, K_SAMPLE)):
        results = repeat_trial(draw, seeds, make_settings(k, epsilons=EPSILONS))
        rows = {key: summarise(same) for key, same in results.items()}
        print_table(f"{name}, k = {k}: median 10–90 % of {len(seeds)} seeds", rows)
        measured[name + "_methods"] = rows
        measured[name + "_unseen"] = compare_unseen(draw, seeds, make_settings(k, epsilons=EPSILONS_UNSEEN))
    rows = compare_designs(seeds, draw_generated)
    print_table("generated, ε = 1: how to release the table", rows)
    measured["design"] = rows
    write_results(measured, RESULTS / "recommendation.json")


if __name__ == "__main__":
    main()
