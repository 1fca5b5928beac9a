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
    """Say in the place of the answer that there is none, and return whether that was said."""
    found = find(outcome)
    if found is not None:
        show("answer_degenerate")
    return found is not None


def show_why(outcome: Outcome) -> None:
    """Say why there is nothing to compare and what to do, where there is not."""
    found = find(outcome)
    if found is not None:
        show("answer_degenerate_why", text=describe(found, n_clusters=outcome.spec.n_clusters))


@results.by_content
def _find(table: Table, n_clusters: int) -> Degeneracy | None:
    return nonprivate_degeneracy(table, results.points(table), n_clusters=n_clusters)


def describe(found: Degeneracy, *, n_clusters: int) -> str:
    """Say in a sentence why people cannot be told apart, and what to do."""
    columns = ", ".join(names.column(column) for column in found.clipped[:NAMED_MOST])
    places = figures.number(found.n_places or 0)
    return phrase(f"answer.degenerate_{found.kind}", columns=columns, places=places, k=n_clusters)
