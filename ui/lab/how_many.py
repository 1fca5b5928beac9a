"""How many groups: elbow and silhouette of a release at hand, and for insiders beside those of the raw data."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.arrays import FloatArray
from core.clustering.synopsis import Exploration
from core.data import Table
from core.evaluation.how_many import (
    SILHOUETTE_PEOPLE,
    clear_elbow,
    elbow_least,
    nonprivate_exploration,
    sampled,
    sharpest,
)
from core.limits import CLUSTERS_MAX, CLUSTERS_MIN
from core.reduction.reduced import Reduction, synopsis_of
from ui import charts, figures, frame, jobs, results, session
from ui.lab import features, lines
from ui.lab.lines import Line
from ui.markup import show
from ui.text import phrase

#: People whose raw data are divided at most: eleven plain clusterings of them take about five seconds.
PEOPLE_MOST = 10_000
MEASURES = ("inertia", "silhouette")
ELBOW_SIZE = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What was found for every k, and where from.

    Attributes:
        origin: ``"release"`` or ``"exact"``; the latter is insider.
        name: What it is called in charts.
        explored: Elbow and silhouette for 2, 3, … groups.
        n_features: Number of features that were clustered.
        is_mostly_noise: Whether nothing can be read from it.
    """

    origin: str
    name: str
    explored: tuple[Exploration, ...]
    n_features: int
    is_mostly_noise: bool = False

    @property
    def is_insider(self) -> bool:
        """Whether it is exact."""
        return self.origin == "exact"

    @property
    def suggested(self) -> int | None:
        """The number of groups at a clear elbow; None without one."""
        if self.is_mostly_noise:
            return None
        return clear_elbow(self.explored, n_features=self.n_features, is_exact=self.is_insider)

    def of(self, measure: str) -> tuple[float, ...]:
        """Return a measure for every k; the inertia relative to that of the fewest groups."""
        if measure == "silhouette":
            return tuple(each.silhouette for each in self.explored)
        return tuple(each.inertia / max(self.explored[0].inertia, 1e-9) for each in self.explored)


def screen(table: Table) -> None:
    """Draw what the release says, on request what the raw data say, and both as charts and figures."""
    released = _released(table)
    exact = None if session.value("only_public") else _exact(table)
    curves = [curve for curve in (released, exact) if curve is not None]
    if not curves:
        return
    _say(curves)
    if released is not None and released.suggested is not None:
        _take(released.suggested)
    _charts(curves)
    show("quiet", text=phrase("how_many.reading", some=figures.people(SILHOUETTE_PEOPLE)))
    _figures(curves)


def _released(table: Table) -> Curve | None:
    """Read the release at hand; say so where there is none, or none that knows more than one k."""
    found = features.at_hand(table)
    if found is None:
        _missing("nothing", "buy")
        return None
    key, release = found
    synopsis = synopsis_of(release)
    if synopsis is None:
        _missing("one_k", "change")
        return None
    return Curve(
        origin="release",
        name=phrase("how_many.release", epsilon=figures.epsilon(release.epsilon)),
        explored=results.explored(table, key, synopsis),
        n_features=synopsis.n_features,
        is_mostly_noise=release.is_mostly_noise,
    )


def _missing(why: str, way_out: str) -> None:
    st.info(phrase(f"how_many.{why}", k=int(session.value("k"))), icon=":material/shopping_basket:")
    frame.link("compare", label=f"how_many.{way_out}", icon=":material/compare:")


def _exact(table: Table) -> Curve | None:
    """Offer to divide the raw data, show how far that is, and return what came out."""
    reduction, shared = session.reduction(table), table.source.is_practice
    key = f"how-many-{table.content_key}-{reduction}"
    if jobs.may_start(key, shared=shared):
        told = {"least": CLUSTERS_MIN, "most": CLUSTERS_MAX, "people": figures.people(min(table.n_people, PEOPLE_MOST))}
        show("insider_lead", text=phrase("how_many.exact_lead", **told))
        st.button(
            phrase("how_many.exact_run"),
            key="how_many_run",
            icon=":material/play_arrow:",
            on_click=_start,
            args=(key, table, reduction),
        )
    explored = jobs.watch(key, shared=shared)
    if explored is None:
        return None
    n_features = len(table.columns) if reduction is None else reduction.n_dimensions
    return Curve(origin="exact", name=phrase("how_many.exact"), explored=explored, n_features=n_features)


def _start(key: str, table: Table, reduction: Reduction | None) -> None:
    work = partial(nonprivate_exploration, n_clusters_max=CLUSTERS_MAX)
    jobs.start(key, work, sampled(_seen(table, reduction), PEOPLE_MOST), shared=table.source.is_practice)


def _seen(table: Table, reduction: Reduction | None) -> FloatArray:
    """Return the people in as many dimensions as the release was made in."""
    people = results.points(table)
    return people if reduction is None else results.plain_projection(table, reduction).reduce(people)


# --- in words ----------------------------------------------------------------------------------------------------


def _say(curves: list[Curve]) -> None:
    notes = [_gap_told(curves)] if len(curves) > 1 else []
    most = curves[0].explored[-1].n_clusters
    if not curves[0].is_insider and most < CLUSTERS_MAX:
        notes.insert(0, phrase("how_many.most", k=most))
    show("how_many", answers=[_answer(curve) for curve in curves], notes=notes)


