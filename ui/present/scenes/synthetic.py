"""The synthetic households that all scenes show, whatever data this visitor looks at elsewhere."""

from core.clustering import engines
from core.data import Table
from core.limits import CLUSTERS_DEFAULT, EPSILON_CHOICES
from core.reduction.spec import ReleaseSpec
from ui import results, session, tables
from ui.outcome import Outcome


def table() -> Table:
    """Return the households that a new visitor sees."""
    return tables.load_generated(session.recipe_default())


def outcome_at_settings() -> Outcome:
    """Return plain beside private at the session's ε and k; synthetic data has no cap, so it is always there."""
    return Outcome.from_settings(table())


def rehearse_comparisons() -> None:
    """Compare plain and private groups at every ε, so that no step of the slider waits for them."""
    households = table()
    for epsilon in EPSILON_CHOICES:
        spec = ReleaseSpec(engine=engines.DEFAULT, epsilon=epsilon, n_clusters=CLUSTERS_DEFAULT)
        results.compare(households, spec, results.synthetic_release(households, spec))


def rehearse_counts() -> None:
    """Count who holds what in the plain groups."""
    results.count_plain(table(), CLUSTERS_DEFAULT, None)
