"""Passes over the data: how long four algorithms take on this machine, and how often they read every row."""

import time
from functools import partial

import pandas as pd

from core.data import Table
from core.studies.passes import SIZES, Algorithm, AlgorithmCost, measure_passes
from ui import figures, jobs, session
from ui.lab import downloads, line_charts, line_tables
from ui.lab.line_panels import Line, Panel
from ui.lab.sweep import synthetic_recipe
from ui.markup import show
from ui.text import phrase

MEASURES = ("seconds", "passes", "inertia")


def screen(_table: Table) -> None:
    """Draw the design of the study, the button that starts it, and its results."""
    k = session.settings.k
    key = f"passes-{synthetic_recipe().content_key}-{k}"
    show("lead", text=phrase("passes.lead", k=k, most=figures.people(SIZES[-1])))
    costs = jobs.offer("passes.run", key, _start, key, k, shared=True, icon=":material/timer:")
    if costs is not None:
        _draw(costs)


def _start(key: str, k: int) -> None:
    jobs.start(key, partial(measure_passes, n_clusters=k, clock=time.perf_counter), synthetic_recipe(), shared=True)


def _draw(costs: tuple[AlgorithmCost, ...]) -> None:
    panels = tuple(_make_panel(costs, measure) for measure in MEASURES)
    line_charts.draw(panels, key="passes")
    show("quiet", text=phrase("passes.reading"))
    frame = pd.DataFrame(
        [
            {
                phrase("passes.people"): cost.n_people,
                phrase("passes.way"): phrase(f"passes.way_{cost.algorithm}"),
                phrase("passes.seconds"): round(cost.seconds, 4),
                phrase("passes.passes"): round(cost.passes, 1),
                phrase("passes.inertia"): round(cost.inertia, 3),
            }
            for cost in costs
        ]
    )
    downloads.offer(frame, panels, key="passes")
    line_tables.draw(panels)


def _make_panel(costs: tuple[AlgorithmCost, ...], measure: str) -> Panel:
    sizes = tuple(sorted({cost.n_people for cost in costs}))
    return Panel(
        title=phrase(f"passes.{measure}"),
        x=tuple(float(size) for size in sizes),
        lines=tuple(
            Line(
                name=phrase(f"passes.way_{algorithm}"),
                y=tuple(float(getattr(cost, measure)) for cost in costs if cost.algorithm is algorithm),
            )
            for algorithm in Algorithm
        ),
        x_title=phrase("passes.people"),
        y_title=phrase(f"passes.{measure}"),
        y_log=True,
    )
