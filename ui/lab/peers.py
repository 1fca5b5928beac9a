"""The table of peers: our accuracy beside that of other implementations, as the benchmark published it."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from core.data import Table
from ui import figures, session
from ui.markup import asset, show
from ui.settings import ENGINES_EPSILONS
from ui.text import phrase

#: In ``assets``; written by ``python -m benchmarks.accuracy --publish``.
PUBLISHED = "accuracy.json"
#: People times ε from which a private result can be expected to be good.
ENOUGH_SIGNAL = 1_000
PEERS = (
    "diffprivlib",
    "google",
    "fastlloyd",
    "fastlloyd_owndelta",
    "pemeans",
    "eugkm_thr",
    "rugnik",
    "rugnik_thr",
)
EVERY_EPSILON = ENGINES_EPSILONS[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One data set at one ε.

    Attributes:
        dataset: Its name.
        n_people: Its rows.
        n_features: Its columns.
        n_clusters: Clusters that were asked for.
        epsilon: Privacy loss of every method.
        ratio: Our inertia over that of plain k-means, median over seeds.
        ari: Our adjusted Rand index against plain k-means, median over seeds.
        peers: The inertia ratio of every peer that was measured there.
    """

    dataset: str
    n_people: int
    n_features: int
    n_clusters: int
    epsilon: float
    ratio: float
    ari: float
    peers: Mapping[str, float]

    @property
    def has_signal(self) -> bool:
        """Whether there are enough people for ε."""
        return self.n_people * self.epsilon >= ENOUGH_SIGNAL

    @property
    def best_peer(self) -> str | None:
        """The peer with the least inertia; None where none was measured."""
        return min(self.peers, key=self.peers.__getitem__, default=None)

    @property
    def best_ratio(self) -> float:
        """That peer's inertia ratio."""
        return math.nan if self.best_peer is None else self.peers[self.best_peer]

    @property
    def relative(self) -> float:
        """Our ratio over the best peer's."""
        return self.ratio / self.best_ratio

    def find_better(self, tolerance: float) -> list[str]:
        """Name the peers that are better than ours by more than the tolerance, best first."""
        better = [peer for peer, ratio in self.peers.items() if self.ratio > tolerance * ratio]
        return sorted(better, key=self.peers.__getitem__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """What the benchmark published.

    Attributes:
        measured: Date.
        versions: Of the language and of the packages.
        seeds: Number of seeds of our medians.
        tolerance: A peer wins when our ratio is more than this times its own.
        with_delta: Peers whose guarantee has a δ.
        cells: Every data set at every ε.
    """

    measured: str
    versions: Mapping[str, str]
    seeds: int
    tolerance: float
    with_delta: Sequence[str]
    cells: tuple[Cell, ...]

    @property
    def compared(self) -> tuple[Cell, ...]:
        """The cells that some peer was measured in."""
        return tuple(cell for cell in self.cells if cell.peers)

    def share_won(self, cells: Sequence[Cell]) -> float:
        """Return the share of cells where nobody is better than ours by more than the tolerance."""
        return sum(not cell.find_better(self.tolerance) for cell in cells) / len(cells)


@cache
def read_benchmark() -> Benchmark:
    """Read what the benchmark published."""
    published: dict[str, Any] = json.loads(asset(PUBLISHED))
    return Benchmark(**published | {"cells": tuple(Cell(**cell) for cell in published["cells"])})


# --- the section -------------------------------------------------------------------------------------------------


def screen(_table: Table) -> None:
    """Draw the sum of it, the share of wins by ε, and every cell as a table."""
    benchmark = read_benchmark()
    _show_summary(benchmark)
    st.pills(
        phrase("engines.epsilon"),
        ENGINES_EPSILONS,
        format_func=lambda epsilon: figures.epsilon(epsilon) if epsilon else phrase("engines.every"),
        required=True,
        key="engines_epsilon",
        persist_state="session",
    )
    chosen = session.settings.engines_epsilon
    cells = [cell for cell in benchmark.cells if chosen in {EVERY_EPSILON, cell.epsilon}]
    show("quiet", text=phrase("engines.sort"))
    st.dataframe(
        _make_frame(cells, tolerance=benchmark.tolerance),
        key="engines_table",
        hide_index=True,
        width="stretch",
        height=480,
        column_config=_columns(),
        placeholder="–",
        alt=phrase("engines.alternative", n=len(cells)),
    )
    _show_conditions(benchmark)


def _show_summary(benchmark: Benchmark) -> None:
    cells = benchmark.compared
    strong = [cell for cell in cells if cell.has_signal]
    losses = [cell for cell in cells if cell.find_better(benchmark.tolerance)]
    by_epsilon = {
        epsilon: benchmark.share_won([cell for cell in cells if cell.epsilon == epsilon])
        for epsilon in ENGINES_EPSILONS[1:]
    }
    show(
        "engines",
        facts=[
            (phrase("engines.wins", n=len(cells)), figures.share(benchmark.share_won(cells))),
            (
                phrase("engines.wins_strong", signal=figures.number(ENOUGH_SIGNAL)),
                figures.share(benchmark.share_won(strong)),
            ),
            (phrase("engines.losses"), phrase("engines.cells", n=len(losses))),
            (phrase("engines.worst"), figures.times(max(cell.relative for cell in cells))),
        ],
        by_epsilon=[
            {"epsilon": figures.epsilon(epsilon), "share": round(100 * share, 1), "text": figures.share(share)}
            for epsilon, share in by_epsilon.items()
        ],
    )


def _show_conditions(benchmark: Benchmark) -> None:
    """Say what the peers promise, and when and with what everything was measured."""
    show("quiet", text=phrase("engines.fair", with_delta=_name_peers(benchmark.with_delta)))
    versions = ", ".join(f"{name} {number}" for name, number in benchmark.versions.items())
    date, seeds = benchmark.measured, benchmark.seeds
    show("quiet", text=phrase("engines.measured", date=date, seeds=seeds, versions=versions))


def _name_peers(peers: Sequence[str]) -> str:
    return ", ".join(phrase(f"engines.peer_{peer}") for peer in peers)


def _make_frame(cells: Sequence[Cell], *, tolerance: float) -> pd.DataFrame:
    """Return a row for each cell, those where we are worst first; what matters most stands where a phone shows it."""
    return pd.DataFrame([_row(cell, tolerance) for cell in cells]).sort_values("relative", ascending=False)


def _row(cell: Cell, tolerance: float) -> dict[str, Any]:
    best, better = cell.best_peer, cell.find_better(tolerance)
    row = {
        "dataset": phrase("engines.invented") if cell.dataset.startswith("blobs_") else cell.dataset,
        "n_people": cell.n_people,
        "relative": cell.relative,
        "others_win": _name_peers(better) or "–",
        "ours": cell.ratio,
        "best_ratio": cell.best_ratio,
        "best": phrase("engines.not_recorded") if best is None else phrase(f"engines.peer_{best}"),
        "n_features": cell.n_features,
        "n_clusters": cell.n_clusters,
        "epsilon": cell.epsilon,
        "ari": cell.ari,
    }
    return row | {peer: cell.peers.get(peer, math.nan) for peer in PEERS}


def _columns() -> dict[str, Any]:
    words, number = st.column_config.TextColumn, st.column_config.NumberColumn
    columns = {
        "dataset": words(phrase("engines.dataset"), pinned=True, width="small"),
        "n_people": number(phrase("engines.people"), format="localized", width="small"),
        "n_features": number(phrase("engines.columns"), format="%d", width=56),
        "n_clusters": number("k", format="%d", width=44),
        "epsilon": number("ε", format="%g", width=56),
        "ours": number(phrase("engines.ours"), format="%.3f", help=phrase("engines.ratio_why")),
        "best": words(phrase("engines.best")),
        "best_ratio": number(phrase("engines.best_ratio"), format="%.3f"),
        "relative": number(phrase("engines.relative"), width=92, format="%.2f", help=phrase("engines.relative_why")),
        "others_win": words(phrase("engines.others_win"), width="medium"),
        "ari": number("ARI", format="%.2f"),
    }
    return columns | {peer: number(phrase(f"engines.peer_{peer}"), format="%.3f") for peer in PEERS}
