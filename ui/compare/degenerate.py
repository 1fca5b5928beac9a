"""What the answer says where agreement would say nothing: everybody is equal, or clipped to be."""

from core.data import Table
from core.metrics.degeneracy import Degeneracy, nonprivate_degeneracy
from ui import figures, names, results
from ui.markup import show
from ui.outcome import Outcome
from ui.text import phrase

#: Columns that are named.
NAMED_MOST = 3


def find(outcome: Outcome) -> Degeneracy | None:
    """Return why there is nothing to compare, if there is not; exact, so for the curator only."""
    return None if outcome.comparison is None else _find(outcome.table, outcome.spec.n_clusters)


def show_instead(outcome: Outcome) -> bool:
    """Say why there is nothing to compare, and return whether that was said."""
    found = find(outcome)
    if found is not None:
        show("answer_degenerate", text=describe(found, n_clusters=outcome.spec.n_clusters))
    return found is not None


@results.by_content
def _find(table: Table, n_clusters: int) -> Degeneracy | None:
    return nonprivate_degeneracy(table, results.points(table), n_clusters=n_clusters)


def describe(found: Degeneracy, *, n_clusters: int) -> str:
    """Say in a sentence why people cannot be told apart, and what to do."""
    columns = ", ".join(names.column(column) for column in found.clipped[:NAMED_MOST])
    places = figures.number(found.n_places or 0)
    return phrase(f"answer.degenerate_{found.kind}", columns=columns, places=places, k=n_clusters)
