"""Names made for people: columns, axes, groups named by their traits, engines."""

from collections import Counter

import numpy as np

from core.arrays import FloatArray
from core.clustering.engines import get_engine
from core.clustering.kmeans import MINIBATCH_ABOVE
from core.data import Column, Table
from core.data.catalogue import Catalogue
from core.metrics.profile import Profile
from ui import figures
from ui.text import known, label, phrase

#: Columns named at each end of a principal direction.
LOADINGS_NAMED = 2
LOADING_LEAST = 0.2


def column(described: Column) -> str:
    """Return a column's name in the session's language."""
    return label(described.labels)


def short(described: Column) -> str:
    """Return a public column's short name, or the first word of another's: 음식·숙박 → 외식."""
    if known(f"short.{described.key}"):
        return phrase(f"short.{described.key}")
    name = column(described)
    return name.replace(" and ", "·").split("·")[0].strip()


def category(key: str) -> str:
    """Return the name of a public spending category, short where there is a short one."""
    return phrase(f"short.{key}") if known(f"short.{key}") else key


def engine(key: str) -> str:
    """Return the name of the engine with this key."""
    return label(get_engine(key).labels)


def axis(described: Column) -> str:
    """Return a column's name with its unit, as an axis says it."""
    return f"{column(described)} ({figures.unit_name(described.unit)})" if described.unit else column(described)


def direction(loadings: FloatArray, table: Table, *, number: int) -> str:
    """Name a principal direction by the columns that pull along it and against it."""
    order = np.argsort(-np.abs(loadings))[: 2 * LOADINGS_NAMED]
    pulling = [j for j in order if abs(loadings[j]) >= LOADING_LEAST]
    more = [short(table.columns[j]) for j in pulling if loadings[j] > 0][:LOADINGS_NAMED]
    less = [short(table.columns[j]) for j in pulling if loadings[j] < 0][:LOADINGS_NAMED]
    parts = [phrase("names.more", columns="·".join(more))] if more else []
    parts += [phrase("names.less", columns="·".join(less))] if less else []
    return phrase("names.direction", number=number, parts=", ".join(parts))


def groups(described: Profile, table: Table) -> list[str]:
    """Name every group by its traits, unlike each other: 외식·교통형."""
    titles = [
        phrase("names.group", traits="·".join(short(table.columns[j]) for j in traits))
        if traits
        else phrase("names.group_modest")
        for traits in described.traits
    ]
    seen: Counter[str] = Counter()
    unlike = []
    for title in titles:
        seen[title] += 1
        unlike.append(title if titles.count(title) == 1 else f"{title} {seen[title]}")
    return unlike


def plain_engine(n_people: int) -> str:
    """Say which plain algorithm serves this many people."""
    if n_people > MINIBATCH_ABOVE:
        return phrase("names.minibatch", above=figures.people(MINIBATCH_ABOVE))
    return phrase("names.kmeans")


def data(table: Table) -> str:
    """Name the data at hand."""
    return phrase(f"names.data_{table.source.key}")


def product(product_id: str, catalogue: Catalogue) -> str:
    """Return the name of a product that the catalogue knows, or its identifier."""
    if product_id not in catalogue.ids:
        return product_id
    found = catalogue.product(product_id)
    return label(found.names)
