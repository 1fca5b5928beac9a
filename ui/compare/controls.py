"""The sliders that people move, and what their values mean in words."""

import math
from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.clustering.engines import ENGINES
from core.clustering.synopsis.exploration import Exploration
from core.data import Table
from core.limits import CLUSTERS_MAX, CLUSTERS_MIN, EPSILON_CHOICES
from core.reduction.reduced import synopsis_of
from core.studies.n_clusters import sharpest_elbow
from ui import choices, figures, names, results, session
from ui.compare import reduction
from ui.markup import show
from ui.outcome import Outcome
from ui.settings import DRAWS_MAX, PRINCIPAL, VIEWS
from ui.text import phrase


def draw_sliders() -> None:
    """Draw ε and k with their meaning; on phones they stay at the thumb."""
    with st.container(key="sliders", horizontal=True, wrap=False, gap="large"):
        with st.container(key="slider_epsilon"):
            choices.draw_steps("controls.epsilon", EPSILON_CHOICES, figures.epsilon)
            show("ends", low=phrase("controls.epsilon_low"), high=phrase("controls.epsilon_high"))
        with st.container(key="slider_k"):
            choices.draw_range("controls.k", CLUSTERS_MIN, CLUSTERS_MAX)
            show("ends", low=phrase("controls.k_low"), high=phrase("controls.k_high"))


def describe_epsilon(epsilon: float) -> str:
    """Say in words what ε promises: the factor between the chances with and without one person."""
    return phrase("controls.meaning", times=figures.times(math.exp(epsilon)))


def describe_best_guess(epsilon: float) -> str:
    """Say how often the best guesser can be right about one person being in the data."""
    percent = 100.0 / (1.0 + math.exp(-epsilon))
    # Near certainty is never rounded up to it.
    told = math.floor(percent * 10) / 10 if percent > 99 else round(percent)  # noqa: PLR2004
    return phrase("controls.guess", n=figures.significant(told))


def draw_picture_choices(outcome: Outcome) -> None:
    """Draw the choice of view, new noise, axes and engine, and the help with k."""
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        if not session.settings.only_public:
            choices.draw_segments("controls.view", VIEWS)
        _draw_k_help(outcome)
        if outcome.table.source.is_synthetic:
            st.button(
                phrase("controls.redraw"),
                key="redraw",
                icon=":material/casino:",
                on_click=_redraw,
                help=phrase("controls.redraw_why"),
            )
        with st.popover(phrase("controls.picture"), icon=":material/tune:", key="picture"):
            _draw_axes(outcome.table)
            choices.draw_list("controls.engine", list(ENGINES), names.engine)
            reduction.draw_choices(outcome.table)


def _draw_k_help(outcome: Outcome) -> None:
    """Offer a number of groups read from the release itself: free, for it was paid already."""
    synopsis = synopsis_of(outcome.release)
    if synopsis is None:
        return
    with st.popover(phrase("controls.k_help"), icon=":material/lightbulb:", on_change="rerun", key="k_help") as opened:
        if not opened.open:
            return
        explored = results.explore(outcome.table, outcome.spec, synopsis)
        best = sharpest_elbow(explored)
        show("explored", rows=_describe_explored(explored, best))
        st.button(
            phrase("controls.k_take", k=best.n_clusters),
            key="k_take",
            type="primary",
            on_click=session.choose,
            kwargs={"k": best.n_clusters},
        )


def _describe_explored(explored: Sequence[Exploration], best: Exploration) -> list[dict[str, Any]]:
    most = max(1e-9, *(each.silhouette for each in explored))
    return [
        {
            "k": each.n_clusters,
            "bar": round(100 * max(each.silhouette, 0.0) / most, 1),
            "text": figures.decimals(each.silhouette),
            "scatter": figures.share(each.inertia / max(explored[0].inertia, 1e-9)),
            "best": each is best,
        }
        for each in explored
    ]


def _draw_axes(table: Table) -> None:
    labels = {PRINCIPAL: phrase("controls.principal")} | {column.key: names.axis(column) for column in table.columns}
    for axis in ("axis_x", "axis_y"):
        if session.settings.value(axis) not in labels:
            session.choose(**{axis: PRINCIPAL})
        choices.draw_list(f"controls.{axis}", list(labels), labels.__getitem__)


def _redraw() -> None:
    session.choose(draw=(session.settings.draw + 1) % (DRAWS_MAX + 1))
