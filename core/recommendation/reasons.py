"""Why a product is recommended: codes and figures, which the pages put into sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from core.data.catalogue import Product
from core.data.eligibility import Eligibility, check_eligibility

#: A ratio to the average that is worth a sentence.
RATIO_MENTIONED = 1.15
#: A lift that follows its own count less than this says more about people overall than about the group.
TRUST_LEAST = 0.5


class ReasonCode(StrEnum):
    """Why a product is recommended; ``Reason.blanks`` of each:

    =================== ========================================================================================
    USED_MORE           ``times``: use in the group over use overall; ``holders``, ``margin``
    USED_ALIKE          ``times``, ``holders``, ``margin``: the group uses it about as much as people overall
    USED_OVERALL        ``share`` of all people: the group's own count says too little
    BENEFIT_FITS        ``category``: key of a column; ``times``: spending over the average; ``percent`` back
    BENEFIT             ``category``, ``times``, ``percent``: back on what the group spends no more than others on
    ELIGIBILITY_MET     ``age``
    ELIGIBILITY_UNKNOWN none: the product's own terms say what to check
    =================== ========================================================================================
    """  # noqa: D415 - a table follows

    USED_MORE = "used_more"
    USED_ALIKE = "used_alike"
    USED_OVERALL = "used_overall"
    BENEFIT_FITS = "benefit_fits"
    BENEFIT = "benefit"
    ELIGIBILITY_MET = "eligibility_met"
    ELIGIBILITY_UNKNOWN = "eligibility_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason: a code and the figures that its sentence needs."""

    code: ReasonCode
    blanks: Mapping[str, float | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What is known about the use of one product in one group.

    Attributes:
        times: Shrunk use in the group over use overall.
        trust: How far ``times`` follows the group's own count, from 0 to 1.
        overall: Share of all people who use it.
        holders: Holders in the group, rounded, at least 0.
        margin: Half-width of the 95 % interval of the noise in ``holders``.
    """

    times: float
    trust: float
    overall: float
    holders: int
    margin: int


def give_reasons(
    product: Product | None, *, use: Use, spending: Mapping[str, float], age: float | None
) -> tuple[Reason, ...]:
    """Return why ``product`` is recommended, most telling first.

    Args:
        product: The product; None if the catalogue does not know it.
        use: Its use in the group.
        spending: What the group spends over the average, by key of column.
        age: The person's age; None if unknown.
    """
    of_use, of_benefit = _use_reason(use), _benefit_reason(product, spending)
    if of_benefit is None:
        first: tuple[Reason, ...] = (of_use,)
    elif of_benefit.code is ReasonCode.BENEFIT_FITS:
        # What the group spends on comes first, because it is what a person recognises.
        first = (of_benefit, of_use)
    else:
        first = (of_use, of_benefit)
    of_eligibility = _eligibility_reason(product, age)
    return first if of_eligibility is None else (*first, of_eligibility)


def _use_reason(use: Use) -> Reason:
    if use.trust < TRUST_LEAST:
        return _reason(ReasonCode.USED_OVERALL, share=use.overall)
    code = ReasonCode.USED_MORE if use.times >= RATIO_MENTIONED else ReasonCode.USED_ALIKE
    return _reason(code, times=use.times, holders=use.holders, margin=use.margin)


def _benefit_reason(product: Product | None, spending: Mapping[str, float]) -> Reason | None:
    """Name the benefit that brings this group most beyond what it brings everybody, else the largest one."""
    known = [(key, percent) for key, percent in (product.benefits if product else {}).items() if key in spending]
    if not known:
        return None
    key, percent = max(known, key=lambda pair: (pair[1] * (spending[pair[0]] - 1.0), pair[1]))
    code = ReasonCode.BENEFIT_FITS if spending[key] >= RATIO_MENTIONED else ReasonCode.BENEFIT
    return _reason(code, category=key, times=spending[key], percent=percent)


def _eligibility_reason(product: Product | None, age: float | None) -> Reason | None:
    known = Eligibility.UNKNOWN if product is None else check_eligibility(product, age=age)
    if known is Eligibility.UNKNOWN:
        return _reason(ReasonCode.ELIGIBILITY_UNKNOWN)
    return _reason(ReasonCode.ELIGIBILITY_MET, age=age) if known is Eligibility.MET and age is not None else None


def _reason(code: ReasonCode, **blanks: float | str) -> Reason:
    return Reason(code=code, blanks=MappingProxyType(blanks))
