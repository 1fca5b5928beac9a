"""The ledger on screen: each release with its price, and what its noise calls spent."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from core.clustering.engines import get_engine
from core.privacy.accounting import BudgetCheck, ChargeTotal, total_by_name
from core.privacy.ledger import Entry, Ledger
from core.release.receipt import COLUMNS, ReceiptLine
from core.release.store import ReleaseStore
from ui import figures, names
from ui.markup import show
from ui.text import known, phrase

#: Newest releases that are drawn with their tree; older ones get a line each, the oldest of many only the receipt.
CARDS_MAX = 8
LINES_MAX = 100

SIGNS = {
    BudgetCheck.AGREES: "✓",
    BudgetCheck.MISSING: "!",
    BudgetCheck.OVERSPENT: "!",
    BudgetCheck.OPEN: "…",
    BudgetCheck.ELSEWHERE: "↗",
}


def show_ledger(store: ReleaseStore) -> None:
    """Draw the releases of one data set, newest first."""
    ledger = store.ledger
    newest_first = ledger.entries[::-1]
    older = newest_first[CARDS_MAX : CARDS_MAX + LINES_MAX]
    show(
        "ledger",
        practice=ledger.cap is None,
        served_again=figures.number(store.n_cache_hits),
        cards=[_describe_card(entry, ledger) for entry in newest_first[:CARDS_MAX]],
        older=[_describe_line(entry, ledger) for entry in older],
        left_out=figures.number(max(len(newest_first) - CARDS_MAX - LINES_MAX, 0)),
    )


def _describe_line(entry: Entry, ledger: Ledger) -> dict[str, object]:
    check = ledger.check(entry)
    return {
        "number": entry.number,
        "what": name_release(entry),
        "choices": describe_choices(entry),
        "when": describe_time(entry.when),
        "declared": figures.epsilon(entry.epsilon),
        "composed": "–" if entry.composed is None else figures.epsilon(entry.composed),
        "verdict": str(check),
        "sign": SIGNS[check],
        "word": phrase(f"ledger.verdict_{check}"),
    }


def _describe_card(entry: Entry, ledger: Ledger) -> dict[str, object]:
    tree = total_by_name(entry.charges or ())
    return _describe_line(entry, ledger) | {"branches": [_describe_branch(branch, entry.loss) for branch in tree]}


def _describe_branch(branch: ChargeTotal, loss: float) -> dict[str, object]:
    share = branch.epsilon / loss
    return {
        "name": name_branch(branch),
        "bar": round(100 * share, 1),
        "share": figures.share(share),
        "epsilon": figures.epsilon(branch.epsilon),
    }


def name_release(entry: Entry | ReceiptLine) -> str:
    """Say what kind of release an entry is."""
    return phrase(f"ledger.what_{entry.what}") if known(f"ledger.what_{entry.what}") else entry.what


def name_branch(branch: ChargeTotal) -> str:
    """Say what noise calls of one name asked, and how often; the name itself where there is no word for it."""
    key = f"ledger.charge_{branch.name.replace(' ', '_')}"
    name = phrase(key) if known(key) else branch.name
    return name if branch.times == 1 else phrase("ledger.times", name=name, n=branch.times)


def describe_choices(entry: Entry | ReceiptLine) -> str:
    """Say the public choices that an entry was made with, as far as there are words for them."""
    parameters = entry.parameters
    texts = [names.engine(str(parameters["engine"]))] if "engine" in parameters else []
    if "n_dimensions" in parameters:
        method = phrase(f"reduction.{parameters['method']}")
        texts.append(phrase("reduction.chip", method=method, n=parameters["n_dimensions"]))
    if "n_clusters" in parameters:
        n_clusters = parameters["n_clusters"]
        any_k = not n_clusters or ("engine" in parameters and get_engine(str(parameters["engine"])).serves_any_k)
        texts.append(phrase("ledger.any_k") if any_k else phrase("ledger.this_k", k=n_clusters))
    if "percent" in parameters:
        texts.append(phrase("ledger.percent", column=_column(entry), n=parameters["percent"]))
    return " · ".join(texts)


def _column(entry: Entry | ReceiptLine) -> str:
    """Name the column that an entry asked about, in the visitor's language where that is known."""
    columns = entry.columns if isinstance(entry, ReceiptLine) else entry.parameters.get(COLUMNS)
    key = str(entry.parameters["column"])
    named = {column.key: names.column(column) for column in columns} if isinstance(columns, tuple) else {}
    return named.get(key, names.category(key))


def describe_time(moment: datetime | None) -> str:
    """Say when something was charged, in the visitor's own time."""
    if moment is None:
        return phrase("ledger.no_time")
    local = moment.astimezone(_zone())
    return phrase("ledger.when", month=figures.month(local.month), day=local.day, time=f"{local:%H:%M}")


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
