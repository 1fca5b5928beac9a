"""The registry of data sources: one record each; a new one is registered here and named in the phrases."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from core.data.generate import GENERATED, PROTOTYPE, Recipe, generate, prototype_2020
from core.data.sample import SAMPLE, load_sample
from core.data.table import Source, Table

#: What a visitor brought, kept in that visitor's session.
UPLOAD = Source(key="upload", is_synthetic=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSource:
    """One way to get a table.

    Attributes:
        source: What its tables carry: the key, also in links and phrases, and whether its people are synthetic.
        load: Returns the table, the same one for the same recipe; None if the visitor brings it.
        reads_recipe: Whether the recipe decides the table; otherwise ``load`` ignores it.
    """

    source: Source
    load: Callable[[Recipe], Table] | None
    reads_recipe: bool = False


#: All sources by key, in the order in which they are offered; the first one is what a new visitor sees.
SOURCES = MappingProxyType(
    {
        registered.source.key: registered
        for registered in (
            DataSource(source=GENERATED, load=generate, reads_recipe=True),
            DataSource(source=PROTOTYPE, load=lambda _recipe: prototype_2020()),
            DataSource(source=SAMPLE, load=lambda _recipe: load_sample()),
            DataSource(source=UPLOAD, load=None),
        )
    }
)
