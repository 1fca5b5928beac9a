"""One visitor's releases: each kept with its ledger, charged once, and got again for free."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import cast

import streamlit as st

from core.clustering.types import Release
from core.data import Table
from core.data.fingerprints import fingerprint_people
from core.data.table import unbounded_key
from core.privacy.kept_ledger import KeptLedger
from core.privacy.ledger import Ledger
from core.privacy.noise import secure_rng
from core.recommendation.product_counts import ProductTable
from core.reduction.reduced import draw_release
from core.reduction.spec import ReleaseSpec
from core.release.receipt import COLUMNS
from core.release.store import Released, ReleaseStore
from ui import results
from ui.spending import ledgers, memory

#: One at a time: a ledger that two threads of a session open at once must be one ledger.
_opening = Lock()


class NotReleasedError(ValueError):
    """Nothing was released yet by this name, and nobody has said that it may be paid.

    Attributes:
        what: Kind of release.
        epsilon: What it would cost.
    """

    def __init__(self, what: str, epsilon: float) -> None:
        super().__init__(f"{what!r} was not released: it would cost epsilon {epsilon:g}")
        self.what = what
        self.epsilon = epsilon


def release_store(table: Table) -> ReleaseStore:
    """Return the releases of the people in a table, with their ledger.

    People keep theirs whatever mapping and bounds are chosen; the same content always finds the same one, even from
    another file.
    """
    with _opening:
        opened = cast("dict[str, ReleaseStore]", st.session_state.setdefault("releases", {}))
        if table.source.is_synthetic:
            return opened.setdefault(table.people_key or unbounded_key(table), ReleaseStore(Ledger(cap=None)))
        name, store = _find_store(table)
        opened[name] = store
        return store


def _find_store(table: Table) -> tuple[str, ReleaseStore]:
    """Return the releases of real people by the name they go by, opened where there are none."""
    stores, fingerprints = memory.own_stores(), _fingerprints(table)
    known = [stores.same_people[each] for each in fingerprints if each in stores.same_people]
    name = known[0] if known else fingerprints[0]
    stores.same_people.update(dict.fromkeys(fingerprints, name))
    store = stores.releases.get(name)
    ledger = ledgers.open_ledger(table, fingerprints)
    if store is None or (ledger.is_kept and not store.ledger.is_kept and not store.ledger.entries):
        store = stores.releases[name] = ReleaseStore(ledger)
    elif isinstance(store.ledger, KeptLedger) and isinstance(ledger, KeptLedger):
        store.ledger.learn(ledger.names)
    return name, store


def _fingerprints(table: Table) -> tuple[str, ...]:
    """Return what the people of a table are recognised by; worked out once a table."""
    kept = cast("dict[str, tuple[str, ...]]", st.session_state.setdefault("fingerprints", {}))
    key = unbounded_key(table)
    if key not in kept:
        kept[key] = fingerprint_people(table)
    return kept[key]


def forget(table: Table) -> None:
    """Forget the releases of a table's people. What they cost stays in their ledger, if it is kept."""
    with _opening:
        name, _ = _find_store(table)
        memory.forget_releases(name)
        st.session_state.get("releases", {}).pop(name, None)


def restart(table: Table) -> None:
    """Start the ledger of people anew who are public already, and forget what was released of them.

    Raises:
        ValueError: If the people of ``table`` are not: what was released of them stays released.
    """
    if not ledgers.is_demonstration(table):
        raise ValueError(f"the ledger of {table.source.key!r} cannot start anew")
    with _opening:
        name, store = _find_store(table)
        if isinstance(store.ledger, KeptLedger):
            store.ledger.restart()
        # The same choices will have other noise: what was worked out of the former is no longer true.
        results.forget_own()
        memory.own_stores().releases.pop(name)
        st.session_state.get("releases", {}).pop(name, None)


def ledger(table: Table) -> Ledger:
    """Return the ledger of the people in a table."""
    return release_store(table).ledger


def get_or_release(
    table: Table,
    what: str,
    epsilon: float,
    *,
    key: str,
    draw: Callable[[], Released],
    may_charge: bool,
    **parameters: object,
) -> Released:
    """Return a release of a table's people: kept and free, or charged now and drawn.

    The only way to noise. Synthetic people cost nothing; of real ones nothing is charged unless somebody has seen the
    price and said so.

    Args:
        table: The people.
        what: Kind of release.
        epsilon: Its privacy loss.
        key: Names the release.
        draw: Draws its noise.
        may_charge: Whether somebody has said that it may be paid.
        **parameters: Public choices to keep in the ledger.

    Raises:
        NotReleasedError: If it would have to be paid and nobody has said so; nothing is charged or drawn then.
        BudgetExceededError: If the charge would pass the cap; nothing is drawn then.
        LedgerStoreError: If the ledger is out of reach; nothing is drawn then.
    """
    store = release_store(table)
    if not may_charge and not table.source.is_synthetic and (what, key) not in store:
        raise NotReleasedError(what, epsilon)
    return store.get_or_release(
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


def release(table: Table, spec: ReleaseSpec, *, may_charge: bool = False) -> Release:
    """Return the release that ``spec`` asks for: kept and free, or charged and drawn.

    Synthetic people's noise has a public seed and is drawn once for all visitors; real people's is secure, and stays
    with who paid it.

    Raises:
        NotReleasedError, BudgetExceededError, LedgerStoreError: As ``get_or_release`` does.
    """

    def draw() -> Release:
        if table.source.is_synthetic:
            return results.synthetic_release(table, spec)
        _mark_spent()
        return draw_release(results.points(table), spec, rng=secure_rng())

    key = results.release_key(table, spec)
    return get_or_release(table, "release", spec.epsilon, key=key, draw=draw, may_charge=may_charge, **spec.parameters)


def products_key(table: Table, spec: ReleaseSpec, *, epsilon: float) -> str:
    """Name the product table by the groups of the release of ``spec``; one serves every k if the release does."""
    n_clusters = 0 if spec.engine.serves_any_k else spec.n_clusters
    return f"{results.release_key(table, spec)}|products|{n_clusters}|{epsilon:g}"


def product_table(
    table: Table, spec: ReleaseSpec, release: Release, *, epsilon: float, may_charge: bool = False
) -> ProductTable:
    """Return the released product table by the groups of ``release``.

    Raises:
        NotReleasedError, BudgetExceededError, LedgerStoreError: As ``get_or_release`` does.
    """
    n_clusters = 0 if release.clusters_any_k else spec.n_clusters
    key = products_key(table, spec, epsilon=epsilon)

    def draw() -> ProductTable:
        if table.source.is_synthetic:
            return results.synthetic_product_table(table, spec, release, epsilon=epsilon, key=key)
        _mark_spent()
        return results.draw_product_table(table, spec, release, epsilon=epsilon, rng=secure_rng())

    return get_or_release(table, "products", epsilon, key=key, draw=draw, may_charge=may_charge, n_clusters=n_clusters)


def _mark_spent() -> None:
    """Mark that the frame shows an older budget."""
    st.session_state["spent"] = True
