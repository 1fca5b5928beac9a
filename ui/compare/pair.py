"""The two pictures, plain and private, with the group cards below: a component that updates in place."""

import base64
from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from core.arrays import FloatArray, IntArray
from core.clustering.types import WeightedPoints
from core.data import GENERATED, PROTOTYPE, Column, Table
from core.data.generate import Recipe, generate
from core.metrics.profile import Profile, profile_clusters
from core.reduction.viewpoint import Viewpoint, viewpoint
from ui import figures, names, results, session
from ui.compare import reduction
from ui.components import component
from ui.outcome import Outcome
from ui.settings import PRINCIPAL
from ui.text import phrase

#: People of another seed who show where the recipe's people are, so that the frame tells nothing of the real ones.
PILOT_PEOPLE, PILOT_SEED = 2_000, 7
BARS = 3
WORDS = ("plain", "private", "plain_key", "average", "cards", "trail")
TICKS_MOST = 5
#: A column's tick values: 1, 2, 5 times powers of ten.
ROUND_STEPS = (1.0, 2.0, 5.0)


def show(
    found: Outcome,
    *,
    axes: tuple[str, str],
    on_run: Callable[[], None],
    trail: list[dict[str, Any]],
    on_stage: bool = False,
) -> None:
    """Draw the pair, the cards and the trail of runs; ``on_run`` is called when a run of the trail is tapped.

    On stage the pictures stand alone, with marks and type for the last row.
    """
    data = payload(found, axes=axes, trail=trail) | {"stage": on_stage}
    component("compare/pair")(key="pair", data=data, on_run_change=on_run)


