"""Numbers as people read them: 1,234명, 3만 2천 원, ε 0.5, 2.7배."""

import math

from core.ingest.amounts import WON
from ui.text import Language, language, phrase

WON_PER_MANWON = 10_000
#: Won in each unit of Korean money.
WON_IN = WON | {"₩": 1.0}
#: What columns are counted in, and how it is said: one and many where a language tells them apart.
_COUNTERS = {
    "세": "figures.years",
    "명": "figures.members",
    "회": "figures.occasions",
    "건": "figures.cases",
    "개": "figures.items",
    "점": "figures.points",
}
_MONEY = {
    "원": "figures.won",
    "천원": "figures.thousand_won",
    "만원": "figures.manwon",
    "백만원": "figures.million_won",
}


def number(value: float) -> str:
    """Format a count or amount with thousands separators and as many decimals as it deserves."""
    size = abs(value)
    if size >= 100 or value == round(value):  # noqa: PLR2004 - three digits say enough
        return f"{value:,.0f}"
    return f"{value:,.1f}" if size >= 1 else f"{value:,.2g}"


def people(count: float) -> str:
    """Format a number of people: ``1,234명``, ``1,234 people``, ``1 person``."""
    told = f"{count:,.0f}"
    return phrase("figures.person") if told == "1" else phrase("figures.people", n=told)


def epsilon(value: float) -> str:
    """Format a privacy parameter without trailing zeros: ``0.05``, ``1``, ``10``."""
    return f"{value:.3g}"


def times(ratio: float) -> str:
    """Format a ratio with its word: ``1.03배``."""
    return phrase("figures.times", n=factor(ratio))


def factor(ratio: float) -> str:
    """Format a ratio: ``1.03`` below two, ``2.7`` below ten, whole numbers with separators beyond."""
    if ratio >= 10:  # noqa: PLR2004 - decimals of a large ratio say nothing
        return f"{ratio:,.0f}"
    return f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}"  # noqa: PLR2004


def share(value: float) -> str:
    """Format a share of a whole: ``12%``, one decimal below ten percent, and ``<0.1%`` rather than nothing."""
    if 0 < value < 0.001:  # noqa: PLR2004 - one decimal would show zero
        return "<0.1%"
    return f"{value:.1%}" if 0 < value < 0.1 else f"{value:.0%}"  # noqa: PLR2004


def amount(value: float, unit: str) -> str:
    """Format an amount in ``unit``; Korean money in 만 and 천, the rest with its unit."""
    if unit in WON_IN:
        return _won(value * WON_IN[unit])
    if unit == "$":
        return f"${value:,.0f}" if abs(value) >= 10 else f"${value:,.2f}"  # noqa: PLR2004
    told = number(value)
    if unit in _COUNTERS:
        return f"{told}{'' if language() is Language.KOREAN else ' '}{_counter(unit, told)}"
    return f"{told}%" if unit == "%" else f"{told} {unit_name(unit)}".strip()


def month(of_year: int) -> str:
    """Name a month, 1 to 12: ``5월``, ``May``."""
    return phrase("figures.months").split("|")[of_year - 1]


def year_month(text: str) -> str:
    """Say a month written as ``"2026-05"``: ``2026년 5월``, ``May 2026``."""
    year, _, of_year = text.partition("-")
    return phrase("figures.month", year=year, month=month(int(of_year)))


def unit_name(unit: str) -> str:
    """Say a unit in the session's language, as an axis does."""
    if unit in _COUNTERS:
        return _counter(unit, "many")
    return phrase(_MONEY[unit]) if unit in _MONEY else unit


def _counter(unit: str, told: str) -> str:
    words = phrase(_COUNTERS[unit]).split("|")
    return words[0] if told == "1" else words[-1]


def _won(won: float) -> str:
    if language() is Language.ENGLISH:
        return f"₩{_rounded(won):,.0f}"
    rounded = int(_rounded(abs(won)))
    hundred_millions, rest = divmod(rounded, 100_000_000)
    ten_thousands, rest = divmod(rest, WON_PER_MANWON)
    thousands = rest // 1_000
    parts = [f"{hundred_millions:,}억"] if hundred_millions else []
    parts += [f"{ten_thousands:,}만"] if ten_thousands else []
    # Beyond a hundred 만 the thousands are noise to the eye.
    parts += [f"{thousands}천"] if thousands and rounded < 100 * WON_PER_MANWON else []
    return ("-" if won < 0 and parts else "") + (" ".join(parts) if parts else str(rounded)) + " 원"


def _rounded(won: float) -> float:
    step = 1_000 if abs(won) >= 1_000 else 10  # noqa: PLR2004 - below a thousand won, tens count
    return math.floor(won / step + 0.5) * step
