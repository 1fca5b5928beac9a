"""Groups in a 3-D scatter: released cells and centres along three columns, and for the curator, on request, people."""

import base64
from typing import Any

import numpy as np
import streamlit as st

from core.arrays import FloatArray
from core.clustering.types import Clustering, Release
from core.data import Table
from ui import figures, names, results, session
from ui.compare.axes import make_ticks
from ui.components import component
from ui.markup import show
from ui.text import phrase

#: A public column's part of the box that is shown at least, and the margin around what is released.
SPAN_LEAST, MARGIN = 0.1, 0.06
#: People drawn in the insider's view, chosen once and for all.
PEOPLE_MOST, PEOPLE_SEED = 600, 7
FULL = 65_535
WORDS = ("player", "left", "right", "up", "down")


def screen(table: Table, release: Release, clustering: Clustering, titles: list[str]) -> None:
    """Draw the choice of columns and the picture; a table of fewer than three has none."""
    show("lines_title", title=phrase("features.space"), is_insider=False)
    if len(table.columns) < 3:  # noqa: PLR2004 - three axes
        show("quiet", text=phrase("features.flat"))
        return
    chosen = _choose_axes(table, clustering)
    people = _sample_people(table) if _ask_for_people() else None
    data = build_payload(table, release, clustering, chosen=chosen, titles=titles, people=people)
    component("lab/space")(key="features_space", data=data)
    show("quiet", text=phrase("features.space_how"))


def _choose_axes(table: Table, clustering: Clustering) -> list[int]:
    """Draw the choice of three columns; at first those in which the released centres differ most."""
    widest = np.argsort(-clustering.centers.std(axis=0), kind="stable")[:3].tolist()
    number = session.number_of("table", table.content_key)
    chosen = []
    with st.container(key="features_axes", horizontal=True):
        for place, axis in enumerate("xyz"):
            picked = st.selectbox(
                phrase(f"features.axis_{axis}"),
                range(len(table.columns)),
                int(widest[place]),
                format_func=lambda j: names.short(table.columns[j]),
                key=f"features_{axis}_{number}",
                width=150,
            )
            chosen.append(int(picked))
    return chosen


def _ask_for_people() -> bool:
    """Offer to see people, unless only what is public may be seen; said and marked where they are."""
    if session.settings.only_public:
        return False
    wanted = st.toggle(phrase("features.people"), key="features_people", persist_state="session")
    if wanted:
        show("insider_lead", text=phrase("features.people_why", most=PEOPLE_MOST))
    return wanted


def _sample_people(table: Table) -> FloatArray:
    """Return people in the box, at most ``PEOPLE_MOST``: raw, insider."""
    chosen = np.sort(np.random.default_rng(PEOPLE_SEED).permutation(table.n_people)[:PEOPLE_MOST])
    people: FloatArray = results.points(table)[chosen]
    return people


# --- what the picture needs --------------------------------------------------------------------------------------


def build_payload(
    table: Table,
    release: Release,
    clustering: Clustering,
    *,
    chosen: list[int],
    titles: list[str],
    people: FloatArray | None = None,
) -> dict[str, Any]:
    """Return axes, points in the unit cube and words; only ``people`` is exact, and the axes do not depend on it."""
    cells, centers = release.cells.points[:, chosen], clustering.centers[:, chosen]
    low, high = _ends(np.vstack([cells, centers]))

    def within(places: FloatArray) -> FloatArray:
        inside: FloatArray = np.clip((places - low) / (high - low), 0.0, 1.0)
        return inside

    weights = np.maximum(release.cells.weights, 0.0)
    released = _pack_points(within(cells), clustering.assign(release.cells.points))
    columns = ", ".join(names.column(table.columns[j]) for j in chosen)
    return {
        "axes": [
            {"label": _label(table, j), "ticks": make_ticks(table.columns[j], float(low[i]), float(high[i]))}
            for i, j in enumerate(chosen)
        ],
        "cells": released | {"sizes": _encode(np.sqrt(weights / max(float(weights.max()), 1.0)).astype("<f4"))},
        "centers": np.round(within(centers).astype(np.float64), 4).tolist(),
        "people": None if people is None else _pack_points(within(people[:, chosen]), clustering.assign(people)),
        "words": {word: phrase(f"features.space_{word}") for word in WORDS},
        "alternative": phrase(
            "features.space_alternative", columns=columns, groups=_describe_centers(table, clustering, chosen, titles)
        ),
    }


def _label(table: Table, j: int) -> str:
    unit = figures.unit_name(table.columns[j].unit)
    return f"{names.short(table.columns[j])} ({unit})" if unit else names.short(table.columns[j])


def _ends(places: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return where each axis begins and ends: around what is released, within the box."""
    low, high = places.min(axis=0), places.max(axis=0)
    wide = np.maximum((high - low) * (1.0 + 2.0 * MARGIN), SPAN_LEAST)
    middle = (low + high) / 2.0
    return np.maximum(middle - wide / 2.0, -1.0), np.minimum(middle + wide / 2.0, 1.0)


def _pack_points(places: FloatArray, groups: np.ndarray) -> dict[str, str]:
    return {"places": _encode(np.round(places * FULL).astype("<u2")), "groups": _encode(groups.astype(np.uint8))}


def _encode(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")


def _describe_centers(table: Table, clustering: Clustering, chosen: list[int], titles: list[str]) -> str:
    """Say where every centre stands."""
    units = table.to_units(clustering.centers)
    return "; ".join(
        f"{title}: " + ", ".join(figures.amount(float(units[group, j]), table.columns[j].unit) for j in chosen)
        for group, title in enumerate(titles)
    )
