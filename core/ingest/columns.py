"""Bounds proposed for a column from its name and unit alone, never from its values, so that they stay public."""

import re
import unicodedata
from dataclasses import dataclass

from core.data.categories import public_categories
from core.data.table import Column, Transform
from core.ingest.currencies import DOLLAR, WON

MANWON = "만원"
#: Public bounds of money are written in 만원; a dollar is taken for 1 000 won.
DOLLARS_PER_MANWON = 10.0

_UNIT_PATTERNS = (
    ("백만원", r"백만\s*원|million won"),
    ("만원", r"만\s*원|10k won|10,000 won"),
    ("천원", r"천\s*원|thousand won|1,000 won"),
    ("원", r"[(\[,/_ ]원[)\]]?$|krw|₩|\bwon\b"),
    (DOLLAR, r"\$|usd|dollar|달러"),
    ("세", r"\(세\)|\byears? old\b"),
    ("명", r"\(명\)"),
    ("회", r"\(회\)"),
    ("건", r"\(건\)"),
    ("개", r"\(개\)"),
    ("점", r"\(점\)"),
    ("%", r"%|퍼센트|percent"),
)
_HANGUL = re.compile("[가-힣]")
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a word in a column's name says about its values.

    Attributes:
        words: Lower-case words; in English whole words, or beginnings when they end in ``*``.
        unit: Unit when the name has none; None for money.
        lower: Lower bound; of money in 만원.
        upper: Upper bound; of money in 만원.
        transform: How to transform the values.
        key: Key of the public category, if it is one.
    """

    words: tuple[str, ...]
    unit: str | None
    lower: float
    upper: float
    transform: Transform = Transform.IDENTITY
    key: str | None = None


def _money(upper: float, *words: str) -> Rule:
    return Rule(words=words, unit=None, lower=0.0, upper=upper, transform=Transform.LOG1P)


_RULES = (
    _money(24_000, "연소득", "연봉", "연간소득", "annual income", "yearly income"),
    _money(2_000, "소득", "급여", "월급", "수입", "income", "salary", "wage*"),
    _money(100_000, "자산", "잔액", "예금", "저축", "부채", "대출", "asset*", "balance", "savings", "debt*", "loan*"),
    Rule(words=("나이", "연령", "age"), unit="세", lower=0, upper=100),
    Rule(
        words=("가구원", "가구원수", "가족수", "가족 수", "household size", "family size"), unit="명", lower=0, upper=10
    ),
    Rule(words=("횟수", "건수", "count", "visits", "times", "number of"), unit="회", lower=0, upper=100),
    Rule(words=("비율", "비중", "ratio", "share", "percent*"), unit="%", lower=0, upper=100),
    Rule(words=("점수", "score*"), unit="점", lower=0, upper=1000),
)
#: What says only that it is spending: any other word says more.
_SPENDING = _money(2_000, "합계", "총액", "지출", "소비", "금액", "사용액", "total", "spend*", "amount*", "expen*")
#: For names that say nothing: wide enough for most, and the transform forgives the rest.
_UNKNOWN = Rule(words=(), unit="", lower=0, upper=1_000, transform=Transform.LOG1P)
_UNKNOWN_MONEY = _money(1_000)


def propose_column(header: str, *, months: int = 1) -> Column:
    """Propose what a column means from its ``header``; for the user to accept or change.

    Money is counted in 만원 or dollars whatever unit the file uses: on a logarithmic scale won would set nothing but
    zero apart from the rest.

    Args:
        header: Name of the column, with or without its unit: ``"식비(만원)"``, ``"age"``.
        months: Months of spending that an amount covers; bounds of money grow with it.

    Returns:
        A column; its key is the public category's if the name means one, the header otherwise.
    """
    rule = _find_or_guess_rule(header)
    unit = guess_figure_unit(header)
    if rule.unit is None:
        unit = MANWON if unit in WON else unit
    factor = months * (DOLLARS_PER_MANWON if unit == DOLLAR else 1.0) if rule.unit is None else 1.0
    label = _PARENTHESES.sub("", header) or header
    category = next((group.column for group in public_categories() if group.column.key == rule.key), None)
    return Column(
        key=rule.key or header,
        labels={**(category.labels if category else {}), "ko" if _HANGUL.search(label) else "en": label},
        unit=unit,
        lower=rule.lower,
        upper=rule.upper * factor,
        transform=rule.transform,
    )


def guess_figure_unit(header: str) -> str:
    """Return the unit of a bare figure under ``header``: the one in its name, or the likely one."""
    rule = _find_or_guess_rule(header)
    return guess_money_unit(header) if rule.unit is None else find_unit(header) or rule.unit


def _find_or_guess_rule(header: str) -> Rule:
    unit = find_unit(header)
    return find_rule(header) or (_UNKNOWN_MONEY if unit in WON or unit == DOLLAR else _UNKNOWN)


def find_unit(header: str) -> str:
    """Return the unit that ``header`` names, or an empty string."""
    name = _fold(header)
    return next((unit for unit, pattern in _UNIT_PATTERNS if re.search(pattern, name)), "")


def find_rule(name: str) -> Rule | None:
    """Return the rule with the longest word in ``name``, or None: "외식비" is dining out, not 식비."""
    plain = _PARENTHESES.sub("", _fold(name)) or _fold(name)
    found = [(length, rule) for rule in _all_rules() if (length := _longest_word(rule.words, plain))]
    if found:
        return max(found, key=lambda pair: pair[0])[1]
    return _SPENDING if _longest_word(_SPENDING.words, plain) else None


def find_category(name: str) -> str | None:
    """Return the key of the public category that ``name`` means, if any."""
    rule = find_rule(name)
    return rule.key if rule else None


def _all_rules() -> list[Rule]:
    return [*_RULES, *(_category_rule(group.column, group.words) for group in public_categories())]


def _category_rule(column: Column, words: tuple[str, ...]) -> Rule:
    names = (column.key, *(label.lower() for label in column.labels.values()))
    return Rule(
        words=(*words, *names),
        unit=None,
        lower=column.lower,
        upper=column.upper,
        transform=column.transform,
        key=column.key,
    )


def _longest_word(words: tuple[str, ...], name: str) -> int:
    return max((len(word) for word in words if _stands_in(word, name)), default=0)


def _stands_in(word: str, name: str) -> bool:
    if not word.isascii():
        return word in name
    tail = "" if word.endswith("*") else "(?![a-z])"
    return re.search(rf"(?<![a-z]){re.escape(word.rstrip('*').replace('_', ' '))}{tail}", name) is not None


def _fold(header: str) -> str:
    return unicodedata.normalize("NFKC", header).lower().replace("_", " ")


def guess_money_unit(header: str) -> str:
    """Return the unit of money that ``header`` names, or the likely one of its language."""
    unit = find_unit(header)
    return unit if unit in WON or unit == DOLLAR else ("원" if _HANGUL.search(header) else DOLLAR)
