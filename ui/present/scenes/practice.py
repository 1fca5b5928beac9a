"""The invented households that all scenes show, whatever data this visitor looks at elsewhere."""

from core.data import Table
from ui import outcome, results, session
from ui.outcome import Outcome


def table() -> Table:
    """Return the households that a new visitor sees."""
    return results.generated_table(session.recipe_default())


def at_settings() -> Outcome:
    """Return plain beside private at the session's ε and k; practice data has no cap, so it is always there."""
    return outcome.at_settings(table())
