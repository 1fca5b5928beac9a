"""Eligibility for a product, as far as its terms can be checked: by age."""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.data.catalogue import Product
from core.data.labels import choose_label

_OPEN = {"누구나", "제한없음", "제한 없음", "anyone", "실명의 개인"}
_BETWEEN = re.compile(r"만\s*(\d{1,3})\s*세?\s*[-–~∼]\s*(?:만\s*)?(\d{1,3})\s*세(?:\s*이하)?")
_FROM = re.compile(r"만\s*(\d{1,3})\s*세\s*이상")
_UP_TO = re.compile(r"만\s*(\d{1,3})\s*세\s*이하")


class Eligibility(StrEnum):
    """What is known about one person and one product."""

    OPEN = "open"
    MET = "met"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeLimits:
    """Ages that may join, both ends included."""

    least: float
    most: float


def read_age_limits(product: Product) -> AgeLimits | None:
    """Return the ages that may join, if that is all that the terms ask; None if they ask anything else.

    Only a sentence about the applicant's own age counts: 만 12세 이하 자녀 보호자 is about somebody else's.
    """
    terms = choose_label(product.eligibility, "ko").strip()
    if terms.lower() in _OPEN:
        return AgeLimits(least=0.0, most=float("inf"))
    if match := _BETWEEN.fullmatch(terms):
        return AgeLimits(least=float(match[1]), most=float(match[2]))
    if match := _FROM.fullmatch(terms):
        return AgeLimits(least=float(match[1]), most=float("inf"))
    if match := _UP_TO.fullmatch(terms):
        return AgeLimits(least=0.0, most=float(match[1]))
    return None


def check_eligibility(product: Product, *, age: float | None) -> Eligibility:
    """Return whether a person of ``age`` may have ``product``, as far as its terms say; None is an unknown age."""
    limits = read_age_limits(product)
    if limits is None:
        return Eligibility.UNKNOWN
    if limits.least <= 0 and limits.most == float("inf"):
        return Eligibility.OPEN
    if age is None:
        return Eligibility.UNKNOWN
    # Nobody is 35 until their birthday: 만 34세 lasts up to there.
    return Eligibility.MET if limits.least <= age < limits.most + 1 else Eligibility.REFUSED
