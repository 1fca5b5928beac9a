"""Fewer dimensions: whether groups get better or worse when many columns are reduced to few directions first."""

import time
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.data import Table
from core.evaluation.dimensions import (
    COLUMNS,
    DIMENSIONS,
    SEEDS_DEFAULT,
    Change,
    Scree,
    Width,
    Widths,
    practice_dimensions,
)
from core.evaluation.sweep import Band
from core.reduction.projection import Method
from ui import charts, figures, jobs, session
from ui.lab import lines
from ui.lab.lines import Line, Panel
from ui.lab.sweep import practice_recipe
from ui.markup import show
from ui.text import phrase

SCREE_HEIGHT = 320


def screen(_table: Table) -> None:
    """Draw the question, the button that measures, and what came out."""
    k, epsilon = int(session.value("k")), float(session.value("epsilon"))
    recipe = practice_recipe()
    key = f"dimensions-{recipe.n_personas}-{recipe.overlap:g}-{recipe.seed}-{k}-{epsilon:g}"
    told = {"seeds": SEEDS_DEFAULT, "k": k, "epsilon": figures.epsilon(epsilon), "dimensions": DIMENSIONS}
    show("lead", text=phrase("dimensions.lead", least=COLUMNS[0], most=COLUMNS[-1], **told))
    if jobs.outcome(key, shared=True) is None:
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
    recipe = practice_recipe()
    work = partial(
        practice_dimensions,
        n_personas=recipe.n_personas,
        overlap=recipe.overlap,
        n_clusters=k,
        epsilon=epsilon,
        seed=recipe.seed,
        clock=time.perf_counter,
    )
    jobs.start(key, work, shared=True)


# --- what came out -----------------------------------------------------------------------------------------------


def _draw(found: Widths) -> None:
    st.segmented_control(
        phrase("dimensions.method"),
        [str(method) for method in Method],
        format_func=lambda method: phrase(f"reduction.{method}"),
        required=True,
        key="dimensions_method",
        persist_state="session",
    )
    method = Method(session.value("dimensions_method"))
    crowds = [[width for width in found.widths if width.n_people == n] for n in _sizes(found)]
    lines.draw(tuple(_panel(crowd, method) for crowd in crowds), key="dimensions")
    show("quiet", text=phrase("dimensions.reading", seeds=found.n_seeds, seconds=figures.number(round(found.seconds))))
    show(
        "dimensions_change",
        method=phrase(f"reduction.{method}"),
        crowds=[{"people": figures.people(crowd[0].n_people), "rows": _changes(crowd, method)} for crowd in crowds],
    )
    _scree(found)
    with st.expander(phrase("dimensions.table"), icon=":material/table:", key="dimensions_figures"):
        st.dataframe(_frame(found).round(3), key="dimensions_table", hide_index=True, width="stretch")


def _sizes(found: Widths) -> list[int]:
    return sorted({width.n_people for width in found.widths})


def _panel(crowd: list[Width], method: Method) -> Panel:
    return Panel(
        title=figures.people(crowd[0].n_people),
        x=tuple(float(width.n_columns) for width in crowd),
        lines=(
            _banded("private", [width.private for width in crowd]),
            _banded("private_reduced", [width.private_reduced[method] for width in crowd]),
            Line(name=phrase("dimensions.plain"), y=tuple(width.plain for width in crowd)),
            Line(name=phrase("dimensions.plain_reduced"), y=tuple(width.plain_reduced[method] for width in crowd)),
        ),
        x_title=phrase("dimensions.columns"),
        y_title=phrase("dimensions.ari"),
        y_range=(-0.05, 1.05),
    )


def _banded(name: str, bands: list[Band]) -> Line:
    return Line(
        name=phrase(f"dimensions.{name}"),
        y=tuple(band.median for band in bands),
        low=tuple(band.low for band in bands),
        high=tuple(band.high for band in bands),
    )


