"""k-means, played: plain beside private, by batches, or looking once; every step, its noise and its price."""

import base64
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import streamlit as st

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.model import Clustering
from core.clustering.private_trace import random_start, trace_private_lloyd
from core.clustering.synopsis_trace import SynopsisTrace, trace_synopsis
from core.clustering.trace import Trace, nonprivate_lloyd_trace, nonprivate_minibatch_trace
from core.data import Column, Table
from core.data.generate import practice_pair
from core.limits import EPSILON_CHOICES
from ui import figures, names, session
from ui.lab import frames
from ui.lab.frames import Frame, Telling
from ui.markup import asset, show
from ui.pair import LOADER
from ui.settings import PLAYED_K_MAX, PLAYED_K_MIN, PLAYED_SEED_MAX, PLAYED_WAYS, SETTINGS
from ui.static import served
from ui.text import phrase

BATCHES = 15
KEPT = 64
TICKS = 5
#: Said by the player's own parts.
WORDS = ("player", "reset", "back", "play", "pause", "step", "speed", "line")
STEPS = 6


class Way(StrEnum):
    """What is held against plain k-means."""

    PRIVATE = "private"
    BATCH = "batch"
    SYNOPSIS = "synopsis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is played: a way, and what it is done with. Seeded, on people nobody is: practice, not private."""

    way: Way
    k: int
    seed: int
    epsilon: float

    @classmethod
    def chosen(cls) -> "Run":
        """Return the run that the settings describe."""
        return cls(
            way=Way(session.value("played_way")),
            k=session.value("played_k"),
            seed=session.value("played_seed"),
            epsilon=session.value("played_epsilon"),
        )


# --- the section ---------------------------------------------------------------------------------------------------


def screen(table: Table) -> None:  # noqa: ARG001 - every section is given the table at hand; this one practises
    """Draw the choices and the player."""
    controls()
    player(key="played")


def controls() -> None:
    """Draw what can be chosen: the way, k, ε and another start. Reads and writes the ``played_…`` settings."""
    with st.container(key="played_choices", horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            phrase("played.way"),
            PLAYED_WAYS,
            format_func=lambda way: phrase(f"played.way_{way}"),
            required=True,
            key="played_way",
            persist_state="session",
        )
        st.slider(phrase("played.k"), PLAYED_K_MIN, PLAYED_K_MAX, key="played_k", persist_state="session")
        st.select_slider(
            phrase("played.epsilon"),
            EPSILON_CHOICES,
            format_func=figures.epsilon,
            key="played_epsilon",
            persist_state="session",
            disabled=session.value("played_way") == Way.BATCH,
        )
        st.button(
            phrase("played.again", seed=session.value("played_seed")),
            key="played_again",
            icon=":material/casino:",
            on_click=_another_start,
            help=phrase("played.again_why"),
        )


def _another_start() -> None:
    session.choose(played_seed=(int(session.value("played_seed")) + 1) % (PLAYED_SEED_MAX + 1))


def player(*, key: str, stage: bool = False) -> None:
    """Draw the player of the chosen run; it moves in the browser and comes back to the server for nothing.

    Args:
        key: The element's key; one player a page.
        stage: Whether it is looked at from far away: type of 24 px and more, thick marks.
    """
    run = Run.chosen()
    if run.way is Way.BATCH and session.value("only_public"):
        show("quiet", text=phrase("played.insider_only"))
        return
    _component()(key=key, data=payload(run, stage=stage))
    show("quiet", text=phrase("played.practice"))


@st.cache_resource(show_spinner=False)
def _component() -> Any:  # noqa: ANN401 - Streamlit's renderer protocol is not exported
    loader = LOADER.format(address=served("played.js"))
    return st.components.v2.component("sagram_played", html=asset("components/played.html"), js=loader)


# --- runs ----------------------------------------------------------------------------------------------------------


@st.cache_resource(show_spinner=False)
def people() -> Table:
    """Return the people who are played with: nobody real."""
    return practice_pair()


@st.cache_resource(show_spinner=False)
def _points() -> FloatArray:
    return read_only(people().points().astype(np.float64))


def _start(k: int, seed: int) -> FloatArray:
    """Return the centres that all runs but the synopsis' start from, the private one too."""
    return random_start(k, _points().shape[1], rng=np.random.default_rng(seed))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _plain(k: int, seed: int) -> Trace:
    return nonprivate_lloyd_trace(_points(), start=_start(k, seed))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _batched(k: int, seed: int) -> Trace:
    rng = np.random.default_rng(seed)
    return nonprivate_minibatch_trace(_points(), start=_start(k, seed), n_steps=BATCHES, rng=rng)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _private(k: int, seed: int, epsilon: float) -> Trace:
    trace, _ = trace_private_lloyd(
        _points(),
        n_clusters=k,
        epsilon=epsilon,
        rng=np.random.default_rng(seed),
        cloud_rng=np.random.default_rng([seed, 1]),
    )
    return trace


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _synopsis(k: int, seed: int, epsilon: float) -> SynopsisTrace:
    rng = np.random.default_rng(seed)
    return trace_synopsis(_points(), n_clusters=k, k_floor=PLAYED_K_MAX, epsilon=epsilon, rng=rng, seed=seed)


