"""Bounds proposed for a column from its name and unit alone, never from its values, so that they stay public."""

import re
import unicodedata
from functools import cache

from core.data.categories import public_categories
from core.data.table import Column, Transform
from core.ingest.column_rules import FREQUENCY, RATE, RULES, SPENDING, UNKNOWN, UNKNOWN_MONEY, Rule
from core.ingest.currencies import DOLLAR, WON, is_money, per_manwon

MANWON = "만원"

PERCENT = "%"
_UNIT_PATTERNS = (
    ("백만원", r"백만\s*원|million won"),
    ("만원", r"만\s*원|10k won|10,000 won"),
    ("천원", r"천\s*원|thousand won|1,000 won"),
    ("원", r"[(\[,/_ ]원[)\]]?$|krw|₩|\bwon\b"),
    ("k$", r"\bk\s?\$|\$\s?k\b|\bk\s?usd\b|\busd\s?k\b|thousand dollars|thousands? of dollars|\$\s?1,?000s?\b"),
    ("k€", r"\bk\s?€|€\s?k\b|\bk\s?eur\b|\bt€|\bt\s?eur\b|tsd\.?\s?(€|eur)"),
    ("k£", r"\bk\s?£|£\s?k\b|\bk\s?gbp\b"),
    ("R$", r"\br\$|\bbrl\b"),
    (DOLLAR, r"\$|usd|dollar|달러"),
    ("€", r"€|\beur\b|\beuros?\b|유로"),
    ("£", r"£|\bgbp\b|\bpounds? sterling\b|\(pounds?\)"),
    ("¥", r"¥|\bjpy\b|円|\byen\b|엔화"),
    ("元", r"\bcny\b|\brmb\b|\(元\)|위안"),
    ("CHF", r"\bchf\b|\bsfr\b"),
    ("₹", r"₹|\binr\b|\brupees?\b"),
    ("kr", r"\(kr\.?\)|\bsek\b|\bnok\b|\bdkk\b"),
    ("zł", r"\bzł\b|\bpln\b"),
    ("세", r"\(세\)|\byears? old\b"),
    ("명", r"\(명\)"),
    ("회", r"\(회\)"),
    ("건", r"\(건\)"),
    ("개", r"\(개\)"),
    ("점", r"\(점\)"),
    (PERCENT, r"%|퍼센트|percent|\bpct\b"),
)
_HANGUL = re.compile("[가-힣]")
_KANA_OR_KANJI = re.compile("[぀-ヿ㐀-鿿]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
#: "(1-100)", "[0~1]", "1 to 5", "out of 10": the range that a name gives.
_RANGE = re.compile(
    r"[(\[]\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|~|〜|to|bis|à|\.\.)\s*(\d+(?:\.\d+)?)\s*(?:점|点|%|세)?\s*[)\]]"
)
_OUT_OF = re.compile(r"(?:out of|von|sur|/)\s?(\d{1,4})\s*[)\]]?$|[(\[]\s*(\d{1,4})\s*점\s*만점\s*[)\]]")
#: A range of years says of which time the column is.
_YEAR_LEAST = 1900
#: At the end of a name these say that it is money, whatever stands before: "연령대_20_매출_금액".
_ENDS_AS_MONEY = re.compile(r"(금액|매출|매출액|지출|지출액|소비액|amount|amt|spend|spending|sales|betrag|金額)$")
#: Months that a name says its amounts cover.
_MONTHLY = re.compile(
    r"^월|월\s?평균|월별|monthly|per month|/\s?month|a month|mensuel|monatlich|pro monat|mensual|mensile|月額|月間"
)
_YEARLY = re.compile(r"^연|연간|annual|yearly|per year|/\s?year|jährlich|annuel|anual|annuo|年間|年収")
_MONTHS_A_YEAR = 12


def propose_column(header: str, *, months: int = 1, unit: str | None = None, likely: str | None = None) -> Column:
    """Propose what a column means from its ``header``; for the user to accept or change.

    Won are counted in 만원 whatever unit the file uses: on a logarithmic scale won would set nothing but zero apart
    from the rest. Other money keeps its unit.

    Args:
        header: Name of the column, with or without its unit: ``"식비(만원)"``, ``"age"``.
        months: Months of spending that an amount covers unless the name says it; bounds of money grow with them.
        unit: Unit of money that the cells carry, if the name has none: it makes any column one of money.
        likely: Unit of money where neither name nor cells have one; None: the likely one of the name's language.

    Returns:
        A column; its key is the public category's if the name means one, the header otherwise.
    """
    rule = _find_or_guess_rule(header, unit)
    figure_unit = guess_figure_unit(header, unit, likely=likely)
    column_unit = MANWON if rule.unit is None and figure_unit in WON else figure_unit
    lower, upper = _find_range(header) or (rule.lower, rule.upper * _find_factor(header, rule, column_unit, months))
    label = _PARENTHESES.sub("", header) or header
    category = next((group.column for group in public_categories() if group.column.key == rule.key), None)
    return Column(
        key=rule.key or header,
        labels={**(category.labels if category else {}), "ko" if _HANGUL.search(label) else "en": label},
        unit=column_unit,
        lower=lower,
        upper=upper,
        transform=rule.transform if _find_range(header) is None else Transform.IDENTITY,
    )


def names_bounds(header: str) -> bool:
    """Tell whether a name says anything of its column's values; else its bounds are a guess that fits most money."""
    return _find_range(header) is not None or find_rule(header) is not None or find_unit(header) != ""


def _find_range(header: str) -> tuple[float, float] | None:
    """Return the range that a name gives: "(1-100)", "out of 5"."""
    name = unicodedata.normalize("NFKC", header).lower()
    match, out_of = _RANGE.search(name), _OUT_OF.search(name)
    if match:
        lower, upper = float(match[1]), float(match[2])
        return (lower, upper) if lower < upper < _YEAR_LEAST else None
    if out_of and float(out_of[1] or out_of[2]) > 0:
        return 0.0, float(out_of[1] or out_of[2])
    return None


def _find_factor(header: str, rule: Rule, unit: str, months: int) -> float:
    """Return what a rule's bounds are multiplied by: the scale of the unit, and the time that amounts cover."""
    if rule.unit is not None:
        return 1.0
    name = _fold(header)
    covered = 1 if _MONTHLY.search(name) else _MONTHS_A_YEAR if _YEARLY.search(name) else months
    # A rule for a year's money and one for a balance say all there is to say of time.
    return per_manwon(unit) * (covered if rule.months == 1 else 1)


def guess_figure_unit(header: str, unit: str | None = None, *, likely: str | None = None) -> str:
    """Return the unit of a bare figure under ``header``: the one in its name or its cells, or the likely one."""
    rule = _find_or_guess_rule(header, unit)
    return guess_money_unit(header, unit, likely=likely) if rule.unit is None else find_unit(header) or rule.unit


def _find_or_guess_rule(header: str, unit: str | None = None) -> Rule:
    has_money = is_money(find_unit(header) or unit or "")
    rule = find_rule(header)
    if PERCENT in (find_unit(header), unit) and (rule is None or rule.unit is None):
        # A share of what is bought is no money, whatever is bought.
        return find_rule("percent") or UNKNOWN
    if rule is not None and rule.unit is not None and has_money:
        # What is written with a currency is money, whatever else the name says.
        rule = None
    return rule or (UNKNOWN_MONEY if has_money else UNKNOWN)


def find_unit(header: str) -> str:
    """Return the unit that ``header`` names, or an empty string."""
    name = _fold(header)
    return next((unit for unit, pattern in _UNIT_PATTERNS if re.search(pattern, name)), "")


def find_rule(name: str) -> Rule | None:
    """Return the rule with the longest word in ``name``, or None: "외식비" is dining out, not 식비."""
    plain = _PARENTHESES.sub("", _fold(name)) or _fold(name)
    if FREQUENCY.search(plain):
        return RATE
    found = [(length, rule) for rule in _all_rules() if (length := _longest_word(rule.words, plain))]
    if found and not (_ENDS_AS_MONEY.search(plain) and max(found, key=lambda pair: pair[0])[1].unit is not None):
        return max(found, key=lambda pair: pair[0])[1]
    return SPENDING if _longest_word(SPENDING.words, plain) else None


def find_category(name: str) -> str | None:
    """Return the key of the public category that ``name`` means, if any."""
    rule = find_rule(name)
    return rule.key if rule else None


@cache
def _all_rules() -> tuple[Rule, ...]:
    return (*RULES, *(_category_rule(group.column, group.words) for group in public_categories()))


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
    return " ".join(_CAMEL.sub(" ", unicodedata.normalize("NFKC", header)).lower().replace("_", " ").split())


def guess_money_unit(header: str, unit: str | None = None, *, likely: str | None = None) -> str:
    """Return the unit of money that ``header`` or its cells name, or the likely one of its language."""
    named = find_unit(header)
    if is_money(named) or unit:
        return named if is_money(named) else unit or ""
    if likely:
        return likely
    if _HANGUL.search(header):
        return "원"
    return "¥" if _KANA_OR_KANJI.search(header) else DOLLAR if likely is None else likely
