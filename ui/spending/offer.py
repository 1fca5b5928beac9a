"""The price before it is paid: what a release would cost, what would be left, and the one button that pays it."""

import math
from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.clustering.engines import ENGINES, get_engine
from core.data import Table
from core.privacy.cap import BudgetExceededError
from core.privacy.ledger import Entry, Ledger
from core.privacy.ledger_store import LedgerStoreError
from core.reduction.spec import ReleaseSpec
from ui import choices, figures, names, releases, session
from ui.compare import context, reduction
from ui.markup import show
from ui.outcome import Outcome
from ui.releases import NotReleasedError
from ui.spending import ledgers, rehearsal
from ui.text import phrase


def outcome_or_offer(table: Table, row: DeltaGenerator) -> Outcome | None:
    """Return what the settings lead to; where it has to be paid first, say the price and return None.

    Args:
        table: The people.
        row: The page's line of context, which ends with what was spent.
    """
    spec = session.release_spec(table)
    try:
        outcome = Outcome.from_settings(table)
    except NotReleasedError as unpaid:
        about = describe_choice(spec.epsilon, spec.parameters)
        pay = partial(releases.release, table, spec, may_charge=True)
        draw(table, unpaid.epsilon, pay, key="release", about=about)
        _draw_choices(table)
        draw_released(table, spec)
        rehearsal.draw(table, spec)
        context.draw_spent(row, table)
        session.share()
        session.refresh_frame()
        return None
    draw_released(table, spec)
    return outcome


def draw(table: Table, epsilon: float, pay: Callable[[], object], *, key: str, about: str = "") -> None:
    """Draw what ``epsilon`` would take from the budget of a table's people, and the button that pays it.

    Args:
        table: The people.
        epsilon: The price.
        pay: Charges and draws; called when the button is pressed.
        key: Names what is offered: its phrase, and its button.
        about: Which one it is, in a few words.
    """
    ledger = releases.ledger(table)
    with st.container(key=f"offer_{key}"):
        show(
            "offer",
            name=phrase(f"offer.{key}"),
            about=about,
            **_describe_price(ledger, epsilon),
            notes=describe_keeping(table),
        )
        st.button(
            phrase("offer.pay", epsilon=figures.epsilon(epsilon)),
            key=f"pay_{key}",
            type="primary",
            icon=":material/savings:",
            disabled=not ledger.can_afford(epsilon),
            on_click=_pay,
            args=(pay,),
        )
        refusal = st.session_state.pop("offer_refusal", None)
        if refusal is not None:
            st.warning(refusal, icon=":material/savings:")


def _draw_choices(table: Table) -> None:
    """Draw what else decides what is released, as the picture's own choices do once there is a picture."""
    with st.popover(phrase("controls.picture"), icon=":material/tune:", key="picture"):
        choices.draw_list("controls.engine", list(ENGINES), names.engine)
        reduction.draw_choices(table)


def _pay(pay: Callable[[], object]) -> None:
    """Charge and draw; what was affordable when it was drawn may no longer be."""
    # The page that follows shows what was just paid: no free look.
    st.session_state["is_redrawing"] = True
    try:
        pay()
    except BudgetExceededError as error:
        st.session_state["offer_refusal"] = describe_refusal(error)
    except LedgerStoreError:
        st.session_state["offer_refusal"] = phrase("offer.unreachable")


def describe_refusal(error: BudgetExceededError) -> str:
    """Say calmly that a price passes what is left, and what can be done."""
    amounts = {"asked": error.asked, "remaining": error.remaining, "cap": error.cap}
    return phrase("context.over_budget", **{name: figures.epsilon(amount) for name, amount in amounts.items()})


def _describe_price(ledger: Ledger, epsilon: float) -> dict[str, object]:
    cap, spent = ledger.cap or math.inf, ledger.spent
    left = max(ledger.remaining - epsilon, 0.0)
    words = {"epsilon": figures.epsilon(epsilon), "cap": figures.epsilon(cap)}
    if not ledger.is_reachable:
        sentence = phrase("offer.unreachable")
    elif not ledger.can_afford(epsilon):
        sentence = phrase("offer.too_much", remaining=figures.epsilon(ledger.remaining), **words)
    else:
        sentence = phrase("offer.price", left=figures.epsilon(left), **words)
    return {
        "sentence": sentence,
        "spent": round(100 * min(spent / cap, 1.0), 1),
        "bite": round(100 * min(epsilon, ledger.remaining) / cap, 1),
    }


def describe_keeping(table: Table) -> list[str]:
    """Say how long what is paid is remembered, by whom, and what counts as the same people."""
    ledger = releases.ledger(table)
    if ledger.cap is None:
        return []
    elsewhere = math.fsum(entry.loss for entry in ledger.entries if entry.is_elsewhere)
    notes = [phrase("offer.elsewhere", epsilon=figures.epsilon(elsewhere))] if elsewhere else []
    if ledgers.is_demonstration(table):
        notes.append(phrase("offer.demonstration"))
    return [*notes, phrase(f"offer.{ledger.keeping}"), phrase("offer.same_people")]


# --- what was paid already ---------------------------------------------------------------------------------------


def draw_released(table: Table, spec: ReleaseSpec) -> None:
    """Draw the releases of these people that are here already, each a tap away and free; nothing where there are none.

    Synthetic people cost nothing, so there is nothing to keep apart.
    """
    if table.source.is_synthetic:
        return
    entries = list_released(table)
    if not entries:
        return
    with st.container(key="released", horizontal=True, vertical_alignment="center"):
        show("quiet", text=phrase("offer.released"))
        for entry in entries:
            st.button(
                describe_choice(entry.epsilon, entry.parameters),
                key=f"released_{entry.number}",
                disabled=entry.key is not None and entry.key.endswith(f"|{spec.key}"),
                on_click=session.choose,
                kwargs=_read_settings(entry),
            )


def list_released(table: Table) -> list[Entry]:
    """Return the entries whose releases are kept, within the present columns and bounds, oldest first."""
    store, prefix = releases.release_store(table), f"{table.content_key}|"
    return [
        entry
        for entry in store.ledger.entries
        if entry.what == "release" and (entry.key or "").startswith(prefix) and store.find(entry) is not None
    ]


def describe_choice(epsilon: float, chosen: Mapping[str, object]) -> str:
    """Say shortly which release is meant, by the choices that the ledger keeps beside its price."""
    parts = [f"ε {figures.epsilon(epsilon)}"]
    if "n_dimensions" in chosen:
        method = phrase(f"reduction.{chosen['method']}")
        parts.append(phrase("reduction.chip", method=method, n=chosen["n_dimensions"]))
    if not get_engine(str(chosen["engine"])).serves_any_k:
        parts.append(phrase("ledger.this_k", k=chosen["n_clusters"]))
    return " · ".join(parts)


def _read_settings(entry: Entry) -> dict[str, object]:
    """Return the settings that lead back to the release of an entry; k stays where the release serves any."""
    chosen = entry.parameters
    engine = str(chosen["engine"])
    settings = {"engine": engine, "epsilon": entry.epsilon, "dimensions": chosen.get("n_dimensions", 0)}
    if "method" in chosen:
        settings["reduction"] = str(chosen["method"])
    return settings if get_engine(engine).serves_any_k else settings | {"k": chosen["n_clusters"]}
