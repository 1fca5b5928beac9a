"""The engines table: our accuracy beside every peer's, from the benchmark's record, and where others win."""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.data import Table
from ui import figures, session
from ui.markup import show
from ui.settings import ENGINES_EPSILONS
from ui.text import phrase

RECORD = Path(__file__).parents[2] / "benchmarks" / "accuracy.json"
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


@cache
def record() -> dict[str, Any]:
    """Return the benchmark's record: when, with which versions, and every cell."""
    kept: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return kept


def winners(cell: dict[str, Any]) -> list[str]:
    """Name the peers that are better than ours by more than the tolerance, best first."""
    ahead = [peer for peer, ratio in cell["peers"].items() if cell["ratio"] > record()["tolerance"] * ratio]
    return sorted(ahead, key=lambda peer: float(cell["peers"][peer]))


def compared() -> list[dict[str, Any]]:
    """Return the cells that some peer was recorded in."""
    return [cell for cell in record()["cells"] if cell["peers"]]


def relative(cell: dict[str, Any]) -> float:
    """Return our ratio over the best peer's."""
    return float(cell["ratio"] / min(cell["peers"].values()))


def wins(cells: list[dict[str, Any]]) -> float:
    """Return the share of cells where nobody is better than ours by more than the tolerance."""
    return sum(not winners(cell) for cell in cells) / len(cells)


def screen(_table: Table) -> None:
    """Draw the sum of it, the share of wins by ε, and every cell as a table."""
    _show_summary()
    st.pills(
        phrase("engines.epsilon"),
        ENGINES_EPSILONS,
        format_func=lambda epsilon: figures.epsilon(epsilon) if epsilon else phrase("engines.every"),
        required=True,
        key="engines_epsilon",
        persist_state="session",
    )
    chosen = float(session.value("engines_epsilon"))
    shown = [cell for cell in record()["cells"] if chosen in {EVERY_EPSILON, cell["epsilon"]}]
    show("quiet", text=phrase("engines.sort"))
    st.dataframe(
        _frame(shown),
        key="engines_table",
        hide_index=True,
        width="stretch",
        height=480,
        column_config=_columns(),
        placeholder="–",
        alt=phrase("engines.alternative", n=len(shown)),
    )
    with_delta = ", ".join(phrase(f"engines.peer_{peer}") for peer in record()["with_delta"])
    show("quiet", text=phrase("engines.fair", with_delta=with_delta))
    versions = ", ".join(f"{name} {number}" for name, number in record()["versions"].items())
    show(
        "quiet", text=phrase("engines.measured", date=record()["measured"], seeds=record()["seeds"], versions=versions)
    )


def _show_summary() -> None:
    cells = compared()
    strong = [cell for cell in cells if cell["n_people"] * cell["epsilon"] >= ENOUGH_SIGNAL]
    losses = [cell for cell in cells if winners(cell)]
    show(
        "engines",
        facts=[
            (phrase("engines.wins", n=len(cells)), figures.share(wins(cells))),
            (phrase("engines.wins_strong", signal=f"{ENOUGH_SIGNAL:,}"), figures.share(wins(strong))),
            (phrase("engines.losses"), phrase("engines.cells", n=len(losses))),
            (phrase("engines.worst"), figures.times(max(relative(cell) for cell in cells))),
        ],
        by_epsilon=[
            {"epsilon": figures.epsilon(epsilon), "share": round(100 * share, 1), "text": figures.share(share)}
            for epsilon in ENGINES_EPSILONS[1:]
            for share in [wins([cell for cell in cells if cell["epsilon"] == epsilon])]
        ],
    )


def _frame(cells: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a row for each cell, those where we are worst first; what matters most stands where a phone shows it."""
    return pd.DataFrame([_row(cell) for cell in cells]).sort_values("relative", ascending=False)


def _name(cell: dict[str, Any]) -> str:
    return phrase("engines.invented") if cell["dataset"].startswith("blobs_") else str(cell["dataset"])


def _row(cell: dict[str, Any]) -> dict[str, Any]:
    peers, ahead = cell["peers"], winners(cell)
    best = min(peers, key=peers.__getitem__, default=None)
    row = {
        "dataset": _name(cell),
        "n_people": cell["n_people"],
        "relative": relative(cell) if best else math.nan,
        "others_win": ", ".join(phrase(f"engines.peer_{peer}") for peer in ahead) if ahead else "–",
        "ours": cell["ratio"],
        "best_ratio": peers[best] if best else math.nan,
        "best": phrase(f"engines.peer_{best}") if best else phrase("engines.not_recorded"),
        "n_features": cell["n_features"],
        "n_clusters": cell["n_clusters"],
        "epsilon": cell["epsilon"],
        "ari": cell["ari"],
    }
    return row | {peer: peers.get(peer, np.nan) for peer in PEERS}


def _columns() -> dict[str, Any]:
    words, number = st.column_config.TextColumn, st.column_config.NumberColumn
    told = {
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
    return told | {peer: number(phrase(f"engines.peer_{peer}"), format="%.3f") for peer in PEERS}
