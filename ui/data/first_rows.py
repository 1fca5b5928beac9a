"""The first rows of a file as they stand there; a click on one makes it the header."""

from typing import cast

import pandas as pd
import streamlit as st

from core.ingest.reading import Reading
from ui import figures
from ui.data import cells
from ui.data.pending import PendingFile
from ui.markup import show
from ui.text import phrase

#: Columns that are shown.
SHOWN_MAX = 40
HEADER_MARK = "▸"


def draw(file: PendingFile, reading: Reading) -> None:
    """Draw the rows, the header marked."""
    if not reading.head:
        return
    st.markdown(f"**{phrase('reading.head')}**")
    show("quiet", text=phrase("reading.head_why"))
    key = f"head_{file.number}_{file.revision}"

    def choose() -> None:
        chosen = cast("list[int]", st.session_state[key].selection.rows)
        if chosen:
            file.answer("header_line", str(reading.head[chosen[0]].line))

    st.dataframe(
        make_rows(reading),
        hide_index=True,
        key=key,
        on_select=choose,
        selection_mode="single-row",
        width="stretch",
        height="content",
    )


def make_rows(reading: Reading) -> pd.DataFrame:
    """Return the first rows by line, as text; the header has a mark before its line."""
    width = min(max(len(row.cells) for row in reading.head), SHOWN_MAX)
    rows = [
        [*(cells.shorten(cell) for cell in row.cells[:width]), *[""] * (width - len(row.cells))] for row in reading.head
    ]
    table = pd.DataFrame(rows, columns=[str(place) for place in range(1, width + 1)])
    table.insert(0, phrase("upload.line"), [_name_line(row.line, reading.header_line) for row in reading.head])
    return table


def _name_line(line: int, header_line: int | None) -> str:
    return f"{HEADER_MARK} {figures.number(line)}" if line == header_line else figures.number(line)
