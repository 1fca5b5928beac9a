"""The payload of the k-means player: both sides of a run, frame by frame, arrays packed as base64."""

import base64
from dataclasses import asdict
from typing import Any

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.trace.ellipses import ellipses
from core.clustering.trace.kmeans import Trace
from core.clustering.trace.synopsis import SynopsisTrace
from core.clustering.types import Clustering
from core.data import Column
from ui import figures, names, session
from ui.lab import player_traces
from ui.lab.lloyd_frames import LloydFrames
from ui.lab.player_frames import FigureFormat, PlayerFrame, to_rows, to_unit
from ui.lab.player_traces import PlayedMethod, PlayedRun
from ui.lab.synopsis_frames import SynopsisFrames
from ui.text import phrase

TICKS = 5
#: Said by the player's own parts.
WORDS = ("player", "reset", "back", "play", "pause", "step", "speed", "line")
STEPS = 6
#: Dots of a cloud that are drawn, of the many that its ellipses are told from.
DOTS = 48
#: Shares of the draws that its ellipses hold.
HELD = (0.5, 0.9)


def build_payload(run: PlayedRun) -> dict[str, Any]:
    """Return what the player needs, at most 60 kB: points, labels by iteration, and the sentences of every frame."""
    is_public = session.settings.only_public
    form = FigureFormat(epsilon=None if run.method is PlayedMethod.BATCH else run.epsilon, is_public=is_public)
    return {
        "way": str(run.method),
        "k": run.k,
        "axes": {axis: _axis(column) for axis, column in zip("xy", player_traces.make_people().columns, strict=True)},
        "people": None if is_public else _pack_points(player_traces.make_points()),
        "sides": [None if is_public else _plain_side(run), _other_side(run, form)],
        "key": [(name, phrase(f"played.key_{name}")) for name in _legend_names(run.method, is_public=is_public)],
        "words": {word: phrase(f"played.{word}") for word in WORDS}
        | {"steps": [phrase(f"played.step_{step}") for step in range(STEPS)]},
    }


def _legend_names(method: PlayedMethod, *, is_public: bool) -> tuple[str, ...]:
    if method is PlayedMethod.PRIVATE:
        return () if is_public else ("most", "half", "cloud", "mean", "arrow")
    return ("batch",) if method is PlayedMethod.BATCH else ("place",)


def _axis(column: Column) -> dict[str, Any]:
    amounts = np.linspace(column.lower, column.upper, TICKS)
    ticks = [
        {"at": round(float(at), 4), "text": figures.number(float(amount))}
        for at, amount in zip(to_unit(column.to_scale(amounts)), amounts, strict=True)
    ]
    return {"label": names.axis(column), "ticks": ticks}


def _plain_side(run: PlayedRun) -> dict[str, Any]:
    trace = player_traces.trace_plain(run.k, run.seed)
    frames = LloydFrames(trace=trace, people=player_traces.make_points(), form=FigureFormat()).make()
    return _side("plain", frames, insider=True) | _pack_groups(trace)


def _other_side(run: PlayedRun, form: FigureFormat) -> dict[str, Any]:
    if run.method is PlayedMethod.SYNOPSIS:
        return _synopsis_side(run, form)
    trace = (
        player_traces.trace_private(run.k, run.seed, run.epsilon)
        if run.method is PlayedMethod.PRIVATE
        else player_traces.trace_minibatch(run.k, run.seed)
    )
    frames = LloydFrames(trace=trace, people=player_traces.make_points(), form=form).make()
    side = _side(run.method, frames, insider=not form.is_public)
    if form.is_public:
        return side
    return (
        side
        | _pack_groups(trace)
        | (_pack_noise(trace) if run.method is PlayedMethod.PRIVATE else _pack_batches(trace))
    )


def _synopsis_side(run: PlayedRun, form: FigureFormat) -> dict[str, Any]:
    trace, points = player_traces.trace_with_synopsis(run.k, run.seed, run.epsilon), player_traces.make_points()
    insider = not form.is_public
    if insider:
        centers = player_traces.trace_plain(run.k, run.seed).centers
        trace = trace.nonprivate_renumber(points, Clustering(centers=centers.copy(), weights=np.zeros(run.k)))
    frames = SynopsisFrames(trace=trace, people=points, form=form).make()
    return _side("synopsis", frames, insider=insider) | _pack_synopsis(trace, insider=insider)


def _side(name: str, frames: list[PlayerFrame], *, insider: bool) -> dict[str, Any]:
    return {
        "title": phrase(f"played.side_{name}"),
        "short": phrase(f"played.short_{name}"),
        "mark": phrase("marks.insider") if insider else "",
        "frames": [_drop_defaults(frame) for frame in frames],
    }


def _drop_defaults(frame: PlayerFrame) -> dict[str, Any]:
    """Return what the frame says beyond the defaults, which the player knows."""
    return {key: value for key, value in asdict(frame).items() if not (value is None or value is False or value == -1)}


def _pack_groups(trace: Trace) -> dict[str, Any]:
    return {"labels": [_pack_labels(step.nonprivate_labels) for step in trace.iterations]}


def _pack_batches(trace: Trace) -> dict[str, Any]:
    looked_at = [step.looked_at for step in trace.iterations if step.looked_at is not None]
    return {"batches": [_encode(np.packbits(rows, bitorder="little")) for rows in looked_at]}


def _pack_noise(trace: Trace) -> dict[str, Any]:
    clouds = [step.cloud for step in trace.iterations if step.cloud is not None]
    return {
        "clouds": [_pack_points(cloud[:DOTS]) for cloud in clouds],
        "regions": [_pack_regions(cloud) for cloud in clouds],
        "means": [to_rows(step.nonprivate_means) for step in trace.iterations if step.nonprivate_means is not None],
        "ends": [to_rows(step.after) for step in trace.iterations],
    }


def _pack_regions(cloud: FloatArray) -> dict[str, Any]:
    """Return each centre's ellipses as they are drawn; the frame is half as wide as the box."""
    regions = ellipses(cloud, shares=HELD)
    return {
        "middles": to_rows(regions.middles),
        "halfAxes": np.round(regions.half_axes / 2.0, 4).tolist(),
        "angles": np.round(regions.angles, 3).tolist(),
    }


def _pack_synopsis(trace: SynopsisTrace, *, insider: bool) -> dict[str, Any]:
    cells, places = trace.synopsis.cells, trace.synopsis.micro_clusters
    packed = {"places": _pack_points(cells.points), "weights": _encode(cells.weights.astype("<f4"))}
    if insider:
        packed["of"] = _encode(trace.nonprivate_cells.astype("<u2"))
    return {
        "cells": packed,
        "places": {
            "places": _pack_points(places.points),
            "weights": _encode(places.weights.astype("<f4")),
            "labels": [_encode(step.labels.astype(np.uint8)) for step in trace.iterations],
        },
    }


def _pack_points(places: FloatArray) -> str:
    """Pack points of the box as 16-bit steps of the frame."""
    return _encode(np.round(np.clip(to_unit(places), 0.0, 1.0) * 65_535).astype("<u2"))


def _pack_labels(labels: IntArray) -> str:
    """Pack labels below 16 two to a byte."""
    padded = np.zeros(len(labels) + len(labels) % 2, dtype=np.uint8)
    padded[: len(labels)] = labels
    return _encode(padded[::2] | padded[1::2] << 4)


def _encode(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
