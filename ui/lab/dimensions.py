"""Dimension reduction: whether private groups get better or worse when many columns are projected onto few."""

import time
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.data import Table
from core.reduction.projection import ReductionMethod
from core.studies.bands import MetricBand
from core.studies.dimensions import (
    COLUMNS,
    DIMENSIONS,
    SEEDS_DEFAULT,
    DimensionsResult,
    DimensionsStudy,
    ReductionEffect,
    study_dimensions,
)
from ui import figures, jobs, session
from ui.lab import downloads, line_charts, line_tables, scree
from ui.lab.line_panels import Line, Panel
from ui.lab.sweep import synthetic_recipe
from ui.markup import show
from ui.text import phrase


def screen(_table: Table) -> None:
    """Draw the design of the study, the button that starts it, and its results."""
    k, epsilon = session.settings.k, session.settings.epsilon
    recipe = synthetic_recipe()
    key = f"dimensions-{recipe.n_personas}-{recipe.overlap:g}-{recipe.seed}-{k}-{epsilon:g}"
    design = {"seeds": SEEDS_DEFAULT, "k": k, "epsilon": figures.epsilon(epsilon), "dimensions": DIMENSIONS}
    show("lead", text=phrase("dimensions.lead", least=COLUMNS[0], most=COLUMNS[-1], **design))
    if jobs.result(key, shared=True) is None:
        st.button(
            phrase("dimensions.run"),
            key="dimensions_run",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_start,
            args=(key, k, epsilon),
        )
    found = jobs.watch(key, shared=True)
    if found is not None:
        _draw(found)


def _start(key: str, k: int, epsilon: float) -> None:
    recipe = synthetic_recipe()
    work = partial(
        study_dimensions,
        n_personas=recipe.n_personas,
        overlap=recipe.overlap,
        n_clusters=k,
        epsilon=epsilon,
        seed=recipe.seed,
        clock=time.perf_counter,
    )
    jobs.start(key, work, shared=True)


# --- what came out -----------------------------------------------------------------------------------------------


def _draw(found: DimensionsStudy) -> None:
    st.segmented_control(
        phrase("dimensions.method"),
        [str(method) for method in ReductionMethod],
        format_func=lambda method: phrase(f"reduction.{method}"),
        required=True,
        key="dimensions_method",
        persist_state="session",
    )
    method = ReductionMethod(session.settings.dimensions_method)
    crowds = [[result for result in found.results if result.n_people == n] for n in _sizes(found)]
    panels = tuple(_make_panel(crowd, method) for crowd in crowds)
    line_charts.draw(panels, key="dimensions")
    show("quiet", text=phrase("dimensions.reading", seeds=found.n_seeds, seconds=figures.number(round(found.seconds))))
    show(
        "dimensions_change",
        method=phrase(f"reduction.{method}"),
        crowds=[{"people": figures.people(crowd[0].n_people), "rows": _effects(crowd, method)} for crowd in crowds],
    )
    downloads.offer(_make_frame(found), panels, key="dimensions")
    with st.expander(phrase("dimensions.table"), icon=":material/table:", key="dimensions_figures"):
        line_tables.draw(panels)
    scree.draw(found)


def _sizes(found: DimensionsStudy) -> list[int]:
    return sorted({result.n_people for result in found.results})


def _make_panel(crowd: list[DimensionsResult], method: ReductionMethod) -> Panel:
    return Panel(
        title=figures.people(crowd[0].n_people),
        x=tuple(float(result.n_columns) for result in crowd),
        lines=(
            _make_line("private", [result.private for result in crowd]),
            _make_line("private_reduced", [result.private_reduced[method] for result in crowd]),
            Line(name=phrase("dimensions.plain"), y=tuple(result.plain for result in crowd)),
            Line(name=phrase("dimensions.plain_reduced"), y=tuple(result.plain_reduced[method] for result in crowd)),
        ),
        x_title=phrase("dimensions.columns"),
        y_title=phrase("dimensions.ari"),
        y_range=(-0.05, 1.05),
    )


def _make_line(name: str, bands: list[MetricBand]) -> Line:
    return Line(
        name=phrase(f"dimensions.{name}"),
        y=tuple(band.median for band in bands),
        low=tuple(band.low for band in bands),
        high=tuple(band.high for band in bands),
    )


def _effects(crowd: list[DimensionsResult], method: ReductionMethod) -> list[dict[str, str]]:
    """Say which numbers of columns got better, stayed and got worse, each with its medians."""
    effects = {
        effect: [_write_change(result, method) for result in crowd if result.effect(method) is effect]
        for effect in ReductionEffect
    }
    return [
        {
            "change": str(effect),
            "name": phrase(f"dimensions.change_{effect}"),
            "text": ", ".join(which) or phrase("dimensions.none"),
        }
        for effect, which in effects.items()
    ]


def _write_change(result: DimensionsResult, method: ReductionMethod) -> str:
    before, after = result.private.median, result.private_reduced[method].median
    return phrase(
        "dimensions.moved", columns=result.n_columns, before=figures.decimals(before), after=figures.decimals(after)
    )


def _make_frame(found: DimensionsStudy) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for result in found.results:
        marks: list[tuple[str, MetricBand]] = [
            (phrase("dimensions.plain"), _exact_band(result.plain)),
            (phrase("dimensions.private"), result.private),
        ]
        for method in ReductionMethod:
            name = phrase(f"reduction.{method}")
            marks.append((f"{phrase('dimensions.plain')} · {name}", _exact_band(result.plain_reduced[method])))
            marks.append((f"{phrase('dimensions.private')} · {name}", result.private_reduced[method]))
        rows += [
            {
                phrase("dimensions.people"): result.n_people,
                phrase("dimensions.columns"): result.n_columns,
                phrase("dimensions.way"): way,
                "ARI": band.median,
                "ARI 10%": band.low,
                "ARI 90%": band.high,
            }
            for way, band in marks
        ]
    return pd.DataFrame(rows)


def _exact_band(mark: float) -> MetricBand:
    return MetricBand(low=mark, median=mark, high=mark)
