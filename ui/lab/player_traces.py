"""Runs of k-means that are played, each followed once and kept: plain, by batches, with noise, or by a synopsis."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import streamlit as st

from core.arrays import FloatArray, read_only
from core.clustering.lloyd.centers import draw_starts
from core.clustering.trace.kmeans import Trace, nonprivate_lloyd_trace, nonprivate_minibatch_trace
from core.clustering.trace.lloyd import trace_private_lloyd
from core.clustering.trace.synopsis import SynopsisTrace, trace_synopsis
from core.data import Table
from core.data.generate import synthetic_pair
from ui import session
from ui.settings import PLAYED_K_MAX, SETTINGS

BATCHES = 15
KEPT = 32


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


@st.cache_resource(show_spinner=False)
def people() -> Table:
    """Return the people who are played with: nobody real."""
    return synthetic_pair()


@st.cache_resource(show_spinner=False)
def points() -> FloatArray:
    """Return them in the box."""
    return read_only(people().points().astype(np.float64))


def _start(k: int, seed: int) -> FloatArray:
    """Return the centres that all runs but the synopsis' start from, the private one too."""
    return draw_starts(k, points().shape[1], rng=np.random.default_rng(seed))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def plain(k: int, seed: int) -> Trace:
    """Follow k-means without protection."""
    return nonprivate_lloyd_trace(points(), start=_start(k, seed))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def batched(k: int, seed: int) -> Trace:
    """Follow mini-batches, without protection."""
    rng = np.random.default_rng(seed)
    return nonprivate_minibatch_trace(points(), start=_start(k, seed), n_iterations=BATCHES, rng=rng)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def private(k: int, seed: int, epsilon: float) -> Trace:
    """Follow k-means with noise at every step."""
    trace, _ = trace_private_lloyd(
        points(),
        n_clusters=k,
        epsilon=epsilon,
        rng=np.random.default_rng(seed),
        cloud_rng=np.random.default_rng([seed, 1]),
    )
    return trace


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def synopsis(k: int, seed: int, epsilon: float) -> SynopsisTrace:
    """Follow k-means on what was bought by looking once."""
    rng = np.random.default_rng(seed)
    return trace_synopsis(points(), n_clusters=k, n_clusters_served=PLAYED_K_MAX, epsilon=epsilon, rng=rng, seed=seed)


def rehearse() -> None:
    """Compute what a visitor sees first, so that nobody waits for it."""
    k, seed, epsilon = (SETTINGS[f"played_{name}"].default for name in ("k", "seed", "epsilon"))
    plain(k, seed)
    batched(k, seed)
    private(k, seed, epsilon)
    synopsis(k, seed, epsilon)
