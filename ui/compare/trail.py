"""The trail: the last runs on this table, each a tap away."""

from typing import Any, cast

import streamlit as st

from ui import figures, session
from ui.compare import degenerate
from ui.outcome import CHOICES, Outcome
from ui.text import phrase

LENGTH = 8


def add_run(outcome: Outcome) -> list[dict[str, Any]]:
    """Note this run and return the last ones as their component draws them, oldest first; insider, they hold ARI."""
    if outcome.comparison is None or degenerate.find(outcome) is not None:
        return []
    trails = cast("dict[str, list[dict[str, Any]]]", st.session_state.setdefault("trails", {}))
    runs = trails.setdefault(outcome.table.content_key, [])
    run = {key: session.settings.value(key) for key in (*CHOICES, "draw")}
    ari = outcome.comparison.agreement.adjusted_rand
    if all(former["pick"] != run for former in runs):
        runs.append({"pick": run, "ari": ari})
        del runs[:-LENGTH]
    return [_describe_run(former, now=former["pick"] == run) for former in runs]


def _describe_run(former: dict[str, Any], *, now: bool) -> dict[str, Any]:
    pick = former["pick"]
    return {
        "pick": pick,
        "now": now,
        "height": round(max(former["ari"], 0.0), 3),
        "title": figures.decimals(former["ari"]),
        "text": phrase("runs.run", epsilon=figures.epsilon(pick["epsilon"]), k=pick["k"]),
    }


def select_run() -> None:
    """Go back to the run that was tapped; only runs of the trail are accepted."""
    tapped = st.session_state["groups"].run
    picks = [former["pick"] for each in st.session_state.get("trails", {}).values() for former in each]
    if tapped in picks:
        session.choose(**picks[picks.index(tapped)])
