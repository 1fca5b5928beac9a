"""Every column of a file, used or not with the reason, in tables where each can be switched and given other bounds."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.data import Column, Transform
from core.data.categories import public_categories
from core.ingest import LongMapping, WideMapping
from core.ingest.answers import RANGE
from core.ingest.reading import ColumnReading, Reading
from core.limits import BOUND_LIMIT
from ui import figures, names
from ui.data import adjust, cells
from ui.data.pending import PendingFile
from ui.markup import show
from ui.text import known, phrase

#: Public groups that no spelling of the file means.
WITHOUT_ROWS = ("group_without_rows",)
#: What becomes of a spelling that is in no public group.
NO_GROUP = ""


def draw_columns(file: PendingFile, reading: Reading) -> None:
    """Draw the columns of the file."""
    rows = [column for column in reading.columns if not column.is_category]
    if not rows:
        return
    st.markdown(f"**{phrase('mapping.columns')}**")
    show("quiet", text=phrase("mapping.columns_why"))
    has_bounds = reading.layout != "long"
    _draw_table(file, reading, rows, kind="columns", has_bounds=has_bounds)


def draw_spellings(file: PendingFile, reading: Reading) -> None:
    """Draw which spelling of a category goes into which group."""
    rows = [column for column in reading.columns if column.is_category and column.why not in WITHOUT_ROWS]
    if not rows:
        return
    st.markdown(f"**{phrase('mapping.spellings')}**")
    show("quiet", text=phrase("mapping.spellings_why"))
    is_public = isinstance(reading.mapping, LongMapping) and reading.mapping.is_public
    _draw_table(file, reading, rows, kind="spellings" if is_public else "own_spellings", has_bounds=True)


def _draw_table(file: PendingFile, reading: Reading, rows: list[ColumnReading], *, kind: str, has_bounds: bool) -> None:
    key = f"{kind}_{file.number}_{file.revision}"
    st.data_editor(
        pd.DataFrame([describe_row(file, reading, column) for column in rows]),
        column_order=[name for name in _ORDER[kind] if has_bounds or name not in _BOUNDS],
        column_config=_configure(),
        hide_index=True,
        key=key,
        on_change=lambda: take_edits(file, rows, st.session_state[key]["edited_rows"]),
        width="stretch",
    )


_BOUNDS = ("unit", "lower", "upper", "log")
_ORDER = {
    "columns": ("use", "name", "why", "cells", *_BOUNDS),
    "spellings": ("name", "group", "why", *_BOUNDS),
    "own_spellings": ("use", "name", "why", *_BOUNDS),
}


def _configure() -> Mapping[str, Any]:
    text = st.column_config.TextColumn
    figure = partial(
        st.column_config.NumberColumn, width="small", format="localized", min_value=-BOUND_LIMIT, max_value=BOUND_LIMIT
    )
    return {
        "use": st.column_config.CheckboxColumn(phrase("mapping.use"), width="small"),
        "name": text(phrase("mapping.name"), disabled=True),
        "why": text(phrase("mapping.why"), disabled=True),
        "cells": text(phrase("mapping.cells"), disabled=True),
        "unit": text(phrase("mapping.unit"), disabled=True, width="small"),
        "lower": figure(phrase("mapping.lower")),
        "upper": figure(phrase("mapping.upper")),
        "log": st.column_config.CheckboxColumn(phrase("mapping.log"), help=phrase("mapping.log_why"), width="small"),
        "group": st.column_config.SelectboxColumn(
            phrase("mapping.group"), options=[*_groups(), NO_GROUP], format_func=_name_group
        ),
    }


def describe_row(file: PendingFile, reading: Reading, column: ColumnReading) -> dict[str, object]:
    """Return what the table says of a column or a spelling."""
    made = find_made(reading.mapping, column)
    return {
        "use": column.used,
        "name": column.name,
        "why": describe_why(column),
        "cells": cells.join(column),
        "unit": figures.unit_name(column.unit),
        "lower": column.lower,
        "upper": column.upper,
        "log": made is not None and adjust.is_logarithmic(file.number, made),
        "group": column.group if column.group in _groups() else NO_GROUP,
    }


def describe_why(column: ColumnReading) -> str:
    """Say why a column is used or not, and as what."""
    key = f"column.{column.why}"
    said = phrase(key if known(key) else f"column.{'used' if column.used else 'unused'}")
    group = _groups().get(column.group)
    return f"{said} → {names.column(group)}" if group and not column.is_category else said


def find_made(mapping: WideMapping | LongMapping | None, column: ColumnReading) -> Column | None:
    """Return what a column or a spelling becomes."""
    features = mapping.features if mapping is not None else ()
    return next((feature.column for feature in features if feature.header == column.name), None)


def take_edits(file: PendingFile, rows: list[ColumnReading], edits: Mapping[int, Mapping[str, object]]) -> None:
    """Turn what was edited in a table into answers."""
    for place, edit in edits.items():
        column = rows[int(place)]
        if "use" in edit:
            file.answer(f"use:{column.name}", "yes" if edit["use"] else "no")
        if edit.get("group"):
            file.answer(f"group:{column.name}", str(edit["group"]))
        if "lower" in edit or "upper" in edit:
            lower, upper = (edit.get(end, getattr(column, end)) for end in ("lower", "upper"))
            if lower is not None and upper is not None:
                file.answer(f"bounds:{column.name}", f"{lower}{RANGE}{upper}")
        if "log" in edit:
            adjust.choose_transform(file.number, column.group, Transform.LOG1P if edit["log"] else Transform.IDENTITY)


def _groups() -> dict[str, Column]:
    return {group.column.key: group.column for group in public_categories()}


def _name_group(group: float | str) -> str:
    return names.column(_groups()[str(group)]) if group else phrase("mapping.none")
