"""Rates, terms, benefits and months as people write them in catalogues: "연 3.5%", "3,5", "12개월", "외식 5%"."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from core.data.catalogue import ProductKind
from core.data.categories import public_categories
from core.ingest.catalogue_problems import RowProblem

#: No lawful rate in Korea is near this; more is a slip of the decimal point.
RATE_MOST = 100.0
TERM_MOST = 1_200

_MISSING = {"", "-", "–", "—", ".", "na", "n/a", "null", "none", "없음", "해당없음", "해당 없음"}
_RATE = re.compile(
    r"(?:(?:연|年|금리|이율|약|최고|최대|기본|최저) ?)*([+-]?\d{1,4}(?:[.,]\d{1,6})?)\s*(?:%|퍼센트|percent|프로)?"
    r"\s*(?:p\.?a\.?|per year|a year)?",
    re.IGNORECASE,
)
_TERM = re.compile(r"(\d{1,4})\s*(개월|달|월|months?|mo|m|년|years?|yr|y|)", re.IGNORECASE)
_OPEN_TERM = {"수시", "자유", "제한없음", "제한 없음", "open", "0"}
_YEARS = {"년", "year", "years", "yr", "y"}
_BENEFIT = re.compile(r"(.+?)\s*[:：=\s]\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*%?")
_MONTH = re.compile(r"(\d{4})\s*[-./년]?\s*(\d{1,2})\s*월?(?:[-./]?\d{1,2})?")
_KINDS = {
    "예금": ProductKind.DEPOSIT,
    "정기예금": ProductKind.DEPOSIT,
    "적금": ProductKind.SAVINGS,
    "카드": ProductKind.CARD,
    "대출": ProductKind.LOAN,
    "보험": ProductKind.INSURANCE,
    "연금": ProductKind.PENSION,
    "연금저축": ProductKind.PENSION,
    "투자": ProductKind.INVESTMENT,
    "펀드": ProductKind.INVESTMENT,
}


class SpellingError(ValueError):
    """A cell that cannot be read.

    Attributes:
        code: What is wrong.
        blanks: The figures that its sentence needs.
    """

    def __init__(self, code: RowProblem, **blanks: object) -> None:
        super().__init__(code, blanks)
        self.code = code
        self.blanks = blanks


def compose(text: str) -> str:
    """Return ``text`` in Unicode's composed form with single blanks: line breaks in cells become blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def read_rate(text: str) -> float | None:
    """Return percent a year; None where nothing is written.

    Raises:
        SpellingError: NOT_A_RATE or RATE_TOO_LARGE.
    """
    bare = compose(unicodedata.normalize("NFKC", text))
    if bare.lower() in _MISSING:
        return None
    match = _RATE.fullmatch(bare)
    if match is None:
        raise SpellingError(RowProblem.NOT_A_RATE)
    rate = float(match[1].replace(",", "."))
    if abs(rate) > RATE_MOST:
        raise SpellingError(RowProblem.RATE_TOO_LARGE, limit=RATE_MOST)
    return rate


def read_term(text: str) -> int:
    """Return a term in months; 0 where it is open or nothing is written.

    Raises:
        SpellingError: NOT_A_TERM.
    """
    bare = unicodedata.normalize("NFKC", text).strip().lower()
    if bare in _MISSING or bare in _OPEN_TERM:
        return 0
    match = _TERM.fullmatch(bare.removesuffix(".0"))
    if match is None:
        raise SpellingError(RowProblem.NOT_A_TERM)
    months = int(match[1]) * (12 if match[2] in _YEARS else 1)
    if months > TERM_MOST:
        raise SpellingError(RowProblem.NOT_A_TERM)
    return months


def read_kind(text: str) -> ProductKind:
    """Return a kind by its key or Korean name.

    Raises:
        SpellingError: MISSING or UNKNOWN_KIND.
    """
    bare = compose(text).lower()
    if not bare:
        raise SpellingError(RowProblem.MISSING)
    if bare in _KINDS:
        return _KINDS[bare]
    try:
        return ProductKind(bare)
    except ValueError:
        raise SpellingError(RowProblem.UNKNOWN_KIND) from None


def read_benefits(text: str) -> Mapping[str, float]:
    """Return percent back by spending category, from "restaurants:5|교통 3%"; empty where nothing is written.

    Categories are keys or names of the public ones; others are kept under their own name, for data whose columns
    carry it.

    Raises:
        SpellingError: NOT_BENEFITS, with the part that cannot be read.
    """
    if text.strip().lower() in _MISSING:
        return {}
    benefits: dict[str, float] = {}
    for part in re.split(r"[|;\n]", text):
        if not part.strip():
            continue
        match = _BENEFIT.fullmatch(compose(part))
        percent = float(match[2].replace(",", ".")) if match else -1.0
        if match is None or not 0 <= percent <= RATE_MOST:
            raise SpellingError(RowProblem.NOT_BENEFITS, value=compose(part))
        benefits[_category_key(match[1])] = percent
    return benefits


def read_month(text: str) -> str:
    """Return a month as ``"2026-05"``, from "202605", "2026.5", "2026년 5월"; empty where nothing is written.

    Raises:
        SpellingError: NOT_A_MONTH.
    """
    bare = compose(text)
    if bare.lower() in _MISSING:
        return ""
    match = _MONTH.fullmatch(bare)
    if match is None or not 1 <= int(match[2]) <= 12:  # noqa: PLR2004 - months
        raise SpellingError(RowProblem.NOT_A_MONTH)
    return f"{match[1]}-{int(match[2]):02d}"


def _category_key(name: str) -> str:
    bare = compose(name)
    return _category_keys().get(bare.lower(), bare)


@cache
def _category_keys() -> Mapping[str, str]:
    """Return the keys of the public categories by every word that names them."""
    keys: dict[str, str] = {}
    for category in public_categories():
        column = category.column
        plain = [word for word in category.words if not word.endswith("*")]
        for word in (*plain, column.key, *(label.lower() for label in column.labels.values())):
            keys.setdefault(word, column.key)
    return MappingProxyType(keys)
