"""The runs of k-means that the player shows, each traced once and cached: plain, mini-batch, private, by a synopsis."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

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

N_BATCHES = 15
CACHED = 32


class PlayedMethod(StrEnum):
    """What is compared with plain k-means."""

    PRIVATE = "private"
    BATCH = "batch"
    SYNOPSIS = "synopsis"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedRun:
    """A method and its parameters. Seeded, on synthetic data: a demonstration, not a private release."""

    method: PlayedMethod
    k: int
    seed: int
    epsilon: float

    @classmethod
    def from_settings(cls) -> Self:
        """Return the run that the settings describe."""
        return cls(
            method=PlayedMethod(session.settings.played_way),
            k=session.settings.played_k,
            seed=session.settings.played_seed,
            epsilon=session.settings.played_epsilon,
        )


@st.cache_resource(show_spinner=False)
def make_people() -> Table:
    """Make the synthetic people of the player."""
    return synthetic_pair()


@st.cache_resource(show_spinner=False)
def make_points() -> FloatArray:
    """Scale them into the box."""
    return read_only(make_people().points().astype(np.float64))


def _draw_start(k: int, seed: int) -> FloatArray:
    """Return the centres that all runs but the synopsis' start from, the private one too."""
    return draw_starts(k, make_points().shape[1], rng=np.random.default_rng(seed))


@st.cache_resource(max_entries=CACHED, show_spinner=False)
def trace_plain(k: int, seed: int) -> Trace:
    """Trace plain k-means."""
    return nonprivate_lloyd_trace(make_points(), start=_draw_start(k, seed))


@st.cache_resource(max_entries=CACHED, show_spinner=False)
def trace_minibatch(k: int, seed: int) -> Trace:
    """Trace mini-batch k-means, not private either."""
    rng = np.random.default_rng(seed)
    return nonprivate_minibatch_trace(make_points(), start=_draw_start(k, seed), n_iterations=N_BATCHES, rng=rng)


@st.cache_resource(max_entries=CACHED, show_spinner=False)
def trace_private(k: int, seed: int, epsilon: float) -> Trace:
    """Trace private Lloyd: noise in every iteration."""
    trace, _ = trace_private_lloyd(
        make_points(),
        n_clusters=k,
        epsilon=epsilon,
        rng=np.random.default_rng(seed),
        cloud_rng=np.random.default_rng([seed, 1]),
    )
    return trace


@st.cache_resource(max_entries=CACHED, show_spinner=False)
def trace_with_synopsis(k: int, seed: int, epsilon: float) -> SynopsisTrace:
    """Trace k-means on a synopsis that was released once."""
    rng = np.random.default_rng(seed)
    return trace_synopsis(
        make_points(), n_clusters=k, n_clusters_served=PLAYED_K_MAX, epsilon=epsilon, rng=rng, seed=seed
    )


def rehearse() -> None:
    """Compute what a visitor sees first, so that nobody waits for it."""
    k, seed, epsilon = (SETTINGS[f"played_{name}"].default for name in ("k", "seed", "epsilon"))
    trace_plain(k, seed)
    trace_minibatch(k, seed)
    trace_private(k, seed, epsilon)
    trace_with_synopsis(k, seed, epsilon)
