"""From where the pictures look at the people, and what stands on their axes; nothing of it tells of anyone."""

from typing import Any

import numpy as np
import streamlit as st

from core.clustering.types import WeightedPoints
from core.data import GENERATED, PROTOTYPE, Column, Table
from core.data.generate import Recipe, generate
from core.reduction.viewpoint import Viewpoint, viewpoint
from ui import figures, names, session, tables
from ui.outcome import Outcome
from ui.settings import PRINCIPAL

#: People of another seed who show where the recipe's people are, so that the frame tells nothing of the real ones.
PILOT_PEOPLE, PILOT_SEED = 2_000, 7
TICKS_MOST = 5
#: A column's tick values: 1, 2, 5 times powers of ten.
ROUND_STEPS = (1.0, 2.0, 5.0)


def choose_viewpoint(outcome: Outcome, axes: tuple[str, str]) -> Viewpoint:
    """Return from where to look: along the chosen columns, or principal directions of places that anyone may see."""
    keys = [column.key for column in outcome.table.columns]
    chosen = tuple(None if axis == PRINCIPAL else keys.index(axis) for axis in axes)
    return viewpoint(_reference_points(outcome), (chosen[0], chosen[1]))


def _reference_points(outcome: Outcome) -> WeightedPoints:
    """Return places that anyone may see, the same at every ε: a pilot of the recipe, or the first release."""
    if outcome.table.source == GENERATED:
        recipe = session.recipe()
        return _draw_pilot(recipe.n_personas, recipe.overlap, recipe.inequality, session.settings.bounds)
    if outcome.table.source == PROTOTYPE:
        corners = np.asarray([[-1.0] * 3, [1.0] * 3, [-1.0, 1.0, 0.0], [1.0, -1.0, 0.0]])
        return WeightedPoints(points=corners, weights=np.ones(len(corners)))
    references = st.session_state.setdefault("references", {})
    first: WeightedPoints = references.setdefault(outcome.table.content_key, outcome.release.cells)
    return first


@st.cache_resource(max_entries=tables.SMALL_KEPT, show_spinner=False)
def _draw_pilot(n_personas: int, overlap: float, inequality: float, bounds: str) -> WeightedPoints:  # noqa: ARG001 - cache
    pilot = generate(
        Recipe(n_people=PILOT_PEOPLE, n_personas=n_personas, overlap=overlap, inequality=inequality, seed=PILOT_SEED)
    )
    return WeightedPoints(points=session.apply_bounds(pilot).points().astype(np.float64), weights=np.ones(PILOT_PEOPLE))


def describe_axes(where: Viewpoint, table: Table, axes: tuple[str, str]) -> dict[str, Any]:
    """Return label and ticks of both axes."""
    by_key = {column.key: column for column in table.columns}
    descriptions = {}
    for i, name in enumerate("xy"):
        column = by_key.get(axes[i])
        descriptions[name] = {
            "label": names.axis(column) if column else names.direction(where.directions[i], table, number=i + 1),
            "ticks": make_ticks(column, float(where.low[i]), float(where.high[i])) if column else [],
        }
    return descriptions


def make_ticks(column: Column, low: float, high: float) -> list[dict[str, Any]]:
    """Return round values of ``column`` between two places of the box, and how far along they stand."""
    first, last = (float(end) for end in column.to_units(np.asarray([low, high])))
    span = max(last - first, 1e-9)
    candidates = np.asarray([0.0] + [step * 10.0**power for power in range(-2, 13) for step in ROUND_STEPS])
    if column.transform == "identity":
        step = next(value for value in candidates[1:] if span / value <= TICKS_MOST)
        candidates = np.arange(np.ceil(first / step), np.floor(last / step) + 1) * step
    inside = candidates[(candidates >= first) & (candidates <= last)]
    at = (column.to_scale(inside.astype(np.float64)) - low) / (high - low)
    ticks: list[dict[str, Any]] = []
    for value, place in zip(inside, at, strict=True):
        # Ticks closer than a seventh of the axis would touch on a phone.
        if not ticks or place - ticks[-1]["at"] >= 1 / 7:
            ticks.append({"at": round(float(place), 4), "text": figures.number(float(value))})
    return ticks
