"""What the columns of an upload mean: proposed from names and units, confirmed and changed by the user."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TypeVar

import pandas as pd
import streamlit as st

from core.data import Column, Transform
from core.ingest import LongMapping, RawSheet, WideMapping, propose_long, propose_wide
from core.limits import BOUND_LIMIT, COLUMNS_MAX
from ui import figures, names, session
from ui.markup import show
from ui.text import phrase

#: Columns of a file that are offered in lists and previews.
SHOWN_MAX = 200

Kind = TypeVar("Kind", WideMapping, LongMapping)


def number_of(sheet: RawSheet) -> int:
    """Number a file among those of this session: the same bytes keep what was chosen for them."""
    return session.number_of("file", sheet.file_key)


def draw_wide(sheet: RawSheet) -> WideMapping | None:
    """Let the user say which column is what in a sheet of one row a person."""
    proposed = propose_wide(sheet)
    offered = list(sheet.header[:SHOWN_MAX])
    with st.container(horizontal=True, key="roles"):
        person = st.selectbox(
            phrase("mapping.person"),
            offered,
            index=offered.index(proposed.person) if proposed.person in offered else None,
            placeholder=phrase("mapping.numbered"),
            key=f"person_{number_of(sheet)}",
            width=280,
        )
        products = st.multiselect(
            phrase("mapping.products"),
            offered,
            default=[header for header in proposed.products if header in offered],
            placeholder=phrase("mapping.none"),
            key=f"products_{number_of(sheet)}",
            help=phrase("mapping.products_why"),
            width=420,
        )
    features = tuple(feature for feature in proposed.features if feature.header not in {person, *products})
    own = session.own_catalogue()
    return _edit_columns(
        replace(
            proposed,
            features=features,
            person=person,
            products=tuple(products),
            vocabulary=own.ids if own is not None else (),
        ),
        sheet,
    )


def draw_long(sheet: RawSheet) -> LongMapping | None:
    """Let the user say which column is what in a sheet of one row a transaction."""
    guessed = propose_long(sheet)
    offered = list(sheet.header[:SHOWN_MAX])
    roles: dict[str, str | None] = {}
    with st.container(horizontal=True, key="roles"):
        for role in ("person", "category", "amount", "date"):
            header = getattr(guessed, role)
            roles[role] = st.selectbox(
                phrase(f"mapping.{role}"),
                offered,
                index=offered.index(header) if header in offered else None,
                placeholder=phrase("mapping.none"),
                key=f"{role}_{number_of(sheet)}",
                width=220,
            )
        per_month = st.toggle(
            phrase("mapping.per_month"), key=f"per_month_{number_of(sheet)}", disabled=roles["date"] is None
        )
    named = [roles[role] for role in ("person", "category", "amount")]
    if None in named or len(set(named)) < len(named):
        st.warning(phrase("mapping.roles"), icon=":material/rule:")
        return None
    proposed = propose_long(sheet, per_month=per_month, **roles)
    if not proposed.is_public and not st.checkbox(
        phrase("mapping.vocabulary"), key=f"vocabulary_{number_of(sheet)}", help=phrase("mapping.vocabulary_why")
    ):
        return None
    return _edit_columns(proposed, sheet)


def _edit_columns(proposed: Kind, sheet: RawSheet) -> Kind | None:
    """Draw the columns with their bounds and return the mapping as changed; None while a bound is wrong."""
    st.markdown(f"**{phrase('mapping.columns')}**")
    show("quiet", text=phrase("mapping.columns_why"))
    columns = list(dict.fromkeys(feature.column for feature in proposed.features))
    edited = st.data_editor(
        pd.DataFrame([_describe_column(column) for column in columns]),
        column_config={
            "use": st.column_config.CheckboxColumn(phrase("mapping.use")),
            "name": st.column_config.TextColumn(phrase("mapping.name"), disabled=True),
            "unit": st.column_config.TextColumn(phrase("mapping.unit"), disabled=True),
            "lower": st.column_config.NumberColumn(
                phrase("mapping.lower"), min_value=-BOUND_LIMIT, max_value=BOUND_LIMIT, required=True
            ),
            "upper": st.column_config.NumberColumn(
                phrase("mapping.upper"), min_value=-BOUND_LIMIT, max_value=BOUND_LIMIT, required=True
            ),
            "log": st.column_config.CheckboxColumn(phrase("mapping.log"), help=phrase("mapping.log_why")),
        },
        hide_index=True,
        key=f"columns_{number_of(sheet)}_{type(proposed).__name__}_{len(columns)}",
        width="stretch",
    )
    try:
        edited_columns = {
            column: _read_column(column, row) for column, row in zip(columns, edited.to_dict("records"), strict=True)
        }
    except ValueError:
        st.error(phrase("mapping.bad_bounds"), icon=":material/error:")
        return None
    features = tuple(
        replace(feature, column=column)
        for feature in proposed.features
        if (column := edited_columns[feature.column]) is not None
    )
    if not features:
        st.warning(phrase("load.nothing_chosen", limit=COLUMNS_MAX), icon=":material/rule:")
        return None
    return replace(proposed, features=features)


def _describe_column(column: Column) -> dict[str, object]:
    return {
        "use": True,
        "name": names.column(column),
        "unit": figures.unit_name(column.unit),
        "lower": float(column.lower),
        "upper": float(column.upper),
        "log": column.transform is Transform.LOG1P,
    }


def _read_column(column: Column, row: Mapping[Hashable, object]) -> Column | None:
    """Return the column as edited, or None when it is not wanted.

    Raises:
        ValueError: If its bounds are missing, crossed, or below 0 where the logarithm is wanted.
    """
    if not row["use"]:
        return None
    return replace(
        column,
        lower=float(str(row["lower"])),
        upper=float(str(row["upper"])),
        transform=Transform.LOG1P if row["log"] else Transform.IDENTITY,
    )
