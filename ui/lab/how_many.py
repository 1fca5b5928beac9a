"""How many groups: elbow and silhouette by k, of a release that exists and, for the curator only, of the raw data."""

from functools import partial
from typing import Any

import streamlit as st

from core.arrays import FloatArray
from core.data import Table
from core.limits import CLUSTERS_MAX, CLUSTERS_MIN
from core.reduction.reduced import synopsis_of
from core.reduction.spec import Reduction
from core.studies.n_clusters import SILHOUETTE_PEOPLE, elbow_least, nonprivate_exploration, sample_rows, sharpest_elbow
from ui import figures, frame, jobs, results, session
from ui.lab import curves, features
from ui.lab.curves import Curve
from ui.markup import show
from ui.text import phrase

#: People whose raw data are divided at most: eleven plain clusterings of them take about five seconds.
PEOPLE_MOST = 10_000


def screen(table: Table) -> None:
    """Draw what the release says, on request what the raw data say, and both as charts and figures."""
    released = _read_release(table)
    exact = None if session.settings.only_public else _explore_raw(table)
    found = [curve for curve in (released, exact) if curve is not None]
    if not found:
        return
    _say(found)
    if released is not None and released.suggested is not None:
        _offer_k(released.suggested)
    curves.draw(found)
    show("quiet", text=phrase("how_many.reading", some=figures.people(SILHOUETTE_PEOPLE)))
    curves.draw_table(found)


def _read_release(table: Table) -> Curve | None:
    """Read the release at hand; say so where there is none, or none that knows more than one k."""
    found = features.find_release(table)
    if found is None:
        _say_missing("nothing", "buy")
        return None
    spec, release = found
    synopsis = synopsis_of(release)
    if synopsis is None:
        _say_missing("one_k", "change")
        return None
    return Curve(
        origin="release",
        name=phrase("how_many.release", epsilon=figures.epsilon(release.epsilon)),
        explored=results.explore(table, spec, synopsis),
        n_features=synopsis.n_features,
        is_mostly_noise=release.is_mostly_noise,
    )


def _say_missing(why: str, way_out: str) -> None:
    st.info(phrase(f"how_many.{why}", k=session.settings.k), icon=":material/shopping_basket:")
    frame.draw_link("compare", label=f"how_many.{way_out}", icon=":material/compare:")


def _explore_raw(table: Table) -> Curve | None:
    """Offer to cluster the raw data for every k, show the progress, and return the curve once it is there."""
    reduction, shared = session.reduction(table), table.source.is_synthetic
    key = f"how-many-{table.content_key}-{reduction}"
    if jobs.may_start(key, shared=shared):
        people = figures.people(min(table.n_people, PEOPLE_MOST))
        lead = phrase("how_many.exact_lead", least=CLUSTERS_MIN, most=CLUSTERS_MAX, people=people)
        show("insider_lead", text=lead)
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
    jobs.start(key, work, sample_rows(_project(table, reduction), PEOPLE_MOST), shared=table.source.is_synthetic)


def _project(table: Table, reduction: Reduction | None) -> FloatArray:
    """Return the people in as many dimensions as the release was made in."""
    people = results.points(table)
    return people if reduction is None else results.plain_projection(table, reduction).reduce(people)


# --- in words ----------------------------------------------------------------------------------------------------


def _say(found: list[Curve]) -> None:
    notes = [_say_gap(found)] if len(found) > 1 else []
    most = found[0].explored[-1].n_clusters
    if not found[0].is_insider and most < CLUSTERS_MAX:
        notes.insert(0, phrase("how_many.most", k=most))
    show("how_many", answers=[_describe(curve) for curve in found], notes=notes)


def _describe(curve: Curve) -> dict[str, Any]:
    bend = sharpest_elbow(curve.explored)
    highest = max(curve.explored, key=lambda each: each.silhouette)
    verdict = "noise" if curve.is_mostly_noise else "none" if curve.suggested is None else "clear"
    return {
        "said": phrase(f"how_many.{curve.origin}_{verdict}", k=bend.n_clusters),
        "sharp": phrase(
            "how_many.sharp",
            k=bend.n_clusters,
            elbow=figures.decimals(bend.elbow),
            least=figures.decimals(elbow_least(curve.n_features, is_exact=curve.is_insider)),
            highest=highest.n_clusters,
            silhouette=figures.decimals(highest.silhouette),
        ),
        "is_insider": curve.is_insider,
    }


def _say_gap(found: list[Curve]) -> str:
    apart = curves.silhouette_gaps(found)
    widest = max(apart, key=lambda k: abs(apart[k]))
    return phrase("how_many.gap_told", gap=figures.decimals(abs(apart[widest])), k=widest)


def _offer_k(k: int) -> None:
    if k == session.settings.k:
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
