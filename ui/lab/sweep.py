"""The ε-sweep: how good private groups are at every ε, with a 10–90 % band over random seeds."""

from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from core.arrays import FloatArray
from core.data import GENERATED, Table
from core.data.generate import Recipe
from core.limits import EPSILON_CHOICES
from core.privacy.noise_source import NoiseSource
from core.studies.bands import ClusteringMetrics, Metric
from core.studies.sweep import SEEDS_DEFAULT, DataShape, SweepPanel, nonprivate_sweep, sweep_synthetic
from ui import figures, jobs, names, results, session
from ui.lab import downloads, line_charts, line_tables
from ui.lab.line_panels import Line, Panel
from ui.markup import show
from ui.settings import SWEEP_DATA, SWEEP_MARKS
from ui.text import phrase

NOISE_SEED = 7
#: People of a panel at most: 600 clusterings of them are scored.
PEOPLE_MOST = 10_000
COLUMNS_ALL = 12
VARIED = {
    "people": tuple(DataShape(n_people=n, n_features=COLUMNS_ALL) for n in (300, 1_000, 3_000, PEOPLE_MOST)),
    "columns": tuple(DataShape(n_people=PEOPLE_MOST, n_features=n) for n in (2, 4, 8, COLUMNS_ALL)),
}


def screen(table: Table) -> None:
    """Draw the choice of data, the button that starts the sweep, and its results."""
    data = _choose_data(table)
    k = session.settings.k
    key = _job_key(table, data, k)
    show("insider_lead" if data == "table" else "lead", text=_write_lead(data, table, k))
    panels = jobs.offer("sweep.run", key, _start, key, data, table, k, shared=data != "table")
    if panels is not None:
        _draw(panels, is_insider=data == "table")


def _choose_data(table: Table) -> str:
    """Offer the people at hand beside synthetic ones, unless they are these or must not be looked at."""
    may_use_table = table.source != GENERATED and not session.settings.only_public
    choices = SWEEP_DATA if may_use_table else tuple(each for each in SWEEP_DATA if each != "table")
    if session.settings.sweep_data not in choices:
        session.choose(sweep_data=choices[0])
    st.segmented_control(
        phrase("sweep.data"),
        choices,
        format_func=lambda each: names.data(table) if each == "table" else phrase(f"sweep.data_{each}"),
        required=True,
        key="sweep_data",
        persist_state="session",
    )
    return session.settings.sweep_data


def synthetic_recipe() -> Recipe:
    """Return the visitor's recipe without its number of people, which the sweep sets itself."""
    recipe = session.recipe()
    return Recipe(n_personas=recipe.n_personas, overlap=recipe.overlap, inequality=recipe.inequality, seed=recipe.seed)


def _shapes(data: str) -> tuple[DataShape, ...]:
    one = DataShape(n_people=min(session.settings.people, PEOPLE_MOST), n_features=COLUMNS_ALL)
    return VARIED.get(data, (one,))


def _job_key(table: Table, data: str, k: int) -> str:
    if data == "table":
        return f"sweep-{table.content_key}-{k}"
    sizes = "-".join(f"{shape.n_people}x{shape.n_features}" for shape in _shapes(data))
    return f"sweep-{synthetic_recipe().content_key}-{sizes}-{k}"


def _write_lead(data: str, table: Table, k: int) -> str:
    if data != "table":
        return phrase(f"sweep.lead_{data}", seeds=SEEDS_DEFAULT, n=len(EPSILON_CHOICES), k=k)
    people = figures.people(min(table.n_people, PEOPLE_MOST))
    return phrase("sweep.lead_table", seeds=SEEDS_DEFAULT, n=len(EPSILON_CHOICES), k=k, people=people)


def _start(key: str, data: str, table: Table, k: int) -> None:
    if data != "table":
        jobs.start(
            key, partial(sweep_synthetic, n_clusters=k, seed=NOISE_SEED), synthetic_recipe(), _shapes(data), shared=True
        )
        return
    noise = NoiseSource.of(table.source, seed=NOISE_SEED)
    jobs.start(key, partial(nonprivate_sweep, n_clusters=k, noise=noise), _sample_people(table), shared=False)


def _sample_people(table: Table) -> FloatArray:
    """Return the table's people, or a fixed random sample of as many as a sweep takes."""
    chosen = np.sort(np.random.default_rng(NOISE_SEED).permutation(table.n_people)[:PEOPLE_MOST])
    points: FloatArray = results.points(table)[chosen]
    return points


# --- what came out -----------------------------------------------------------------------------------------------


def _draw(sweeps: tuple[SweepPanel, ...], *, is_insider: bool) -> None:
    st.segmented_control(
        phrase("sweep.mark"),
        SWEEP_MARKS,
        format_func=lambda mark: phrase(f"sweep.mark_{mark}"),
        required=True,
        key="sweep_mark",
        persist_state="session",
    )
    metric = Metric(session.settings.sweep_mark)
    panels = tuple(_make_panel(sweep, metric, is_insider=is_insider) for sweep in sweeps)
    line_charts.draw(panels, key="sweep")
    show("quiet", text=phrase(f"sweep.reading_{metric}", seeds=sweeps[0].n_seeds))
    downloads.offer(_make_frame(sweeps), panels, key="sweep")
    with st.expander(phrase("sweep.table"), icon=":material/table:", key="sweep_figures"):
        line_tables.draw(panels)


def _make_panel(sweep: SweepPanel, metric: Metric, *, is_insider: bool) -> Panel:
    lines = []
    for engine, by_epsilon in sweep.private.items():
        bands = [metrics.band(metric) for metrics in by_epsilon]
        lines.append(
            Line(
                name=names.engine(engine.key),
                y=tuple(band.median for band in bands),
                low=tuple(band.low for band in bands),
                high=tuple(band.high for band in bands),
            )
        )
    lines.append(Line(name=phrase("sweep.minibatch"), y=(sweep.minibatch.band(metric).median,)))
    lines.append(Line(name=phrase(f"sweep.ceiling_{metric}"), y=(sweep.ceiling.band(metric).median,)))
    if metric is Metric.ARI:
        lines.append(Line(name=phrase("sweep.chance"), y=(0.0,)))
    return Panel(
        title=phrase("sweep.panel", people=figures.people(sweep.n_people), columns=sweep.n_features),
        x=sweep.epsilons,
        lines=tuple(lines),
        x_title=phrase("sweep.epsilon"),
        y_title=phrase(f"sweep.axis_{metric}"),
        y_log=metric is Metric.INERTIA,
        y_range=(-0.1, 1.05) if metric is Metric.ARI else None,
        is_insider=is_insider,
    )


def _make_frame(sweeps: tuple[SweepPanel, ...]) -> pd.DataFrame:
    rows = []
    for sweep in sweeps:
        found: list[tuple[str, float | None, ClusteringMetrics]] = [
            (names.engine(engine.key), epsilon, level)
            for engine, levels in sweep.private.items()
            for epsilon, level in zip(sweep.epsilons, levels, strict=True)
        ]
        found += [(phrase("sweep.minibatch"), None, sweep.minibatch), (phrase("sweep.again"), None, sweep.ceiling)]
        for name, epsilon, metrics in found:
            row = {
                phrase("sweep.people"): sweep.n_people,
                phrase("sweep.columns"): sweep.n_features,
                phrase("sweep.way"): name,
                "ε": epsilon,
            }
            for metric in Metric:
                band, called = metrics.band(metric), phrase(f"sweep.axis_{metric}")
                row |= {called: band.median, f"{called} 10%": band.low, f"{called} 90%": band.high}
            rows.append(row)
    return pd.DataFrame(rows)