def _changes(crowd: list[Width], method: Method) -> list[dict[str, str]]:
    """Say which numbers of columns got better, stayed and got worse, each with its medians."""
    told = {change: [_moved(width, method) for width in crowd if width.change(method) is change] for change in Change}
    return [
        {
            "change": str(change),
            "name": phrase(f"dimensions.change_{change}"),
            "told": ", ".join(which) or phrase("dimensions.none"),
        }
        for change, which in told.items()
    ]


def _moved(width: Width, method: Method) -> str:
    before, after = width.private.median, width.private_reduced[method].median
    return phrase("dimensions.moved", columns=width.n_columns, before=f"{before:.2f}", after=f"{after:.2f}")


def _frame(found: Widths) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for width in found.widths:
        marks: list[tuple[str, Band]] = [
            (phrase("dimensions.plain"), _certain(width.plain)),
            (phrase("dimensions.private"), width.private),
        ]
        for method in Method:
            name = phrase(f"reduction.{method}")
            marks.append((f"{phrase('dimensions.plain')} · {name}", _certain(width.plain_reduced[method])))
            marks.append((f"{phrase('dimensions.private')} · {name}", width.private_reduced[method]))
        rows += [
            {
                phrase("dimensions.people"): width.n_people,
                phrase("dimensions.columns"): width.n_columns,
                phrase("dimensions.way"): way,
                "ARI": band.median,
                "ARI 10%": band.low,
                "ARI 90%": band.high,
            }
            for way, band in marks
        ]
    return pd.DataFrame(rows)


def _certain(mark: float) -> Band:
    return Band(low=mark, median=mark, high=mark)


# --- what directions hold ----------------------------------------------------------------------------------------


def _scree(found: Widths) -> None:
    st.subheader(phrase("dimensions.scree"), anchor=False)
    st.segmented_control(
        phrase("dimensions.scree_columns"),
        COLUMNS,
        format_func=lambda n: phrase("dimensions.n_columns", n=n),
        required=True,
        key="dimensions_columns",
        persist_state="session",
    )
    chosen = int(session.value("dimensions_columns"))
    with st.container(key="scree_panels"):
        for width in found.widths:
            if width.n_columns == chosen:
                with st.container():
                    _bars(width.scree, people=figures.people(width.n_people))
    show("quiet", text=phrase("dimensions.scree_reading"))


def _bars(scree: Scree, *, people: str) -> None:
    st.markdown(f"**{people}**")
    numbers = [str(number) for number in range(1, len(scree.exact) + 1)]
    middles = [band.median for band in scree.noisy]
    figure = go.Figure()
    figure.add_bar(x=numbers, y=scree.exact, name=phrase("dimensions.exact"), marker_color=charts.COLOURS[0])
    figure.add_bar(
        x=numbers,
        y=middles,
        name=phrase("dimensions.noisy"),
        marker={
            "color": charts.COLOURS[1],
            "pattern": {"shape": "/", "fillmode": "overlay", "fgcolor": "#191F28", "solidity": 0.2},
        },
        error_y={
            "array": [band.high - band.median for band in scree.noisy],
            "arrayminus": [band.median - band.low for band in scree.noisy],
            "color": "#8B95A1",
        },
    )
    figure.add_scatter(
        x=[numbers[0], numbers[-1]],
        y=[scree.noise] * 2,
        mode="lines",
        name=phrase("dimensions.noise"),
        line={"color": charts.COLOURS[5], "dash": "dash", "width": 3},
    )
    figure.update_layout(
        height=SCREE_HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"type": "category", "title": phrase("dimensions.direction")},
        yaxis={"title": phrase("dimensions.share"), "tickformat": ".0%", "rangemode": "tozero"},
        legend={"orientation": "h", "y": -0.3},
    )
    told = ", ".join(
        f"{number}: {figures.share(exact)} / {figures.share(noisy)}"
        for number, exact, noisy in zip(numbers, scree.exact, middles, strict=True)
    )
    alternative = phrase("dimensions.scree_alternative", people=people, told=told, noise=figures.share(scree.noise))
    st.plotly_chart(figure, key=f"dimensions_scree_{people}", config={"displayModeBar": False}, alt=alternative)
