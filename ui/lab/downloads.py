"""What a section lets its reader take along: figures as CSV, charts as SVG, and a picture of each as PNG."""

from functools import partial

import pandas as pd
import streamlit as st

from core import spreadsheet
from ui.lab import line_svg
from ui.lab.line_panels import Panel
from ui.markup import show
from ui.text import bind_language, phrase


def offer(frame: pd.DataFrame, panels: tuple[Panel, ...], *, key: str) -> None:
    """Draw the buttons below the charts of section ``key``; a file of exact values says so in its name and inside."""
    name = panels[0].name_file(f"sagram-{key}")
    with st.container(horizontal=True):
        st.download_button(
            phrase("lab.csv"),
            bind_language(partial(write_csv, frame, note=panels[0].note)),
            f"{name}.csv",
            "text/csv",
            key=f"{key}_csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            phrase("lab.svg"),
            bind_language(partial(write_svg, panels, title=phrase(f"{key}.question"))),
            f"{name}.svg",
            "image/svg+xml",
            key=f"{key}_svg",
            icon=":material/image:",
            on_click="ignore",
        )
    show("quiet", text=phrase("lab.png"))


def write_csv(frame: pd.DataFrame, *, note: str) -> bytes:
    """Return ``frame`` as spreadsheets read it, below a line with ``note`` if there is one."""
    rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
    return spreadsheet.write_csv([*([(f"# {note}",)] if note else []), tuple(frame.columns), *rows])


def write_svg(panels: tuple[Panel, ...], *, title: str) -> bytes:
    """Return all panels as one drawing, written out."""
    return line_svg.write_svg(panels, title=title).encode()
