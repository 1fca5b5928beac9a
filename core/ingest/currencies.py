"""Units of money as people write them, and how their scales compare: only public bounds depend on the latter."""

import re
from collections.abc import Mapping
from types import MappingProxyType

#: Won in one of each unit of won.
WON: Mapping[str, float] = MappingProxyType({"원": 1.0, "천원": 1e3, "만원": 1e4, "백만원": 1e6})
DOLLAR = "$"
#: What a unit is called in cells, lower case.
SPELLINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "원": ("₩", "\\", "krw", "원", "won"),
        "$": ("us$", "$", "usd", "달러", "dollars", "dollar", "a$", "c$", "hk$", "s$", "aud", "cad", "sgd"),
        "€": ("€", "eur", "euros", "euro", "유로"),
        "£": ("£", "gbp", "pounds", "pound"),
        "¥": ("¥", "jpy", "円", "yen", "엔"),
        "元": ("元", "cny", "rmb", "위안"),
        "CHF": ("chf", "sfr.", "sfr", "fr."),
        "₹": ("₹", "inr", "rs.", "rs"),
        "kr": ("kr.", "kr", "sek", "nok", "dkk"),
        "zł": ("zł", "pln"),
        "R$": ("r$", "brl"),
        "Kč": ("kč", "czk"),
        "Ft": ("huf",),
        "₺": ("₺",),
        "lei": ("lei", "ron"),
        "₽": ("₽", "rub", "руб."),
    }
)
#: Units in one 10 000 won, in round numbers: the bounds of money are written in 만원.
PER_MANWON: Mapping[str, float] = MappingProxyType(
    {
        "$": 10.0,
        "€": 10.0,
        "£": 10.0,
        "CHF": 10.0,
        "¥": 1000.0,
        "元": 50.0,
        "₹": 600.0,
        "kr": 100.0,
        "zł": 40.0,
        "R$": 50.0,
        "Kč": 170.0,
        "Ft": 2700.0,
        "₺": 300.0,
        "lei": 35.0,
        "₽": 700.0,
    }
)
#: Thousands of a unit, as names of columns have them: "k$".
THOUSANDS = "k"
#: Units that nobody divides: groups of three digits are thousands.
WHOLE_UNITS = (*WON, "¥")
_UNIT_OF: Mapping[str, str] = MappingProxyType(
    {spelling: unit for unit, spellings in SPELLINGS.items() for spelling in spellings}
)


def find_currency(token: str) -> str:
    """Return the unit that ``token`` means, or an empty string."""
    return _UNIT_OF.get(token.strip().lower(), "")


def is_money(unit: str) -> bool:
    """Tell whether ``unit`` is one of money."""
    return unit in WON or unscaled(unit) in PER_MANWON


def unscaled(unit: str) -> str:
    """Return a unit without its thousands: "k$" is "$", and "kr" is none of thousands."""
    return unit if unit in PER_MANWON else unit.removeprefix(THOUSANDS)


def per_manwon(unit: str) -> float:
    """Return how many of ``unit`` are about 10 000 won; of an unknown currency as many as dollars."""
    if unit in WON:
        return WON["만원"] / WON[unit]
    if unit not in PER_MANWON and unscaled(unit) in PER_MANWON:
        return PER_MANWON[unscaled(unit)] / 1000.0
    return PER_MANWON.get(unit, PER_MANWON[DOLLAR])


def currency_pattern() -> str:
    """Return a pattern of all spellings, longest first."""
    return "|".join(
        re.escape(spelling) for spelling in sorted(_UNIT_OF, key=lambda spelling: (-len(spelling), spelling))
    )