def payload(found: Outcome, *, axes: tuple[str, str], trail: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the component needs, at most 60 kB: quantised places, labels, words."""
    where = _viewpoint(found, axes)
    insider = found.comparison is not None and session.settings.view == "insider"
    described = profile_clusters(found.private, found.table)
    return {
        "k": found.spec.n_clusters,
        "axes": _axes(where, found.table, axes),
        "people": _people(found, where) if found.plain else None,
        "plain": _plain(found, where) if found.plain else None,
        "private": _private(found, where, insider=insider),
        "groups": _groups(found, described),
        "trail": trail,
        "words": {key: phrase(f"pair.{key}") for key in WORDS},
    }


# --- where to look from ------------------------------------------------------------------------------------------


def _viewpoint(found: Outcome, axes: tuple[str, str]) -> Viewpoint:
    keys = [column.key for column in found.table.columns]
    chosen = tuple(None if axis == PRINCIPAL else keys.index(axis) for axis in axes)
    return viewpoint(_reference(found), (chosen[0], chosen[1]))


def _reference(found: Outcome) -> WeightedPoints:
    """Return places that anyone may see, the same at every ε: a pilot of the recipe, or the first release."""
    if found.table.source == GENERATED:
        return _pilot(session.recipe())
    if found.table.source == PROTOTYPE:
        corners = np.asarray([[-1.0] * 3, [1.0] * 3, [-1.0, 1.0, 0.0], [1.0, -1.0, 0.0]])
        return WeightedPoints(points=corners, weights=np.ones(len(corners)))
    references = st.session_state.setdefault("references", {})
    kept: WeightedPoints = references.setdefault(found.table.content_key, found.release.cells)
    return kept


def _pilot(recipe: Recipe) -> WeightedPoints:
    return _pilot_of(recipe.n_personas, recipe.overlap, recipe.inequality, session.settings.bounds)


@st.cache_resource(max_entries=results.SMALL_KEPT, show_spinner=False)
def _pilot_of(n_personas: int, overlap: float, inequality: float, bounds: str) -> WeightedPoints:  # noqa: ARG001 - cache
    pilot = generate(
        Recipe(n_people=PILOT_PEOPLE, n_personas=n_personas, overlap=overlap, inequality=inequality, seed=PILOT_SEED)
    )
    return WeightedPoints(points=session.bounded(pilot).points().astype(np.float64), weights=np.ones(PILOT_PEOPLE))


def _axes(where: Viewpoint, table: Table, axes: tuple[str, str]) -> dict[str, Any]:
    by_key = {column.key: column for column in table.columns}
    described = {}
    for i, name in enumerate("xy"):
        column = by_key.get(axes[i])
        described[name] = {
            "label": names.axis(column) if column else names.direction(where.directions[i], table, number=i + 1),
            "ticks": ticks(column, float(where.low[i]), float(where.high[i])) if column else [],
        }
    return described


def ticks(column: Column, low: float, high: float) -> list[dict[str, Any]]:
    """Return round values of ``column`` between two places of the box, and how far along they stand."""
    first, last = (float(end) for end in column.to_units(np.asarray([low, high])))
    span = max(last - first, 1e-9)
    candidates = np.asarray([0.0] + [step * 10.0**power for power in range(-2, 13) for step in ROUND_STEPS])
    if column.transform == "identity":
        step = next(value for value in candidates[1:] if span / value <= TICKS_MOST)
        candidates = np.arange(np.ceil(first / step), np.floor(last / step) + 1) * step
    inside = candidates[(candidates >= first) & (candidates <= last)]
    at = (column.to_scale(inside.astype(np.float64)) - low) / (high - low)
    kept: list[dict[str, Any]] = []
    for value, place in zip(inside, at, strict=True):
        # Ticks closer than a seventh of the axis would touch on a phone.
        if not kept or place - kept[-1]["at"] >= 1 / 7:
            kept.append({"at": round(float(place), 4), "text": figures.number(float(value))})
    return kept


# --- what stands on either side ----------------------------------------------------------------------------------


def _drawn_rows(n_people: int) -> IntArray:
    """Return the rows that are drawn: all, or a fixed public choice."""
    if n_people <= results.DRAWN_MAX:
        return np.arange(n_people)
    return np.sort(np.random.default_rng(0).choice(n_people, results.DRAWN_MAX, replace=False))


def _packed(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")


def _people(found: Outcome, where: Viewpoint) -> str:
    return _quantised(where.project(results.points(found.table)[_drawn_rows(found.table.n_people)]))


def _quantised(flat: FloatArray) -> str:
    """Pack places in the frame as 16-bit steps; what lies outside is drawn at its edge."""
    return _packed(np.round(np.clip(flat, 0.0, 1.0) * 65_535).astype("<u2"))


def _rounded(flat: FloatArray) -> list[list[float]]:
    rows: list[list[float]] = np.round(flat.astype(np.float64), 4).tolist()
    return rows


def _plain(found: Outcome, where: Viewpoint) -> dict[str, Any]:
    assert found.plain is not None  # noqa: S101 - the caller asked
    shares = found.plain.clustering.weights / max(found.plain.clustering.weights.sum(), 1.0)
    engine = names.plain_engine(found.table.n_people)
    return {
        "labels": _packed(found.plain.labels[_drawn_rows(found.table.n_people)].astype(np.uint8)),
        "centers": _rounded(where.project(found.plain.clustering.centers)),
        "mark": phrase("marks.insider"),
        "caption": f"{phrase('pair.caption_plain', engine=engine)} {reduction.caption(found)}".strip(),
        "alternative": _alternative("pair.alternative_plain", shares),
    }


def _private(found: Outcome, where: Viewpoint, *, insider: bool) -> dict[str, Any]:
    weights = found.private.weights
    side: dict[str, Any] = {
        "centers": _rounded(where.project(found.private.centers)),
        "alternative": _alternative("pair.alternative_private", weights / max(weights.sum(), 1e-9)),
    }
    if insider and found.comparison:
        labels = found.comparison.labels[_drawn_rows(found.table.n_people)].astype(np.uint8)
        return side | {
            "labels": _packed(labels),
            "mark": phrase("marks.insider"),
            "caption": f"{phrase('pair.caption_insider')} {phrase('pair.caption_drift')}",
        }
    cells = found.release.cells
    shown = cells.weights > 0
    places, weights = cells.points[shown], cells.weights[shown]
    drawn = {
        "places": _quantised(where.project(places)),
        "weights": _packed(weights.astype("<f4")),
        "groups": _packed(found.private.assign(places).astype(np.uint8)),
    }
    caption = phrase("pair.caption_public")
    return side | {"cells": drawn, "caption": f"{caption} {phrase('pair.caption_drift')}" if found.plain else caption}


def _alternative(key: str, shares: FloatArray) -> str:
    listed = ", ".join(f"{i + 1}: {figures.share(float(value))}" for i, value in enumerate(shares))
    return phrase(key, k=len(shares), shares=listed)


# --- the cards ---------------------------------------------------------------------------------------------------


def _groups(found: Outcome, described: Profile) -> list[dict[str, Any]]:
    plain = profile_clusters(found.plain.clustering, found.table) if found.plain else None
    titles = names.groups(described, found.table)
    return [
        {
            "name": titles[group],
            "size": _size(found, described, plain, group),
            "rows": [_row(found.table, described, plain, group, int(j)) for j in described.distinctive(group, BARS)],
            "overlap": _overlap(found, group),
        }
        for group in range(found.spec.n_clusters)
    ]


def _size(found: Outcome, described: Profile, plain: Profile | None, group: int) -> str:
    private = figures.share(float(described.shares[group]))
    if plain is None:
        return phrase("pair.size_public", share=private, people=figures.people(found.private.weights[group]))
    return phrase("pair.size", private=private, plain=figures.share(float(plain.shares[group])))


def _row(table: Table, described: Profile, plain: Profile | None, group: int, j: int) -> dict[str, Any]:
    column = table.columns[j]
    amounts = [described.amounts[:, j].max(), described.average[j]]
    amounts += [plain.amounts[:, j].max()] if plain else []
    most = max(float(max(amounts)), 1e-9)

    def bar(amount: float) -> dict[str, Any]:
        return {"at": round(max(amount, 0.0) / most, 3), "text": figures.amount(amount, column.unit)}

    return {
        "label": names.column(column),
        "average": round(max(float(described.average[j]), 0.0) / most, 3),
        "private": bar(float(described.amounts[group, j])),
        "plain": bar(float(plain.amounts[group, j])) if plain else None,
    }


def _overlap(found: Outcome, group: int) -> str:
    if found.comparison is None:
        return ""
    return phrase("pair.overlap", share=figures.share(float(found.comparison.matching.overlap[group])))
