"""The two pictures, plain and private: a component that updates in place."""

import base64
from typing import Any

import numpy as np

from core.arrays import FloatArray
from core.reduction.viewpoint import Viewpoint
from ui import figures, names, results, session
from ui.compare import live, reduction
from ui.compare.axes import choose_viewpoint, describe_axes
from ui.compare.picture import choose_rows
from ui.components import component
from ui.outcome import Outcome
from ui.text import phrase

WORDS = ("plain", "private")


def show(outcome: Outcome, *, axes: tuple[str, str], on_stage: bool = False) -> None:
    """Draw the pair; on stage with marks and type for the last row."""
    component("compare/pair")(key="pair", data=_build_payload(outcome, axes=axes, on_stage=on_stage))


def _build_payload(outcome: Outcome, *, axes: tuple[str, str], on_stage: bool) -> dict[str, Any]:
    """Return what the component needs, at most 60 kB: quantised places, labels, words."""
    where = choose_viewpoint(outcome, axes)
    insider = outcome.comparison is not None and session.settings.view == "insider"
    return {
        "k": outcome.spec.n_clusters,
        "axes": describe_axes(where, outcome.table, axes),
        "people": _pack_people(outcome, where) if outcome.plain else None,
        "plain": _describe_plain(outcome, where) if outcome.plain else None,
        "private": _describe_private(outcome, where, insider=insider),
        "live": None if on_stage else live.describe(outcome, axes),
        "stage": on_stage,
        "words": {key: phrase(f"pair.{key}") for key in WORDS},
    }


def _pack(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")


def _pack_people(outcome: Outcome, where: Viewpoint) -> str:
    return _quantise(where.project(results.points(outcome.table)[choose_rows(outcome.table.n_people)]))


def _quantise(flat: FloatArray) -> str:
    """Pack places in the frame as 16-bit steps; what lies outside is drawn at its edge."""
    return _pack(np.round(np.clip(flat, 0.0, 1.0) * 65_535).astype("<u2"))


def _round(flat: FloatArray) -> list[list[float]]:
    rows: list[list[float]] = np.round(flat.astype(np.float64), 4).tolist()
    return rows


def _describe_plain(outcome: Outcome, where: Viewpoint) -> dict[str, Any]:
    assert outcome.plain is not None  # noqa: S101 - the caller asked
    shares = outcome.plain.clustering.weights / max(outcome.plain.clustering.weights.sum(), 1.0)
    engine = names.plain_engine(outcome.table.n_people)
    return {
        "labels": _pack(outcome.plain.labels[choose_rows(outcome.table.n_people)].astype(np.uint8)),
        "centers": _round(where.project(outcome.plain.clustering.centers)),
        "mark": phrase("marks.insider"),
        "caption": f"{phrase('pair.caption_plain', engine=engine)} {reduction.caption(outcome)}".strip(),
        "alternative": _alternative("pair.alternative_plain", shares),
    }


def _describe_private(outcome: Outcome, where: Viewpoint, *, insider: bool) -> dict[str, Any]:
    weights = outcome.private.weights
    side: dict[str, Any] = {
        "centers": _round(where.project(outcome.private.centers)),
        "alternative": _alternative("pair.alternative_private", weights / max(weights.sum(), 1e-9)),
    }
    if insider and outcome.comparison:
        labels = outcome.comparison.labels[choose_rows(outcome.table.n_people)].astype(np.uint8)
        return side | {
            "labels": _pack(labels),
            "mark": phrase("marks.insider"),
            "caption": f"{phrase('pair.caption_insider')} {phrase('pair.caption_drift')}",
        }
    cells = outcome.release.cells
    has_people = cells.weights > 0
    places, weights = cells.points[has_people], cells.weights[has_people]
    caption = phrase("pair.caption_public")
    return side | {
        "caption": f"{caption} {phrase('pair.caption_drift')}" if outcome.plain else caption,
        "cells": {
            "places": _quantise(where.project(places)),
            "weights": _pack(weights.astype("<f4")),
            "groups": _pack(outcome.private.assign(places).astype(np.uint8)),
        },
    }


def _alternative(key: str, shares: FloatArray) -> str:
    listed = ", ".join(f"{i + 1}: {figures.share(float(value))}" for i, value in enumerate(shares))
    return phrase(key, k=len(shares), shares=listed)
