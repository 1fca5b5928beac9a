"""Numbers as people read them: 1,234명, 3만 2천 원, ε 0.5, 2.7배."""

from core.ingest.currencies import WON
from ui.text import language, phrase

#: Won in each unit of Korean money.
WON_IN = {**WON, "₩": 1.0}
#: What columns are counted in, and how it is said: one form a number where a language tells numbers apart.
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
        return language().write(f"{value:,.0f}")
    return language().write(f"{value:,.1f}" if size >= 1 else f"{value:,.2g}")


def decimals(value: float, places: int = 2) -> str:
    """Format a number with so many decimals: ``0.97``; what rounds to zero has no sign."""
    return language().write(f"{value:z,.{places}f}")


def significant(value: float, digits: int = 6) -> str:
    """Format a number with at most so many digits and no trailing zeros: ``0.05``, ``1``, ``2.5``."""
    return language().write(f"{value:,.{digits}g}")


def people(count: float) -> str:
    """Format a number of people: ``1,234명``, ``1,234 people``, ``1 person``."""
    return phrase("figures.people", n=decimals(count, 0))


def epsilon(value: float) -> str:
    """Format a privacy parameter without trailing zeros: ``0.05``, ``1``, ``10``."""
    return significant(value, 3)


def times(ratio: float) -> str:
    """Format a ratio with its word: ``1.03배``."""
    return phrase("figures.times", n=factor(ratio))


def factor(ratio: float) -> str:
    """Format a ratio: ``1.03`` below two, ``2.7`` below ten, whole numbers with separators beyond."""
    if ratio >= 10:  # noqa: PLR2004 - decimals of a large ratio say nothing
        return decimals(ratio, 0)
    return decimals(ratio, 1 if ratio >= 2 else 2)  # noqa: PLR2004


def share(value: float) -> str:
    """Format a share of a whole: ``12%``, one decimal below ten percent, and ``<0.1%`` rather than nothing."""
    if 0 < value < 0.001:  # noqa: PLR2004 - one decimal would show zero
        return language().write("<0.1%")
    return language().write(f"{value:.1%}" if 0 < value < 0.1 else f"{value:.0%}")  # noqa: PLR2004


def amount(value: float, unit: str) -> str:
    """Format an amount in ``unit``: money as the language writes it, the rest with its unit."""
    if unit in WON_IN:
        return language().write(language().write_won(value * WON_IN[unit]))
    if unit == "$":
        return f"${decimals(value, 0 if abs(value) >= 10 else 2)}"  # noqa: PLR2004
    told = number(value)
    if unit in _COUNTERS:
        return phrase("figures.counted", n=told, counter=language().choose_form(phrase(_COUNTERS[unit]), told))
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
        return phrase(_COUNTERS[unit]).split("|")[-1]
    return phrase(_MONEY[unit]) if unit in _MONEY else unit