def _answer(curve: Curve) -> dict[str, Any]:
    bend = sharpest(curve.explored)
    highest = max(curve.explored, key=lambda each: each.silhouette)
    verdict = "noise" if curve.is_mostly_noise else "none" if curve.suggested is None else "clear"
    return {
        "said": phrase(f"how_many.{curve.origin}_{verdict}", k=bend.n_clusters),
        "sharp": phrase(
            "how_many.sharp",
            k=bend.n_clusters,
            elbow=f"{bend.elbow:.2f}",
            least=f"{elbow_least(curve.n_features, is_exact=curve.is_insider):.2f}",
            highest=highest.n_clusters,
            silhouette=f"{highest.silhouette:.2f}",
        ),
        "is_insider": curve.is_insider,
    }


def _gap_told(curves: list[Curve]) -> str:
    gaps = _gaps(curves)
    widest = max(gaps, key=lambda k: abs(gaps[k]))
    return phrase("how_many.gap_told", gap=f"{abs(gaps[widest]):.2f}", k=widest)


def _gaps(curves: list[Curve]) -> dict[int, float]:
    """Return how far the first curve's silhouette is above the second's, by k, as far as both go."""
    pairs = zip(curves[0].explored, curves[1].explored, strict=False)
    return {ours.n_clusters: ours.silhouette - theirs.silhouette for ours, theirs in pairs}


def _take(k: int) -> None:
    if k == int(session.value("k")):
        show("quiet", text=phrase("how_many.taken", k=k))
        return
    st.button(
        phrase("how_many.take", k=k),
        key="how_many_take",
        type="primary",
        icon=":material/check:",
        on_click=session.choose,
        kwargs={"k": k},
    )


# --- as charts and figures ---------------------------------------------------------------------------------------


def _charts(curves: list[Curve]) -> None:
    is_insider = any(curve.is_insider for curve in curves)
    told = [(curve.name, lines.swatch(Line(name=curve.name, y=curve.of("inertia")), _style(curve))) for curve in curves]
    show("lines_legend", lines=told)
    with st.container(key="how_many_panels"):
        for measure in MEASURES:
            with st.container():
                show("lines_title", title=phrase(f"how_many.{measure}"), is_insider=is_insider)
                st.plotly_chart(
                    _figure(curves, measure),
                    key=f"how_many_{measure}",
                    config={"displayModeBar": False},
                    alt=_alternative(curves, measure),
                )


def _style(curve: Curve) -> int:
    """Return the number of a curve's style among ``lines.STYLES``: the first is solid, the second dashed."""
    return int(curve.is_insider)


def _figure(curves: list[Curve], measure: str) -> go.Figure:
    drawn = go.Figure()
    for curve in curves:
        dash, symbol, _ = lines.STYLES[_style(curve)]
        colour = charts.COLOURS[_style(curve)]
        x, y = [each.n_clusters for each in curve.explored], curve.of(measure)
        drawn.add_scatter(
            x=x,
            y=y,
            mode="lines+markers",
            name=curve.name,
            line={"color": colour, "width": 3, "dash": dash},
            marker={"size": 9, "symbol": symbol},
        )
        if curve.suggested is not None:
            drawn.add_scatter(
                x=[curve.suggested],
                y=[y[x.index(curve.suggested)]],
                mode="markers+text",
                text=[phrase("how_many.marked", k=curve.suggested)],
                textposition="bottom right" if measure == "silhouette" and not curve.is_insider else "top right",
                marker={"size": ELBOW_SIZE, "symbol": f"{symbol}-open", "color": colour, "line": {"width": 3}},
                hoverinfo="skip",
            )
    drawn.update_layout(
        height=lines.HEIGHT,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        showlegend=False,
        paper_bgcolor=lines.CLEAR,
        plot_bgcolor=lines.CLEAR,
        xaxis={"title": phrase("how_many.axis_k"), "dtick": 1, "range": [CLUSTERS_MIN - 0.5, CLUSTERS_MAX + 0.5]},
        yaxis={"title": phrase(f"how_many.axis_{measure}"), "rangemode": "tozero"},
    )
    return drawn


def _alternative(curves: list[Curve], measure: str) -> str:
    told = [
        f"{curve.name} "
        + ", ".join(f"{each.n_clusters}: {y:.2f}" for each, y in zip(curve.explored, curve.of(measure), strict=True))
        for curve in curves
    ]
    axes = f"{phrase('how_many.axis_k')}, {phrase(f'how_many.axis_{measure}')}"
    return f"{phrase(f'how_many.{measure}')}. {axes}. {'; '.join(told)}."


def _figures(curves: list[Curve]) -> None:
    is_insider = any(curve.is_insider for curve in curves)
    with st.expander(phrase("how_many.table"), icon=":material/table:", key="how_many_figures"):
        show("lines_title", title=phrase("how_many.table"), is_insider=is_insider)
        st.dataframe(_frame(curves).round(3), key="how_many_table", hide_index=True, width="stretch")


def _frame(curves: list[Curve]) -> pd.DataFrame:
    rows: dict[int, dict[str, float]] = {}
    for curve in curves:
        for measure in MEASURES:
            for each, y in zip(curve.explored, curve.of(measure), strict=True):
                rows.setdefault(each.n_clusters, {"k": each.n_clusters})[_column(curve, measure)] = y
    if len(curves) > 1:
        for k, gap in _gaps(curves).items():
            rows[k][phrase("how_many.gap")] = gap
    return pd.DataFrame([rows[k] for k in sorted(rows)])


def _column(curve: Curve, measure: str) -> str:
    return f"{phrase(f'how_many.{measure}')} · {curve.name}"
