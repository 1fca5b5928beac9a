"""What the page adds to a reading before it is loaded: products held, and on which scale a column is seen."""

from collections.abc import MutableMapping
from dataclasses import replace
from typing import TypeVar, cast

import streamlit as st

from core.data import Column, Transform
from core.ingest import LongMapping, WideMapping
from core.ingest.reading import Reading
from ui import session
from ui.data.pending import PendingFile
from ui.text import phrase

#: Columns of a file that are offered in lists.
OFFERED_MAX = 200

Kind = TypeVar("Kind", WideMapping, LongMapping)


def draw_products(file: PendingFile, reading: Reading) -> None:
    """Let the user say which columns hold products, in a file of one row a person."""
    if not isinstance(reading.mapping, WideMapping):
        return
    key = f"products_{file.number}"
    offered = [column.name for column in reading.columns if not column.is_category][:OFFERED_MAX]
    proposed = _products(file.number, reading.mapping)
    st.session_state[key] = [header for header in proposed if header in offered]

    def choose() -> None:
        _chosen("products")[file.number] = tuple(st.session_state[key])

    st.multiselect(
        phrase("mapping.products"),
        offered,
        placeholder=phrase("mapping.none"),
        key=key,
        help=phrase("mapping.products_why"),
        on_change=choose,
        width=460,
    )


def choose_transform(number: int, column_key: str, transform: Transform) -> None:
    """Note the scale on which a column of the file with this number is seen."""
    cast("dict[str, Transform]", _chosen("transforms").setdefault(number, {}))[column_key] = transform


def is_logarithmic(number: int, column: Column) -> bool:
    """Tell whether a column is seen on a logarithmic scale."""
    return _transform(number, column) is Transform.LOG1P


def describe(number: int) -> str:
    """Return what was chosen for the file with this number; equal for equal choices."""
    return repr([_chosen(what).get(number) for what in ("products", "transforms")])


def complete(file: PendingFile, mapping: WideMapping | LongMapping) -> WideMapping | LongMapping:
    """Return the mapping with what was chosen on the page.

    Raises:
        ValueError: If a column may be below 0 and is to be seen on a logarithmic scale.
    """
    if isinstance(mapping, LongMapping):
        return _complete_columns(file.number, mapping)
    products, own = _products(file.number, mapping), session.own_catalogue()
    features = tuple(feature for feature in mapping.features if feature.header not in products)
    vocabulary = own.ids if own is not None else ()
    return _complete_columns(file.number, replace(mapping, features=features, products=products, vocabulary=vocabulary))


def _complete_columns(number: int, mapping: Kind) -> Kind:
    features = tuple(
        replace(feature, column=replace(feature.column, transform=_transform(number, feature.column)))
        for feature in mapping.features
    )
    return replace(mapping, features=features)


def _products(number: int, mapping: WideMapping) -> tuple[str, ...]:
    return cast("tuple[str, ...]", _chosen("products").get(number, mapping.products))


def _transform(number: int, column: Column) -> Transform:
    chosen = cast("dict[str, Transform]", _chosen("transforms").get(number, {}))
    return chosen.get(column.key, column.transform)


def _chosen(what: str) -> MutableMapping[int, object]:
    return cast("dict[int, object]", st.session_state.setdefault(f"pending_{what}", {}))
