"""Tables that come with the app, loaded once for all visitors."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.data import GENERATED, SOURCES, DataSource, Recipe, Table

#: Above this many people a table and its results are kept for few tables only: they weigh up to 150 MB each.
LARGE_ABOVE = 200_000
SMALL_KEPT, LARGE_KEPT = 32, 2

_HASHES: dict[str | type[Any], Callable[[Any], Any]] = {
    Recipe: lambda recipe: recipe.content_key,
    DataSource: lambda source: source.source.key,
}


@st.cache_resource(show_spinner=False, hash_funcs=_HASHES)
def _fixed_table(source: DataSource) -> Table:
    return _load(source, Recipe())


@st.cache_resource(max_entries=SMALL_KEPT, show_spinner=False, hash_funcs=_HASHES)
def _small_table(source: DataSource, recipe: Recipe) -> Table:
    return _load(source, recipe)


@st.cache_resource(max_entries=LARGE_KEPT, show_spinner=False, hash_funcs=_HASHES)
def _large_table(source: DataSource, recipe: Recipe) -> Table:
    return _load(source, recipe)


def _load(source: DataSource, recipe: Recipe) -> Table:
    if source.load is None:
        raise ValueError(f"a table of {source.source.key!r} is brought by its visitor, not loaded")
    return source.load(recipe)


def load(source: DataSource, recipe: Recipe) -> Table:
    """Return the table of ``source``, for all visitors.

    Raises:
        ValueError: If the visitor has to bring it.
    """
    if not source.reads_recipe:
        return _fixed_table(source)
    return _large_table(source, recipe) if recipe.n_people > LARGE_ABOVE else _small_table(source, recipe)


def load_fixed() -> None:
    """Load every table that comes with the app and reads no recipe."""
    for source in SOURCES.values():
        if source.load is not None and not source.reads_recipe:
            _fixed_table(source)


def load_generated(recipe: Recipe) -> Table:
    """Return the generated table of ``recipe``."""
    return load(SOURCES[GENERATED.key], recipe)
