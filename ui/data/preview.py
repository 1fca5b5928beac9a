"""The data at hand, looked at: how many, how spread, what is clipped, what was left out."""

import numpy as np
import pandas as pd
import streamlit as st

from core.arrays import FloatArray
from core.data import Table
from core.ingest.preview import Histogram, nonprivate_histograms
from core.ingest.sheet import clean_header
from ui import figures, names, results, session
from ui.data import upload
from ui.markup import show
from ui.text import label, phrase

BARS = 24
ROWS = 8


def show_table(table: Table) -> None:
    """Draw what the table holds; in the public view only what everybody knows, its columns and bounds."""
    if session.settings.only_public:
        show("columns", columns=[_describe_bounds(j, table) for j in range(len(table.columns))])
        return
    clipped = int(table.nonprivate_clipped().sum())
    own = session.upload()
    own_upload = own if own is not None and own.table.people_key == table.people_key else None
    show(
        "facts",
        facts=[
            (phrase("preview.people"), figures.people(table.n_people)),
            (phrase("preview.columns"), figures.number(len(table.columns))),
            (phrase("preview.clipped"), figures.number(clipped)),
            (phrase("preview.rejected"), figures.number(own_upload.rejections.total if own_upload else 0)),
        ],
    )
    both = zip(_histograms(table), _find_medians(table), strict=True)
    show("histograms", histograms=[_describe_histogram(one, float(median), table.n_people) for one, median in both])
    if own_upload is not None:
        upload.show_rejections(own_upload)
    with st.expander(phrase("preview.rows", n=min(ROWS, table.n_people)), icon=":material/table_rows:"):
        st.dataframe(_make_first_rows(table), key="first_rows", width="stretch")


@results.by_content
def _histograms(table: Table) -> tuple[Histogram, ...]:
    return nonprivate_histograms(table, bins=BARS)


@results.by_content
def _find_medians(table: Table) -> FloatArray:
    # Every tenth person of a large table tells the middle as well.
    return np.median(table.values[:: max(1, table.n_people // 100_000)], axis=0)


def _describe_histogram(histogram: Histogram, median: float, n_people: int) -> dict[str, object]:
    column, counts = histogram.column, histogram.nonprivate_counts
    outside = (histogram.nonprivate_below + histogram.nonprivate_above) / n_people
    amounts = {
        "median": figures.amount(median, column.unit),
        "lower": figures.amount(column.lower, column.unit),
        "upper": figures.amount(column.upper, column.unit),
    }
    return amounts | {
        "name": names.column(column),
        "bars": [round(100 * float(count) / max(int(counts.max()), 1), 1) for count in counts],
        "note": phrase("preview.median", amount=amounts["median"]),
        "clipped": phrase("preview.outside", share=figures.share(outside)) if outside else "",
        "alternative": phrase("preview.alternative", column=names.column(column), **amounts),
    }


def _describe_bounds(j: int, table: Table) -> dict[str, str]:
    column = table.columns[j]
    return {
        "name": names.column(column),
        "lower": figures.amount(column.lower, column.unit),
        "upper": figures.amount(column.upper, column.unit),
    }


def _make_first_rows(table: Table) -> pd.DataFrame:
    headings = clean_header([names.axis(column) for column in table.columns])
    rows = pd.DataFrame(table.values[:ROWS].astype(float).round(1), columns=list(headings))
    rows.index = pd.Index([table.person_id(row) for row in range(len(rows))], name=phrase("preview.person"))
    if table.true_groups is not None and table.group_names:
        groups = [label(table.group_names[group]) for group in table.true_groups[:ROWS]]
        rows.insert(0, phrase("preview.group"), groups)
    return rows
