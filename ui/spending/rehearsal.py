"""A rehearsal before anything is paid: invented people of the same shape show what to expect at each ε, free."""

import hashlib
from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.data import Table
from core.limits import PEOPLE_MIN
from core.reduction.spec import ReleaseSpec
from core.studies.rehearsal import PEOPLE_MOST, SEEDS_DEFAULT, Rehearsal, rehearse
from ui import figures, jobs, session
from ui.markup import show
from ui.text import phrase

PEOPLE_DEFAULT = 1_000


def draw(table: Table, spec: ReleaseSpec) -> None:
    """Draw the number of people to invent, the button that rehearses, and what came of it; closed at first."""
    with st.expander(
        phrase("rehearsal.open"), icon=":material/theater_comedy:", key="rehearsal", on_change="rerun"
    ) as (opened):
        if not opened.open:
            return
        show("rehearsal_lead", text=phrase("rehearsal.lead", columns=len(table.columns), k=spec.n_clusters))
        n_people = st.number_input(
            phrase("rehearsal.people"),
            min_value=PEOPLE_MIN,
            max_value=PEOPLE_MOST,
            value=PEOPLE_DEFAULT,
            step=100,
            key="rehearsal_people",
            persist_state="session",
            help=phrase("rehearsal.people_why"),
            width=320,
        )
        key = _name_job(spec, int(n_people), len(table.columns))
        found: tuple[Rehearsal, ...] | None = jobs.offer(
            "rehearsal.run", key, _start, key, spec, int(n_people), len(table.columns), shared=True
        )
        if found is not None:
            _show(found, spec)


def _name_job(spec: ReleaseSpec, n_people: int, n_columns: int) -> str:
    """Name what is rehearsed: public choices only, whatever ε the slider is at."""
    shape = (str(spec.engine), spec.n_clusters, spec.reduction, n_people, n_columns)
    return "rehearsal_" + hashlib.blake2b(repr(shape).encode(), digest_size=12).hexdigest()


def _start(key: str, spec: ReleaseSpec, n_people: int, n_columns: int) -> None:
    jobs.start(key, partial(rehearse, n_people=n_people, n_columns=n_columns), spec, shared=True)


def _show(found: Sequence[Rehearsal], spec: ReleaseSpec) -> None:
    show(
        "rehearsal",
        caption=phrase("rehearsal.caption", seeds=SEEDS_DEFAULT),
        rows=[
            {
                "epsilon": figures.epsilon(each.epsilon),
                "bar": round(100 * max(each.ari.median, 0.0), 1),
                "ari": figures.decimals(each.ari.median),
                "band": f"{figures.decimals(each.ari.low)}–{figures.decimals(each.ari.high)}",
                "now": each.epsilon == spec.epsilon,
            }
            for each in found
        ],
    )
    show("quiet", text=phrase("rehearsal.limits", epsilon=figures.epsilon(session.settings.epsilon)))
