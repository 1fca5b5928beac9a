"""Fewer dimensions: how many and by which method, what they hold on either side, and what they cost."""

from typing import Any

import numpy as np
import streamlit as st

from core.data import Table
from core.reduction.projection import Projection, ReductionMethod
from core.reduction.reduced import ReducedRelease, dimensions_most
from ui import choices, figures, names, results, session
from ui.markup import show
from ui.outcome import Outcome
from ui.text import phrase


def draw_choices(table: Table) -> None:
    """Draw the choice of dimensions and method; where there is nothing to reduce, say so."""
    most = dimensions_most(len(table.columns))
    if most < 1:
        show("quiet", text=phrase("reduction.one_column"))
        return
    if session.settings.dimensions > most:
        session.choose(dimensions=most)
    choices.draw_segments(
        "reduction.dimensions",
        range(most + 1),
        lambda n: phrase("reduction.n", n=n) if n else phrase("reduction.off"),
    )
    choices.draw_segments(
        "reduction.method",
        [str(method) for method in ReductionMethod],
        lambda method: phrase(f"reduction.{method}"),
        key="reduction",
        disabled=not session.settings.dimensions,
    )


def caption(outcome: Outcome) -> str:
    """Say in which dimensions the groups were outcome; nothing where all columns were used."""
    if outcome.spec.reduction is None:
        return ""
    method = phrase(f"reduction.{outcome.spec.reduction.method}")
    return phrase("reduction.caption", method=method, n=outcome.spec.reduction.n_dimensions)


def show_directions(outcome: Outcome) -> None:
    """Draw how much each direction holds: released beside exact, the exact one for the curator only."""
    asked, columns = session.settings.dimensions, len(outcome.table.columns)
    if asked > dimensions_most(columns):
        st.info(phrase("reduction.clamped", columns=columns, n=dimensions_most(columns)), icon=":material/info:")
    release = outcome.release
    if outcome.spec.reduction is None or not isinstance(release, ReducedRelease):
        return
    sides = [_side(outcome.table, release.projection)]
    if outcome.plain is not None:
        plain = results.plain_projection(outcome.table, outcome.spec.reduction)
        sides.insert(0, _side(outcome.table, plain, like=release.projection))
    show(
        "reduction",
        sides=sides,
        method=phrase(
            "reduction.chip",
            method=phrase(f"reduction.{outcome.spec.reduction.method}"),
            n=outcome.spec.reduction.n_dimensions,
        ),
        cost=phrase(
            "reduction.cost",
            epsilon=figures.epsilon(release.epsilon),
            projection=figures.epsilon(release.budget.projection),
            clustering=figures.epsilon(release.budget.clustering),
        ),
        noise=release.projection.is_mostly_noise,
    )


def _side(table: Table, seen: Projection, *, like: Projection | None = None) -> dict[str, Any]:
    """Describe a side; its directions are turned to face those of ``like``, for a direction has no sign of its own."""
    shares = seen.explained_share
    facing = np.ones(seen.n_dimensions) if like is None else np.sign((seen.directions * like.directions).sum(axis=1))
    rows = [
        {
            "name": names.direction(direction * (facing[number] or 1.0), table, number=number + 1),
            "bar": round(100 * float(shares[number]), 1),
            "text": figures.share(float(shares[number])),
        }
        for number, direction in enumerate(seen.directions)
    ]
    return {
        "title": phrase("pair.plain" if seen.is_insider else "pair.private"),
        "insider": seen.is_insider,
        "rows": rows,
        "total": phrase("reduction.total", n=seen.n_dimensions, share=figures.share(float(shares.sum()))),
    }
