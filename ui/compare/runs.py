"""The trail: the last runs on this table, each a tap away."""

from typing import Any, cast

import streamlit as st

from ui import figures, session
from ui.outcome import CHOICES, Outcome
from ui.text import phrase

LENGTH = 8


def trail(found: Outcome) -> list[dict[str, Any]]:
    """Note this run and return the last ones as the pair component draws them, oldest first; insider, they hold ARI."""
    if found.comparison is None:
        return []
    trails = cast("dict[str, list[dict[str, Any]]]", st.session_state.setdefault("trails", {}))
    kept = trails.setdefault(found.table.content_key, [])
    run = {key: session.settings.value(key) for key in (*CHOICES, "draw")}
    ari = found.comparison.agreement.adjusted_rand
    if all(former["pick"] != run for former in kept):
        kept.append({"pick": run, "ari": ari})
        del kept[:-LENGTH]
    return [_drawn(former, now=former["pick"] == run) for former in kept]


def _drawn(former: dict[str, Any], *, now: bool) -> dict[str, Any]:
    pick = former["pick"]
    return {
        "pick": pick,
        "now": now,
        "height": round(max(former["ari"], 0.0), 3),
        "title": f"{former['ari']:.2f}",
        "text": phrase("runs.run", epsilon=figures.epsilon(pick["epsilon"]), k=pick["k"]),
    }


def pick() -> None:
    """Go back to the run that was tapped; only runs of the trail are accepted."""
    tapped = st.session_state["pair"].run
    known = [former["pick"] for runs in st.session_state.get("trails", {}).values() for former in runs]
    if tapped in known:
        session.choose(**known[known.index(tapped)])
