"""Profiles of the groups of a release that exists already: in words, shades, parallel coordinates and in space."""

from typing import Any

import numpy as np
import streamlit as st

from core.clustering.types import Release
from core.data import Table
from core.metrics.profile import Profile, profile_clusters
from core.reduction.spec import ReleaseSpec
from ui import figures, frame, names, releases, results, session
from ui.lab import parallel_coordinates, scatter_3d
from ui.lab.group_styles import style_of
from ui.markup import show
from ui.text import phrase

TRAITS = 3
#: A ratio this far from 1, up or down, has the deepest shade.
DEEPEST = 3.0
DEEPEST_PERCENT = 55.0


def screen(table: Table) -> None:
    """Draw the profiles of the groups of a release that exists already; nothing is released here."""
    found = find_release(table)
    if found is None:
        st.info(phrase("features.nothing"), icon=":material/shopping_basket:")
        frame.draw_link("compare", label="features.buy", icon=":material/compare:")
        return
    spec, release = found
    clustering = results.cluster(table, spec, release)
    described = profile_clusters(clustering, table)
    titles = names.groups(described, table)
    show("quiet", text=phrase("features.of", epsilon=figures.epsilon(release.epsilon), k=clustering.n_clusters))
    show("features", groups=_groups(table, described, titles), rows=_rows(table, described))
    parallel_coordinates.draw_legend(titles)
    with st.container(key="features_panels"):
        with st.container():
            parallel_coordinates.draw(table, described, titles)
        with st.container():
            scatter_3d.screen(table, release, clustering, titles)


def find_release(table: Table) -> tuple[ReleaseSpec, Release] | None:
    """Return the spec and the release of the present settings: of people's data only if it was made before."""
    spec = session.release_spec(table)
    if releases.is_released(table, spec):
        return spec, releases.release(table, spec)
    return (spec, results.synthetic_release(table, spec)) if table.source.is_synthetic else None


def _groups(table: Table, described: Profile, titles: list[str]) -> list[dict[str, str]]:
    return [
        {
            "name": title,
            "colour": style_of(group).css_colour,
            "clip": style_of(group).clip,
            "share": figures.share(float(described.shares[group])),
            "traits": ", ".join(
                f"{names.short(table.columns[j])} {figures.times(described.ratio(group, int(j)))}"
                for j in described.distinctive(group, TRAITS)
            ),
        }
        for group, title in enumerate(titles)
    ]


def _rows(table: Table, described: Profile) -> list[dict[str, Any]]:
    return [
        {
            "name": names.column(column),
            "cells": [_cell(described.ratio(group, j)) for group in range(len(described.shares))],
            "average": figures.amount(float(described.average[j]), column.unit),
        }
        for j, column in enumerate(table.columns)
    ]


def _cell(ratio: float) -> dict[str, Any]:
    depth = min(abs(float(np.log(max(ratio, 1e-3)))) / float(np.log(DEEPEST)), 1.0)
    return {
        "text": figures.factor(ratio),
        "side": "more" if ratio > 1 else "less",
        "depth": round(DEEPEST_PERCENT * depth, 1),
    }
