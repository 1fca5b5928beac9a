"""The one pair of rates that a card shows, out of all the options that the disclosure API lists for a product."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.ingest.spelling import SpellingError, read_rate, read_term

#: Months of the option that is shown where a product has one.
USUAL_TERM = 12
_LENDING_RATE = "A"

Fields = Mapping[str, Any]
Unread = list[tuple[str, str]]


class Service(StrEnum):
    """What the API lists, by the letter in its answers."""

    DEPOSIT = "D"
    SAVINGS = "S"
    PENSION = "P"
    MORTGAGE = "M"
    RENT = "R"
    CREDIT = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Rates and term of one option.

    Attributes:
        base_rate: Percent a year without conditions; of loans the highest.
        best_rate: Percent a year with every condition; of loans the lowest.
        term_months: Length; 0 where it is open or unknown.
    """

    base_rate: float | None = None
    best_rate: float | None = None
    term_months: int = 0


def read_offer(service: Service, base: Fields, options: Sequence[Fields]) -> tuple[Offer, Unread]:
    """Return what a card shows of a product, and the fields (name, value) that could not be read as rates."""
    unread: Unread = []
    if service in {Service.DEPOSIT, Service.SAVINGS}:
        return _read_savings(options, unread), unread
    if service is Service.PENSION:
        return _read_annuity(base, options, unread), unread
    if service is Service.CREDIT:
        return _read_credit(options, unread), unread
    return _read_loan(options, unread), unread


def _read_savings(options: Sequence[Fields], unread: Unread) -> Offer:
    offers = []
    for option in options:
        base, best = _read_rate(option, "intr_rate", unread), _read_rate(option, "intr_rate2", unread)
        if base is not None or best is not None:
            offers.append(
                Offer(
                    base_rate=base,
                    best_rate=base if best is None else best,
                    term_months=_read_months(option, "save_trm"),
                )
            )
    usual = [offer for offer in offers if offer.term_months == USUAL_TERM]
    return max(usual or offers, key=_best, default=Offer())


def _read_annuity(base: Fields, options: Sequence[Fields], unread: Unread) -> Offer:
    """Guaranteed rate as the base, disclosed rate as the best; past returns promise nothing and are left out."""
    guaranteed, disclosed = _read_rate(base, "guar_rate", unread), _read_rate(base, "dcls_rate", unread)
    terms = [_read_months(option, "paym_prd") for option in options]
    return Offer(base_rate=guaranteed, best_rate=disclosed, term_months=min(filter(None, terms), default=0))


def _read_loan(options: Sequence[Fields], unread: Unread) -> Offer:
    offers = []
    for option in options:
        lowest, highest = _read_rate(option, "lend_rate_min", unread), _read_rate(option, "lend_rate_max", unread)
        if lowest is not None or highest is not None:
            offers.append(
                Offer(base_rate=lowest if highest is None else highest, best_rate=highest if lowest is None else lowest)
            )
    return min(offers, key=_cheapest, default=Offer())


def _read_credit(options: Sequence[Fields], unread: Unread) -> Offer:
    """Lowest and highest lending rate over the credit bands; a band of 0 or null is not offered."""
    bands = [
        rate
        for option in options
        if str(option.get("crdt_lend_rate_type") or _LENDING_RATE) == _LENDING_RATE
        for name in option
        if name.startswith("crdt_grad_") and name != "crdt_grad_avg"
        for rate in [_read_rate(option, name, unread)]
        if rate
    ]
    return Offer(base_rate=max(bands), best_rate=min(bands)) if bands else Offer()


def _best(offer: Offer) -> float:
    return -math.inf if offer.best_rate is None else offer.best_rate


def _cheapest(offer: Offer) -> float:
    return math.inf if offer.best_rate is None else offer.best_rate


def _read_rate(row: Fields, name: str, unread: Unread) -> float | None:
    value = row.get(name)
    text = "" if value is None else str(value)
    try:
        return read_rate(text)
    except SpellingError:
        unread.append((name, text))
        return None


def _read_months(row: Fields, name: str) -> int:
    value = row.get(name)
    try:
        return read_term("" if value is None else str(value))
    except SpellingError:
        return 0