def rehearse() -> None:
    """Compute what a visitor sees first, so that nobody waits for it."""
    k, seed, epsilon = (SETTINGS[f"played_{name}"].default for name in ("k", "seed", "epsilon"))
    _plain(k, seed)
    _batched(k, seed)
    _private(k, seed, epsilon)
    _synopsis(k, seed, epsilon)


# --- what the player is given --------------------------------------------------------------------------------------


def payload(run: Run, *, stage: bool) -> dict[str, Any]:
    """Return what the player needs, at most 60 kB: places, groups by turn, and the sentences of every frame."""
    is_public = bool(session.value("only_public"))
    told = Telling(epsilon=None if run.way is Way.BATCH else run.epsilon, is_public=is_public)
    return {
        "way": str(run.way),
        "stage": stage,
        "k": run.k,
        "axes": {axis: _axis(column) for axis, column in zip("xy", people().columns, strict=True)},
        "people": None if is_public else _packed(_points()),
        "sides": [None if is_public else _plain_side(run), _other_side(run, told)],
        "key": [(name, phrase(f"played.key_{name}")) for name in _key(run.way, is_public=is_public)],
        "words": {word: phrase(f"played.{word}") for word in WORDS}
        | {"steps": [phrase(f"played.step_{step}") for step in range(STEPS)]},
    }


def _key(way: Way, *, is_public: bool) -> tuple[str, ...]:
    if way is Way.PRIVATE:
        return () if is_public else ("cloud", "mean", "arrow")
    return ("batch",) if way is Way.BATCH else ("place",)


def _axis(column: Column) -> dict[str, Any]:
    amounts = np.linspace(column.lower, column.upper, TICKS)
    ticks = [
        {"at": round(float(at), 4), "text": figures.number(float(amount))}
        for at, amount in zip(frames.unit(column.to_scale(amounts)), amounts, strict=True)
    ]
    return {"label": names.axis(column), "ticks": ticks}


def _plain_side(run: Run) -> dict[str, Any]:
    trace = _plain(run.k, run.seed)
    return _side("plain", frames.of_trace(trace, _points(), telling=Telling()), insider=True) | _groups(trace)


def _other_side(run: Run, told: Telling) -> dict[str, Any]:
    insider = not told.is_public
    if run.way is Way.SYNOPSIS:
        synopsis = _synopsis(run.k, run.seed, run.epsilon)
        if insider:
            plain = Clustering(centers=_plain(run.k, run.seed).centers.copy(), weights=np.zeros(run.k))
            synopsis = synopsis.nonprivate_renumbered(_points(), plain)
        side = _side("synopsis", frames.of_synopsis(synopsis, _points(), telling=told), insider=insider)
        return side | _bought(synopsis, insider=insider)
    trace = _private(run.k, run.seed, run.epsilon) if run.way is Way.PRIVATE else _batched(run.k, run.seed)
    side = _side(run.way, frames.of_trace(trace, _points(), telling=told), insider=insider)
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
    return {"labels": [_halves(step.nonprivate_labels) for step in trace.steps]}


def _batches(trace: Trace) -> dict[str, Any]:
    looked_at = [step.looked_at for step in trace.steps if step.looked_at is not None]
    return {"batches": [_bytes(np.packbits(rows, bitorder="little")) for rows in looked_at]}


def _noise(trace: Trace) -> dict[str, Any]:
    return {
        "clouds": [_packed(step.cloud) for step in trace.steps if step.cloud is not None],
        "means": [frames.listed(step.nonprivate_means) for step in trace.steps if step.nonprivate_means is not None],
        "ends": [frames.listed(step.after) for step in trace.steps],
    }


def _bought(trace: SynopsisTrace, *, insider: bool) -> dict[str, Any]:
    cells, places = trace.synopsis.cells, trace.synopsis.micro_clusters
    drawn = {"places": _packed(cells.places), "weights": _bytes(cells.weights.astype("<f4"))}
    if insider:
        drawn["of"] = _bytes(trace.nonprivate_cells.astype("<u2"))
    return {
        "cells": drawn,
        "places": {
            "places": _packed(places.places),
            "weights": _bytes(places.weights.astype("<f4")),
            "labels": [_bytes(step.labels.astype(np.uint8)) for step in trace.steps],
        },
    }


def _packed(places: FloatArray) -> str:
    """Pack places of the box as 16-bit steps of the frame."""
    return _bytes(np.round(np.clip(frames.unit(places), 0.0, 1.0) * 65_535).astype("<u2"))


def _halves(labels: IntArray) -> str:
    """Pack labels below 16 two to a byte."""
    padded = np.zeros(len(labels) + len(labels) % 2, dtype=np.uint8)
    padded[: len(labels)] = labels
    return _bytes(padded[::2] | padded[1::2] << 4)


def _bytes(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
