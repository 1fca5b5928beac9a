"""How good the recommendations are: hidden products, and how many come back; for the curator only, and on demand."""

import hashlib
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from core.data import SAMPLE, Table
from core.studies.bands import MetricBand
from core.studies.recommendation_trial import Recommender, Trial, TrialSettings
from core.studies.recommender_study import (
    PEOPLE_MOST,
    REPETITIONS,
    RecommenderStudy,
    nonprivate_recommender_study,
)
from core.studies.unseen_people import TrainTestStudy
from ui import charts, figures, jobs, session
from ui.markup import show
from ui.text import phrase

#: ε of clustering and table together.
EPSILONS = (0.1, 0.3, 1.0, 3.0)
#: What private rankings are held against.
PLAIN = (Recommender.RANKING_PLAIN, Recommender.CLUSTER_PLAIN, Recommender.NEIGHBOURS, Recommender.POPULARITY)


def draw(table: Table) -> None:
    """Draw the question, the button that answers it, and the answer."""
    st.subheader(phrase("recommend.quality"), anchor=False)
    if session.settings.only_public:
        st.info(phrase("quality.insider_only"), icon=":material/visibility_off:")
        return
    if table.holdings is None and table.source != SAMPLE:
        show("quiet", text=phrase("quality.no_products"))
        return
    lead = "quality.lead_sample" if table.source == SAMPLE else "quality.lead"
    people = figures.people(min(PEOPLE_MOST, table.n_people))
    show("insider_lead", text=phrase(lead, people=people, seeds=REPETITIONS))
    key, shared = _name_job(table), table.source.is_synthetic and session.own_catalogue() is None
    begin = partial(_start, shared=shared)
    study: RecommenderStudy | None = jobs.offer("quality.run", key, begin, table, key, shared=shared)
    if study is not None:
        _draw_trials(study.trials)
        _draw_unseen(study.unseen)


def _name_job(table: Table) -> str:
    """Name the study of a table, a number of groups and a list of products."""
    products = hashlib.blake2b(repr(session.catalogue()).encode(), digest_size=8).hexdigest()
    return f"quality|{table.content_key}|{session.settings.k}|{products}"


def _start(table: Table, key: str, *, shared: bool) -> None:
    settings = TrialSettings(catalogue=session.catalogue(), epsilons=EPSILONS, n_clusters=session.settings.k)
    people = None if table.source == SAMPLE else table
    jobs.start(key, nonprivate_recommender_study, people, settings, shared=shared)


def _draw_trials(trials: tuple[Trial, ...]) -> None:
    rows = []
    for same in zip(*trials, strict=True):
        hits = MetricBand.from_values([each.metrics.hit_3 for each in same])
        rows.append({"method": same[0].recommender, "epsilon": same[0].epsilon, "hits": hits})
    private = [row for row in rows if row["method"] is Recommender.RANKING_PRIVATE]
    plain = {row["method"]: row["hits"].median for row in rows if row["epsilon"] is None}
    charts.draw_bands(
        title=phrase("quality.chart"),
        x=[float(row["epsilon"]) for row in private],
        bands=[row["hits"] for row in private],
        name=phrase("quality.ranking_private"),
        lines={phrase(f"quality.{method}"): plain[method] for method in PLAIN},
        x_title=phrase("quality.epsilon"),
        y_title=phrase("quality.hit_3"),
        key="quality_chart",
    )
    st.dataframe(_make_table(trials), key="quality_table", hide_index=True, width="stretch")
    st.markdown(f"**{phrase('quality.by_size')}**")
    st.dataframe(_make_size_table(trials), key="size_table", hide_index=True, width="stretch")


def _make_size_table(trials: tuple[Trial, ...]) -> pd.DataFrame:
    """Return the share of changed recommendations by the size of the plain group, largest first, for every ε."""
    rows: list[dict[str, str]] = []
    for same in zip(*trials, strict=True):
        if same[0].recommender is not Recommender.RANKING_PRIVATE:
            continue
        groups = zip(*(each.changes.by_group for each in same if each.changes), strict=False)
        row = {"ε": figures.epsilon(float(same[0].epsilon or 0.0))}
        for group in groups:
            size = figures.people(float(np.median([people for people, _ in group])))
            row[size] = figures.share(float(np.median([changed for _, changed in group])))
        rows.append(row)
    return pd.DataFrame(rows)


def _make_table(trials: tuple[Trial, ...]) -> pd.DataFrame:
    rows = []
    for same in zip(*trials, strict=True):
        epsilon = same[0].epsilon
        row = {
            phrase("quality.method"): phrase(f"quality.{same[0].recommender}"),
            "ε": "–" if epsilon is None else figures.epsilon(epsilon),
        }
        for name in ("hit_1", "hit_3", "hit_5", "ndcg_5", "coverage"):
            row[phrase(f"quality.{name}")] = _describe_band([getattr(each.metrics, name) for each in same])
        changed = [each.changes.changed for each in same if each.changes]
        row[phrase("quality.changed")] = _describe_band(changed) if changed else "–"
        rows.append(row)
    return pd.DataFrame(rows)


def _draw_unseen(unseen: tuple[TrainTestStudy, ...]) -> None:
    st.markdown(f"**{phrase('quality.unseen')}**")
    show("quiet", text=phrase("quality.unseen_why"))
    rows = []
    for same in zip(*unseen, strict=True):
        epsilon = same[0].epsilon
        row = {"ε": phrase("pair.plain") if epsilon is None else figures.epsilon(epsilon)}
        for name in ("inertia", "adjusted_rand", "hit_3"):
            pairs = [getattr(each, name) for each in same]
            if pairs[0] is None:
                continue
            for part, who in (("train", "seen"), ("test", "new")):
                row[f"{phrase(f'quality.{name}')} · {phrase(f'quality.{who}')}"] = _describe_band(
                    [getattr(pair, part) for pair in pairs]
                )
        rows.append(row)
    st.dataframe(pd.DataFrame(rows), key="unseen_table", hide_index=True, width="stretch")


def _describe_band(values: list[float]) -> str:
    outcome = MetricBand.from_values(values)
    return f"{figures.decimals(outcome.median)} ({figures.decimals(outcome.low)}–{figures.decimals(outcome.high)})"
