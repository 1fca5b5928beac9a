"""Fewer dimensions: how many and by which method, what they hold on either side, and what they cost."""

from typing import Any

import numpy as np
import streamlit as st

from core.data import Table
from core.reduction.projection import Projection, ReductionMethod
from core.reduction.reduced import ReducedRelease, dimensions_most
from ui import figures, names, results, session
from ui.markup import show
from ui.outcome import Outcome
from ui.text import phrase


def choose(table: Table) -> None:
    """Draw the choice of dimensions and method; where there is nothing to reduce, say so."""
    most = dimensions_most(len(table.columns))
    if most < 1:
        show("quiet", text=phrase("reduction.one_column"))
        return
    if session.settings.dimensions > most:
        session.choose(dimensions=most)
    st.segmented_control(
        phrase("reduction.dimensions"),
        range(most + 1),
        format_func=lambda n: phrase("reduction.n", n=n) if n else phrase("reduction.off"),
        required=True,
        key="dimensions",
        persist_state="session",
        help=phrase("reduction.dimensions_why"),
    )
    st.segmented_control(
        phrase("reduction.method"),
        [str(method) for method in ReductionMethod],
        format_func=lambda method: phrase(f"reduction.{method}"),
        required=True,
        key="reduction",
        persist_state="session",
        help=phrase("reduction.method_why"),
        disabled=not session.settings.dimensions,
    )


def caption(found: Outcome) -> str:
    """Say in which dimensions the groups were found; nothing where all columns were used."""
    if found.spec.reduction is None:
        return ""
    method = phrase(f"reduction.{found.spec.reduction.method}")
    return phrase("reduction.caption", method=method, n=found.spec.reduction.n_dimensions)


def show_explained(found: Outcome) -> None:
    """Draw how much each direction holds: bought beside exact, the exact one only for insiders."""
    asked, columns = session.settings.dimensions, len(found.table.columns)
    if asked > dimensions_most(columns):
        st.info(phrase("reduction.clamped", columns=columns, n=dimensions_most(columns)), icon=":material/info:")
    release = found.release
    if found.spec.reduction is None or not isinstance(release, ReducedRelease):
        return
    sides = [_side(found.table, release.projection)]
    if found.plain is not None:
        plain = results.plain_projection(found.table, found.spec.reduction)
        sides.insert(0, _side(found.table, plain, like=release.projection))
    show(
        "reduction",
        sides=sides,
        method=phrase(
            "reduction.chip",
            method=phrase(f"reduction.{found.spec.reduction.method}"),
            n=found.spec.reduction.n_dimensions,
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
