"""What the player of k-means is given: both sides of a run, frame by frame, packed small."""

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
from ui.lab import player_frames, player_traces
from ui.lab.player_frames import Frame, Telling
from ui.lab.player_traces import Run, Way
from ui.text import phrase

TICKS = 5
#: Said by the player's own parts.
WORDS = ("player", "reset", "back", "play", "pause", "step", "speed", "line")
STEPS = 6
#: Dots of a cloud that are drawn, of the many that its ellipses are told from.
DOTS = 48
#: Shares of the draws that its ellipses hold.
HELD = (0.5, 0.9)


def payload(run: Run) -> dict[str, Any]:
    """Return what the player needs, at most 60 kB: places, groups by turn, and the sentences of every frame."""
    is_public = bool(session.value("only_public"))
    told = Telling(epsilon=None if run.way is Way.BATCH else run.epsilon, is_public=is_public)
    return {
        "way": str(run.way),
        "k": run.k,
        "axes": {axis: _axis(column) for axis, column in zip("xy", player_traces.people().columns, strict=True)},
        "people": None if is_public else _packed(player_traces.points()),
        "sides": [None if is_public else _plain_side(run), _other_side(run, told)],
        "key": [(name, phrase(f"played.key_{name}")) for name in _key(run.way, is_public=is_public)],
        "words": {word: phrase(f"played.{word}") for word in WORDS}
        | {"steps": [phrase(f"played.step_{step}") for step in range(STEPS)]},
    }


def _key(way: Way, *, is_public: bool) -> tuple[str, ...]:
    if way is Way.PRIVATE:
        return () if is_public else ("most", "half", "cloud", "mean", "arrow")
    return ("batch",) if way is Way.BATCH else ("place",)


def _axis(column: Column) -> dict[str, Any]:
    amounts = np.linspace(column.lower, column.upper, TICKS)
    ticks = [
        {"at": round(float(at), 4), "text": figures.number(float(amount))}
        for at, amount in zip(player_frames.unit(column.to_scale(amounts)), amounts, strict=True)
    ]
    return {"label": names.axis(column), "ticks": ticks}


def _plain_side(run: Run) -> dict[str, Any]:
    trace = player_traces.plain(run.k, run.seed)
    return _side(
        "plain", player_frames.of_trace(trace, player_traces.points(), telling=Telling()), insider=True
    ) | _groups(trace)


def _other_side(run: Run, told: Telling) -> dict[str, Any]:
    insider = not told.is_public
    if run.way is Way.SYNOPSIS:
        synopsis = player_traces.synopsis(run.k, run.seed, run.epsilon)
        if insider:
            plain = Clustering(centers=player_traces.plain(run.k, run.seed).centers.copy(), weights=np.zeros(run.k))
            synopsis = synopsis.nonprivate_renumber(player_traces.points(), plain)
        side = _side(
            "synopsis", player_frames.of_synopsis(synopsis, player_traces.points(), telling=told), insider=insider
        )
        return side | _bought(synopsis, insider=insider)
    trace = (
        player_traces.private(run.k, run.seed, run.epsilon)
        if run.way is Way.PRIVATE
        else player_traces.batched(run.k, run.seed)
    )
    side = _side(run.way, player_frames.of_trace(trace, player_traces.points(), telling=told), insider=insider)
    if not insider:
        return side
    return side | _groups(trace) | (_noise(trace) if run.way is Way.PRIVATE else _batches(trace))


def _side(name: str, told: list[Frame], *, insider: bool) -> dict[str, Any]:
    return {
        "title": phrase(f"played.side_{name}"),
        "short": phrase(f"played.short_{name}"),
        "mark": phrase("marks.insider") if insider else "",
        "frames": [_sent(frame) for frame in told],
    }


def _sent(frame: Frame) -> dict[str, Any]:
    """Return what the frame says beyond the defaults, which the player knows."""
    return {key: value for key, value in asdict(frame).items() if not (value is None or value is False or value == -1)}


def _groups(trace: Trace) -> dict[str, Any]:
    return {"labels": [_halves(step.nonprivate_labels) for step in trace.iterations]}


def _batches(trace: Trace) -> dict[str, Any]:
    looked_at = [step.looked_at for step in trace.iterations if step.looked_at is not None]
    return {"batches": [_bytes(np.packbits(rows, bitorder="little")) for rows in looked_at]}


def _noise(trace: Trace) -> dict[str, Any]:
    clouds = [step.cloud for step in trace.iterations if step.cloud is not None]
    return {
        "clouds": [_packed(cloud[:DOTS]) for cloud in clouds],
        "regions": [_regions(cloud) for cloud in clouds],
        "means": [
            player_frames.listed(step.nonprivate_means)
            for step in trace.iterations
            if step.nonprivate_means is not None
        ],
        "ends": [player_frames.listed(step.after) for step in trace.iterations],
    }


def _regions(cloud: FloatArray) -> dict[str, Any]:
    """Return each centre's ellipses as they are drawn; the frame is half as wide as the box."""
    told = ellipses(cloud, shares=HELD)
    return {
        "middles": player_frames.listed(told.middles),
        "halfAxes": np.round(told.half_axes / 2.0, 4).tolist(),
        "angles": np.round(told.angles, 3).tolist(),
    }


def _bought(trace: SynopsisTrace, *, insider: bool) -> dict[str, Any]:
    cells, places = trace.synopsis.cells, trace.synopsis.micro_clusters
    drawn = {"places": _packed(cells.points), "weights": _bytes(cells.weights.astype("<f4"))}
    if insider:
        drawn["of"] = _bytes(trace.nonprivate_cells.astype("<u2"))
    return {
        "cells": drawn,
        "places": {
            "places": _packed(places.points),
            "weights": _bytes(places.weights.astype("<f4")),
            "labels": [_bytes(step.labels.astype(np.uint8)) for step in trace.iterations],
        },
    }


def _packed(places: FloatArray) -> str:
    """Pack places of the box as 16-bit steps of the frame."""
    return _bytes(np.round(np.clip(player_frames.unit(places), 0.0, 1.0) * 65_535).astype("<u2"))


def _halves(labels: IntArray) -> str:
    """Pack labels below 16 two to a byte."""
    padded = np.zeros(len(labels) + len(labels) % 2, dtype=np.uint8)
    padded[: len(labels)] = labels
    return _bytes(padded[::2] | padded[1::2] << 4)


def _bytes(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
