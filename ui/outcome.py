"""What one position of the sliders leads to: the release bought, its clustering, and how it compares."""

from dataclasses import dataclass

import streamlit as st

from core.clustering.engines import Engine
from core.clustering.types import Clustering, Release
from core.data import Table
from core.metrics.comparison import Comparison
from core.privacy.cap import BudgetExceededError
from core.reduction.reduced import Reduction
from ui import releases, results, session
from ui.results import Plain

#: Settings that decide what is bought and shown.
CHOICES = ("engine", "epsilon", "k", "dimensions", "reduction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything the compare and recommend pages draw.

    Attributes:
        table: The people.
        engine: How the private side was made.
        epsilon: Privacy loss of the release.
        k: Number of groups.
        release: What was bought.
        release_key: Names the release: equal names mean the same noise.
        private: The private clustering; numbered like the plain one unless only public values are shown.
        plain: The plain side, or None when only public values are shown.
        comparison: Plain beside private, or None when only public values are shown.
        reduction: The dimensions both sides were clustered in; None for all columns.
    """

    table: Table
    engine: Engine
    epsilon: float
    k: int
    release: Release
    release_key: str
    private: Clustering
    plain: Plain | None
    comparison: Comparison | None
    reduction: Reduction | None = None

    def raw_group(self, group: int) -> int:
        """Return the release's own number of a group, whatever numbers the screen gives."""
        return group if self.comparison is None else int(self.comparison.matching.private_of_plain[group])


def at_settings(table: Table) -> Outcome:
    """Return the outcome of the session's settings; over budget, of the last ones that could be paid, with a notice.

    Raises:
        BudgetExceededError: If nothing could ever be paid from this ledger.
    """
    engine, epsilon, k = Engine(session.value("engine")), float(session.value("epsilon")), int(session.value("k"))
    afforded = st.session_state.setdefault("afforded", {})
    try:
        found = _outcome(table, engine=engine, epsilon=epsilon, k=k, reduction=session.reduction(table))
    except BudgetExceededError:
        former = afforded.get(table.content_key)
        if former is None:
            raise
        session.notify("notice.over_budget")
        session.choose_later(**former)
        session.rerun_part()
    afforded[table.content_key] = {key: session.value(key) for key in CHOICES}
    return found


def _outcome(table: Table, *, engine: Engine, epsilon: float, k: int, reduction: Reduction | None) -> Outcome:
    release = releases.release(table, engine=engine, epsilon=epsilon, n_clusters=k, reduction=reduction)
    release_key = releases.release_key(table, engine=engine, epsilon=epsilon, n_clusters=k, reduction=reduction)
    only_public = session.value("only_public")
    comparison = None if only_public else results.compared(table, release_key, k, release)
    return Outcome(
        table=table,
        engine=engine,
        epsilon=epsilon,
        k=k,
        release=release,
        release_key=release_key,
        private=comparison.private if comparison else results.clustered(table, release_key, k, release),
        plain=None if only_public else results.plain(table, k, reduction),
        comparison=comparison,
        reduction=reduction,
    )
