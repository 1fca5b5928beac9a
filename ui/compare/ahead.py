"""The preview that lets the pictures follow the sliders by themselves: what a visitor may have of it, and where."""

import hashlib
import secrets
from typing import Any

import numpy as np
import streamlit as st

from core.limits import CLUSTERS_MAX, CLUSTERS_MIN, EPSILON_CHOICES
from core.studies.preview import PreviewOrder, nonprivate_preview
from ui import results, session
from ui.compare.axes import choose_viewpoint
from ui.compare.picture import choose_rows
from ui.outcome import Outcome
from ui.server import previews

#: Above this many people the table is not worth its time: what is asked for is drawn as it comes.
PEOPLE_MOST = 100_000


def order(outcome: Outcome, axes: tuple[str, str]) -> str | None:
    """Order what the picture needs to follow the sliders by itself, and return its address; None where there is none.

    Practice data is previewed at every ε and k. Of people's data only what was bought is read, for every k; its
    address is a secret of the session.
    """
    is_practice = outcome.table.source.is_synthetic
    # Whether there is a preview tells of the number of people: of real ones a noisy number decides.
    if (outcome.table.n_people if is_practice else outcome.release.noisy_people) > PEOPLE_MOST:
        return None
    if is_practice:
        return _order_shared(outcome, axes)
    return _order_own(outcome, axes) if outcome.release.clusters_any_k else None


def _order_shared(outcome: Outcome, axes: tuple[str, str]) -> str:
    asked = _make_order(outcome, axes, epsilons=EPSILON_CHOICES)
    spec = asked.spec
    named = (asked.content_key, spec.engine, spec.reduction, spec.draw, asked.has_plain, asked.has_people)
    digest = hashlib.blake2b(repr(named).encode(), digest_size=16)
    for array in (asked.view.directions, asked.view.low, asked.view.high):
        digest.update(array.tobytes())
    return previews.offer(digest.hexdigest(), previews.Preview(nonprivate_preview, asked, is_shared=True))


def _order_own(outcome: Outcome, axes: tuple[str, str]) -> str:
    named = (results.release_key(outcome.table, outcome.spec), axes, _has_people(outcome), outcome.plain is not None)
    kept: dict[str, Any] = st.session_state.setdefault("ahead", {})
    if kept.get("named") != named:
        asked = _make_order(outcome, axes, epsilons=(outcome.spec.epsilon,))
        # The session holds it: when the session is gone, nobody finds it any more.
        own = previews.Preview(nonprivate_preview, asked, is_shared=False)
        kept.update(named=named, own=own, key=secrets.token_hex(32))
        previews.offer(kept["key"], own)
    return previews.address_of(kept["key"])


def _make_order(outcome: Outcome, axes: tuple[str, str], *, epsilons: tuple[float, ...]) -> PreviewOrder:
    table = outcome.table
    needs_people = table.source.is_synthetic or outcome.plain is not None
    return PreviewOrder(
        # From what was bought a public view is read without anybody's row.
        points=results.points(table) if needs_people else np.empty((0, len(table.columns))),
        source=table.source,
        content_key=table.content_key,
        spec=outcome.spec,
        epsilons=epsilons,
        n_clusters=tuple(range(CLUSTERS_MIN, CLUSTERS_MAX + 1)),
        view=choose_viewpoint(outcome, axes),
        shown=choose_rows(table.n_people if needs_people else 0),
        bought=None if table.source.is_synthetic else outcome.release,
        has_plain=outcome.plain is not None,
        has_people=_has_people(outcome),
    )


def _has_people(outcome: Outcome) -> bool:
    return outcome.plain is not None and session.settings.view == "insider"
