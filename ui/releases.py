"""What this visitor bought from people's data: releases kept with their ledger, charged once and served free again."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from core.clustering.engines import ANY_K, Engine
from core.clustering.types import Release
from core.data import Table
from core.data.table import unbounded_key
from core.privacy.cap import CAP_DEFAULT
from core.privacy.ledger import Ledger
from core.privacy.noise import secure_rng
from core.recommendation.product_counts import ProductTable
from core.reduction.reduced import Reduction
from core.release.receipt import COLUMNS
from core.release.store import Released, ReleaseStore
from ui import results, session

if TYPE_CHECKING:
    from ui.outcome import Outcome

#: One at a time: a ledger that two threads of a session open at once must be one ledger.
_opening = Lock()


def releases(current: Table) -> ReleaseStore:
    """Return what was bought from the people in a table, with its ledger.

    People keep theirs whatever mapping and bounds are chosen; the same content always finds the same one, even from
    another file.
    """
    content_key = unbounded_key(current)
    people_key = current.people_key or content_key
    cap = None if current.source.is_synthetic else CAP_DEFAULT
    with _opening:
        known = cast("dict[str, ReleaseStore]", st.session_state.setdefault("releases", {}))
        same = cast("dict[str, str]", st.session_state.setdefault("same_people", {}))
        name = same.get(people_key) or same.get(content_key) or people_key
        same[people_key] = same[content_key] = name
        return known.setdefault(name, ReleaseStore(Ledger(cap=cap)))


def ledger(current: Table) -> Ledger:
    """Return the ledger of the people in a table."""
    return releases(current).ledger


def serve(
    current: Table, what: str, epsilon: float, *, key: str, draw: Callable[[], Released], **told: object
) -> Released:
    """Return what was bought of a table's people: kept and free, or charged now and drawn.

    Raises:
        BudgetExceededError: If the charge would pass the cap; nothing is drawn then.
    """
    counts_as_view = not st.session_state.get("is_redrawing")
    when = datetime.now(UTC)
    return releases(current).get_or_release(
        what, epsilon, key=key, draw=draw, when=when, counts_as_view=counts_as_view, **told
    )


def _spent(bought: Released) -> Released:
    """Mark that the frame shows an older budget."""
    st.session_state["spent"] = True
    return bought


def release_key(
    current: Table,
    *,
    engine: Engine,
    epsilon: float,
    n_clusters: int,
    reduction: Reduction | None = None,
    draw: int | None = None,
) -> str:
    """Name the release of these choices: equal names mean the same noise; the session's draw unless one is told."""
    bought_k = results.K_FLOOR if engine in ANY_K else n_clusters
    if draw is None:
        draw = int(session.value("draw")) if current.source.is_synthetic else 0
    key = f"{current.content_key}|{engine}|{epsilon:g}|{bought_k}|{draw}"
    return key if reduction is None else f"{key}|{reduction.method}{reduction.n_dimensions}"


def release(
    current: Table, *, engine: Engine, epsilon: float, n_clusters: int, reduction: Reduction | None = None
) -> Release:
    """Return the release of these choices: a kept one for free, or a new one that is charged first.

    Raises:
        BudgetExceededError: If the charge would pass the cap; nothing is drawn then.
    """
    key = release_key(current, engine=engine, epsilon=epsilon, n_clusters=n_clusters, reduction=reduction)
    bought_k = results.K_FLOOR if engine in ANY_K else n_clusters
    chosen: dict[str, Any] = {"engine": engine, "epsilon": epsilon, "n_clusters": bought_k, "reduction": reduction}

    def draw() -> results.Bought:
        if current.source.is_synthetic:
            return results.practice_release(current, draw=int(session.value("draw")), **chosen)
        return _spent(results.secure_release(current, **chosen))

    told: dict[str, Any] = {"engine": str(engine), "n_clusters": bought_k, COLUMNS: current.columns}
    told |= asdict(reduction) if reduction else {}
    return serve(current, "release", epsilon, key=key, draw=draw, **told)


def product_table(found: "Outcome", *, epsilon: float) -> ProductTable:
    """Return the released table of products: kept, or new and charged first. One serves every k if the release does.

    Raises:
        BudgetExceededError: If the charge would pass the cap; nothing is drawn then.
    """
    current = found.table
    k = 0 if found.release.clusters_any_k else found.k
    key = f"{found.release_key}|products|{k}|{epsilon:g}"

    def draw() -> ProductTable:
        if current.source.is_synthetic:
            return results.practice_products(current, key, found.k, epsilon, found.release_key, found.release)
        return _spent(
            results.buy_products(
                current,
                release=found.release,
                release_key=found.release_key,
                k=found.k,
                epsilon=epsilon,
                rng=secure_rng(),
            )
        )

    told = {"n_clusters": k, COLUMNS: current.columns}
    return serve(current, "products", epsilon, key=key, draw=draw, **told)
