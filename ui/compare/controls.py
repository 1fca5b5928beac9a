"""The sliders that people move, and what their values mean in words."""

import math

import streamlit as st

from core.clustering.engines import ENGINES
from core.limits import CLUSTERS_MAX, CLUSTERS_MIN, EPSILON_CHOICES
from core.reduction.reduced import synopsis_of
from core.studies.n_clusters import sharpest_elbow
from ui import figures, names, results, session
from ui.compare import reduction
from ui.markup import show
from ui.outcome import Outcome
from ui.settings import PRINCIPAL, VIEWS
from ui.text import phrase


def sliders() -> None:
    """Draw ε and k with their meaning; on phones they stay at the thumb."""
    with st.container(key="sliders", horizontal=True, wrap=False, gap="large"):
        with st.container(key="slider_epsilon"):
            st.select_slider(
                phrase("controls.epsilon"),
                EPSILON_CHOICES,
                format_func=figures.epsilon,
                key="epsilon",
                persist_state="session",
                help=phrase("controls.epsilon_why"),
            )
            show("ends", low=phrase("controls.epsilon_low"), high=phrase("controls.epsilon_high"))
        with st.container(key="slider_k"):
            st.slider(
                phrase("controls.k"),
                CLUSTERS_MIN,
                CLUSTERS_MAX,
                key="k",
                persist_state="session",
                help=phrase("controls.k_why"),
            )
            show("ends", low=phrase("controls.k_low"), high=phrase("controls.k_high"))


def meaning(epsilon: float) -> str:
    """Say in words what ε promises: the factor between the chances with and without one person."""
    return phrase("controls.meaning", times=figures.times(math.exp(epsilon)))


def guess(epsilon: float) -> str:
    """Say how often the best guesser can be right about one person being in the data."""
    percent = 100.0 / (1.0 + math.exp(-epsilon))
    return phrase("controls.guess", n=f"{math.floor(percent * 10) / 10:g}" if percent > 99 else f"{percent:.0f}")  # noqa: PLR2004


def k_help(found: Outcome) -> None:
    """Offer a number of groups read from the release itself: free, for it was paid already."""
    synopsis = synopsis_of(found.release)
    if synopsis is None:
        return
    with st.popover(phrase("controls.k_help"), icon=":material/lightbulb:", on_change="rerun", key="k_help") as opened:
        if not opened.open:
            return
        explored = results.explore(found.table, found.spec, synopsis)
        best = sharpest_elbow(explored)
        most = max(1e-9, *(each.silhouette for each in explored))
        show(
            "explored",
            rows=[
                {
                    "k": each.n_clusters,
                    "bar": round(100 * max(each.silhouette, 0.0) / most, 1),
                    "text": f"{each.silhouette:.2f}",
                    "scatter": figures.share(each.inertia / max(explored[0].inertia, 1e-9)),
                    "best": each is best,
                }
                for each in explored
            ],
        )
        st.button(
            phrase("controls.k_take", k=best.n_clusters),
            key="k_take",
            type="primary",
            on_click=session.choose,
            kwargs={"k": best.n_clusters},
        )


def picture_choices(found: Outcome) -> None:
    """Draw the choice of view, new noise, axes and engine, and the help with k."""
    table = found.table
    keys = [PRINCIPAL, *(column.key for column in table.columns)]
    labels = {PRINCIPAL: phrase("controls.principal")} | {column.key: names.axis(column) for column in table.columns}
    for axis in ("axis_x", "axis_y"):
        if session.settings.value(axis) not in keys:
            session.choose(**{axis: PRINCIPAL})
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        if not session.settings.only_public:
            st.segmented_control(
                phrase("controls.view"),
                VIEWS,
                format_func=lambda view: phrase(f"controls.view_{view}"),
                required=True,
                key="view",
                persist_state="session",
                help=phrase("controls.view_why"),
            )
        k_help(found)
        if table.source.is_synthetic:
            st.button(
                phrase("controls.redraw"),
                key="redraw",
                icon=":material/casino:",
                on_click=_redraw,
                help=phrase("controls.redraw_why"),
            )
        with st.popover(phrase("controls.picture"), icon=":material/tune:", key="picture"):
            for axis in ("axis_x", "axis_y"):
                st.selectbox(
                    phrase(f"controls.{axis}"),
                    keys,
                    format_func=labels.__getitem__,
                    key=axis,
                    persist_state="session",
                )
            st.selectbox(
                phrase("controls.engine"),
                list(ENGINES),
                format_func=names.engine,
                key="engine",
                persist_state="session",
                help=phrase("controls.engine_why"),
            )
            reduction.choose(table)


def _redraw() -> None:
    session.choose(draw=(session.settings.draw + 1) % 1_000)
