"""One visitor's releases: each kept with its ledger, charged once, and got again for free."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import cast

import streamlit as st

from core.clustering.types import Release
from core.data import Table
from core.data.table import unbounded_key
from core.privacy.cap import CAP_DEFAULT
from core.privacy.ledger import Ledger
from core.privacy.noise import secure_rng
from core.recommendation.product_counts import ProductTable
from core.reduction.reduced import draw_release
from core.reduction.spec import ReleaseSpec
from core.release.receipt import COLUMNS
from core.release.store import Released, ReleaseStore
from ui import results

#: One at a time: a ledger that two threads of a session open at once must be one ledger.
_opening = Lock()


def release_store(table: Table) -> ReleaseStore:
    """Return the releases of the people in a table, with their ledger.

    People keep theirs whatever mapping and bounds are chosen; the same content always finds the same one, even from
    another file.
    """
    content_key = unbounded_key(table)
    people_key = table.people_key or content_key
    cap = None if table.source.is_synthetic else CAP_DEFAULT
    with _opening:
        stores = cast("dict[str, ReleaseStore]", st.session_state.setdefault("releases", {}))
        store_names = cast("dict[str, str]", st.session_state.setdefault("same_people", {}))
        name = store_names.get(people_key) or store_names.get(content_key) or people_key
        store_names[people_key] = store_names[content_key] = name
        return stores.setdefault(name, ReleaseStore(Ledger(cap=cap)))


def ledger(table: Table) -> Ledger:
    """Return the ledger of the people in a table."""
    return release_store(table).ledger


def get_or_release(
    table: Table, what: str, epsilon: float, *, key: str, draw: Callable[[], Released], **parameters: object
) -> Released:
    """Return a release of a table's people: kept and free, or charged now and drawn.

    Raises:
        BudgetExceededError: If the charge would pass the cap; nothing is drawn then.
    """
    return release_store(table).get_or_release(
        what,
        epsilon,
        key=key,
        draw=draw,
        when=datetime.now(UTC),
        counts_as_view=not st.session_state.get("is_redrawing"),
        **{COLUMNS: table.columns, **parameters},
    )


def is_released(table: Table, spec: ReleaseSpec) -> bool:
    """Tell whether the release of ``spec`` is kept, so that it is free."""
    return ("release", results.release_key(table, spec)) in release_store(table)


def release(table: Table, spec: ReleaseSpec) -> Release:
    """Return the release that ``spec`` asks for: kept and free, or charged and drawn.

    Synthetic people's noise has a public seed and is drawn once for all visitors; real people's is secure, and stays
    in this session.

    Raises:
        BudgetExceededError: If the charge would pass the cap; nothing is drawn then.
    """

    def draw() -> Release:
        if table.source.is_synthetic:
            return results.synthetic_release(table, spec)
        _mark_spent()
        return draw_release(results.points(table), spec, rng=secure_rng())

    key = results.release_key(table, spec)
    return get_or_release(table, "release", spec.epsilon, key=key, draw=draw, **spec.parameters)


def product_table(table: Table, spec: ReleaseSpec, release: Release, *, epsilon: float) -> ProductTable:
    """Return the released product table by the groups of ``release``; one serves every k if the release does.

    Raises:
        BudgetExceededError: If the charge would pass the cap; nothing is drawn then.
    """
    n_clusters = 0 if release.clusters_any_k else spec.n_clusters
    key = f"{results.release_key(table, spec)}|products|{n_clusters}|{epsilon:g}"

    def draw() -> ProductTable:
        if table.source.is_synthetic:
            return results.synthetic_product_table(table, spec, release, epsilon=epsilon, key=key)
        _mark_spent()
        return results.draw_product_table(table, spec, release, epsilon=epsilon, rng=secure_rng())

    return get_or_release(table, "products", epsilon, key=key, draw=draw, n_clusters=n_clusters)


def _mark_spent() -> None:
    """Mark that the frame shows an older budget."""
    st.session_state["spent"] = True
