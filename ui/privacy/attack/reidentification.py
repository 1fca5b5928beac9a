"""Why not just hide the names? Of all people, how many a few rounded values single out."""

from typing import Any

import numpy as np
import streamlit as st

from core.attack.reidentification import Reidentification, SizeBin, nonprivate_reidentification
from core.data import Column, Table
from ui import choices, figures, frame, names, results, session
from ui.markup import show
from ui.privacy.attack import experiment
from ui.settings import KNOWN_BINS
from ui.text import phrase

#: Columns somebody may know, at most and at first.
KNOWN_MOST, KNOWN_FIRST = 4, 3
TILES = 100


@results.by_content
def _reidentification(table: Table, columns: tuple[int, ...], bins: int) -> Reidentification:
    return nonprivate_reidentification(table, columns=columns, bins=bins)


@st.fragment
def draw(table: Table) -> None:
    """Draw what is known, how coarsely, and how many people that leaves alone."""
    frame.begin_fragment()
    if experiment.is_hidden():
        return
    show("insider_lead", text=phrase("attack.names_lead"))
    columns = _draw_columns(table)
    bins = _draw_bins(table.columns[columns[0]] if columns else table.columns[0])
    if columns:
        _show_result(table, _reidentification(table, columns, bins), len(columns))
    else:
        show("quiet", text=phrase("attack.nothing_known"))
    session.share()


def _draw_columns(table: Table) -> tuple[int, ...]:
    """Draw the choice of columns that somebody may know, and return their places."""
    keys = [column.key for column in table.columns]
    labels = {column.key: names.column(column) for column in table.columns}
    if st.session_state.get("known_of") != table.content_key:
        st.session_state["known_of"] = table.content_key
        st.session_state["known"] = keys[:KNOWN_FIRST]
    chosen = st.pills(
        phrase("attack.known"),
        keys,
        selection_mode="multi",
        format_func=labels.__getitem__,
        key="known",
        persist_state="session",
        on_change=_forget_oldest,
        help=phrase("attack.known_why"),
    )
    return tuple(keys.index(key) for key in chosen)


def _forget_oldest() -> None:
    st.session_state["known"] = st.session_state["known"][-KNOWN_MOST:]


def _draw_bins(example: Column) -> int:
    """Draw how coarsely the values are known, with an example, and return the number of classes."""
    bins = choices.draw_segments("attack.bins", KNOWN_BINS, key="known_bins")
    place = bins // 2
    edges = example.to_units(np.asarray([place, place + 1]) / bins * 2.0 - 1.0)
    lower, upper = (figures.amount(float(edge), example.unit) for edge in edges)
    show(
        "quiet",
        text=phrase("attack.bins_example", column=names.column(example), bins=bins, lower=lower, upper=upper),
    )
    return bins


def _show_result(table: Table, result: Reidentification, n_known: int) -> None:
    people, alone = figures.people(table.n_people), figures.people(result.n_unique)
    known = phrase(f"attack.know_{n_known}")
    show(
        "crowds",
        sentence=phrase("attack.alone", known=known, people=people, alone=alone)
        if result.n_unique
        else phrase("attack.nobody_alone", known=known, least=figures.people(result.k)),
        so=_describe_rest(len(table.columns) - n_known) if result.n_unique else "",
        tiles=[
            tile
            for tile, count in enumerate(share_tiles([size_bin.share for size_bin in result.size_bins]))
            for _ in range(count)
        ],
        crowds=[_describe_size(place, size_bin) for place, size_bin in enumerate(result.size_bins)],
        alternative=", ".join(
            f"{_name_size(size_bin)} {figures.share(size_bin.share)}" for size_bin in result.size_bins
        ),
    )


def _describe_rest(n_others: int) -> str:
    """Say what else of somebody who stands alone is found out."""
    if not n_others:
        return ""
    return phrase("attack.alone_so_1") if n_others == 1 else phrase("attack.alone_so", others=n_others)


def share_tiles(shares: list[float]) -> list[int]:
    """Share ``TILES`` tiles out by largest remainders; adds up to ``TILES`` where ``shares`` add up to 1."""
    exact = np.asarray(shares) * TILES
    given = np.floor(exact).astype(np.int64)
    missing = round(float(exact.sum())) - int(given.sum())
    given[np.argsort(given - exact, kind="stable")[:missing]] += 1
    counts: list[int] = given.tolist()
    return counts


def _describe_size(place: int, size_bin: SizeBin) -> dict[str, Any]:
    return {
        "place": place,
        "sign": _write_size(size_bin),
        "name": _name_size(size_bin),
        "people": figures.people(size_bin.n_people),
        "share": figures.share(size_bin.share),
        "bar": round(100 * size_bin.share, 1),
    }


def _write_size(size_bin: SizeBin) -> str:
    if size_bin.most is None:
        return f"{size_bin.least}+"
    return str(size_bin.least) if size_bin.least == size_bin.most else f"{size_bin.least}–{size_bin.most}"


def _name_size(size_bin: SizeBin) -> str:
    if size_bin.most is None:
        return phrase("attack.crowd_from", n=size_bin.least)
    return phrase("attack.crowd_alone") if size_bin.most == 1 else phrase("attack.crowd_of", n=_write_size(size_bin))
