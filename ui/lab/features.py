"""Finer features: what sets each group apart, as a table of shades, in words, and in space; from a release at hand."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from core.clustering.engines import ANY_K, Engine
from core.clustering.model import Clustering, Release
from core.data import Table
from core.evaluation.profile import Profile, profile
from ui import charts, figures, frame, names, results, session
from ui.markup import show
from ui.text import phrase

TRAITS = 3
#: A ratio this far from 1, up or down, has the deepest shade.
DEEPEST = 3.0
DEEPEST_PERCENT = 55.0
#: Shapes that can be drawn in space, in the order of the groups.
SHAPES = ("circle", "square", "diamond", "cross", "x", "circle-open", "square-open", "diamond-open")
CENTER_SIZE, CELL_SIZE = 11, 14.0
HEIGHT = 520


def screen(table: Table) -> None:
    """Draw the profiles of the groups of a release that is there already; nothing is bought here."""
    at_hand = _at_hand(table)
    if at_hand is None:
        st.info(phrase("features.nothing"), icon=":material/shopping_basket:")
        frame.link("compare", label="features.buy", icon=":material/compare:")
        return
    key, release = at_hand
    clustering = results.clustered(table, key, int(session.value("k")), release)
    described = profile(clustering, table)
    titles = names.groups(described, table)
    show("quiet", text=phrase("features.of", epsilon=figures.epsilon(release.epsilon), k=clustering.n_clusters))
    show("features", groups=_groups(table, described, titles), rows=_rows(table, described))
    _space(table, release, clustering, titles)


def _at_hand(table: Table) -> tuple[str, Release] | None:
    """Return the name and the release of the present settings: of people's data only if it was bought before."""
    engine, epsilon, k = Engine(session.value("engine")), float(session.value("epsilon")), int(session.value("k"))
    reduction = session.reduction(table)
    key = session.release_key(table, engine=engine, epsilon=epsilon, n_clusters=k, reduction=reduction)
    if ("release", key) in session.releases(table):
        return key, session.release(table, engine=engine, epsilon=epsilon, n_clusters=k, reduction=reduction)
    if not table.source.is_practice:
        return None
    bought_k = results.K_FLOOR if engine in ANY_K else k
    draw = int(session.value("draw"))
    return key, results.practice_release(
        table, engine=engine, epsilon=epsilon, n_clusters=bought_k, draw=draw, reduction=reduction
    )


def _ratio(described: Profile, group: int, j: int) -> float:
    return max(float(described.amounts[group, j]), 0.0) / max(float(described.average[j]), 1e-9)


def _groups(table: Table, described: Profile, titles: list[str]) -> list[dict[str, str]]:
    return [
        {
            "name": title,
            "share": figures.share(float(described.shares[group])),
            "traits": ", ".join(
                f"{names.short(table.columns[j])} {figures.times(_ratio(described, group, int(j)))}"
                for j in described.telling(group, TRAITS)
            ),
        }
        for group, title in enumerate(titles)
    ]


def _rows(table: Table, described: Profile) -> list[dict[str, Any]]:
    return [
        {
            "name": names.column(column),
            "cells": [_cell(_ratio(described, group, j)) for group in range(len(described.shares))],
            "average": figures.amount(float(described.average[j]), column.unit),
        }
        for j, column in enumerate(table.columns)
    ]


def _cell(ratio: float) -> dict[str, Any]:
    depth = min(abs(float(np.log(max(ratio, 1e-3)))) / float(np.log(DEEPEST)), 1.0)
    return {
        "text": figures.times(ratio),
        "side": "more" if ratio > 1 else "less",
        "depth": round(DEEPEST_PERCENT * depth, 1),
    }


# --- in space ----------------------------------------------------------------------------------------------------


def _space(table: Table, release: Release, clustering: Clustering, titles: list[str]) -> None:
    st.subheader(phrase("features.space"), anchor=False)
    if len(table.columns) < 3:  # noqa: PLR2004 - three axes
        show("quiet", text=phrase("features.flat"))
        return
    chosen = _axes(table, clustering)
    figure = go.Figure()
    labels = clustering.assign(release.cells.places)
    cells, centers = table.to_units(release.cells.places)[:, chosen], table.to_units(clustering.centers)[:, chosen]
    sizes = CELL_SIZE * np.sqrt(np.maximum(release.cells.weights, 0.0) / max(float(release.cells.weights.max()), 1.0))
    for group, title in enumerate(titles):
        members = labels == group
        colour = charts.COLOURS[group % len(charts.COLOURS)]
        _cloud(figure, cells[members], colour=colour, group=group, size=np.maximum(sizes[members], 2.0).tolist())
        _cloud(figure, centers[[group]], colour=colour, group=group, size=CENTER_SIZE, name=f"{group + 1} · {title}")
    axes = [{"title": {"text": names.axis(table.columns[j])}} for j in chosen]
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        scene=dict(zip(("xaxis", "yaxis", "zaxis"), axes, strict=True)),
        legend={"orientation": "h", "y": -0.02},
    )
    told = ", ".join(names.column(table.columns[j]) for j in chosen)
    alternative = phrase("features.space_alternative", columns=told, groups=", ".join(titles))
    st.plotly_chart(figure, key="features_space", config={"displayModeBar": False}, alt=alternative)


def _axes(table: Table, clustering: Clustering) -> list[int]:
    """Draw the choice of three columns; at first those in which the released centres differ most."""
    widest = np.argsort(-clustering.centers.std(axis=0), kind="stable")[:3].tolist()
    chosen = []
    with st.container(key="features_axes", horizontal=True):
        for place, axis in enumerate("xyz"):
            picked = st.selectbox(
                phrase(f"features.axis_{axis}"),
                range(len(table.columns)),
                int(widest[place]),
                format_func=lambda j: names.axis(table.columns[j]),
                key=f"features_{axis}_{table.content_key[:24]}",
                width=260,
            )
            chosen.append(int(picked))
    return chosen


def _cloud(figure: go.Figure, at: np.ndarray, *, colour: str, group: int, size: object, name: str = "") -> None:
    """Add released places, or with a name a group's centre, which stands out by size and edge."""
    rounded = np.round(at, 2)
    figure.add_scatter3d(
        x=rounded[:, 0],
        y=rounded[:, 1],
        z=rounded[:, 2],
        mode="markers",
        name=name,
        showlegend=bool(name),
        legendgroup=str(group),
        marker={
            "size": size,
            "color": colour,
            "symbol": SHAPES[group % len(SHAPES)],
            "opacity": 1.0 if name else 0.5,
            "line": {"width": 3 if name else 0, "color": "#000000"},
        },
    )
