"""Files to start from: five synthetic people, one row each or one row a transaction."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.data.categories import public_categories
from core.data.generate import Recipe, generate
from core.data.labels import choose_label
from core.data.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a file says in one language, in words that uploads are recognised by.

    Attributes:
        language: Code of the language.
        unit: Ten thousand won, as a header writes it.
        products: Header of the products held.
        people: Names of the people.
        long_header: Headers of person, date, category and amount in won.
    """

    language: str
    unit: str
    products: str
    people: tuple[str, ...]
    long_header: tuple[str, str, str, str]


_KOREAN = Words(
    language="ko",
    unit="만원",
    products="보유상품",
    people=("하늘", "바다", "가람", "나래", "다솜"),
    long_header=("고객", "날짜", "분류", "금액"),
)
_ENGLISH = Words(
    language="en",
    unit="10k won",
    products="products",
    people=("Sky", "Sea", "River", "Wing", "Love"),
    long_header=("person", "date", "category", "amount (won)"),
)
#: The languages that uploads are recognised in; all others are given the English files.
WORDS: Mapping[str, Words] = MappingProxyType({words.language: words for words in (_KOREAN, _ENGLISH)})
#: Transactions of each person in the long file: a category a column of the generated people, spread over a month.
_DAYS = (2, 5, 9, 14, 20, 27)
_CATEGORIES_SHOWN = (0, 3, 6, 7, 8, 10)


def wide_template(language: str) -> bytes:
    """Return a CSV of five people, one row each, monthly 만원 by public category, with products; UTF-8 with BOM."""
    table, words = _generate_people(), _words(language)
    header = ["id", *(f"{label} ({words.unit})" for label in _labels(words)), words.products]
    rows = [
        [name, *(f"{amount:g}" for amount in table.values[row].tolist()), "|".join(_products_of(table, row))]
        for row, name in enumerate(words.people)
    ]
    return _csv([header, *rows])


def long_template(language: str) -> bytes:
    """Return a CSV of the same five people, one row a transaction in won; UTF-8 with BOM."""
    table, words = _generate_people(), _words(language)
    labels = _labels(words)
    rows = [
        [name, f"2026-05-{day:02d}", labels[index], f"{round(float(amounts[index]) * 10_000):,}"]
        for name, amounts in zip(words.people, table.values, strict=False)
        for day, index in zip(_DAYS, _CATEGORIES_SHOWN, strict=True)
    ]
    return _csv([list(words.long_header), *rows])


def _words(language: str) -> Words:
    return WORDS.get(language, _ENGLISH)


def _generate_people() -> Table:
    return generate(Recipe(n_people=30, n_personas=5))


def _products_of(table: Table, row: int) -> list[str]:
    holdings = table.holdings
    return [] if holdings is None else [holdings.products[index] for index in holdings.held[row] if index >= 0]


def _labels(words: Words) -> list[str]:
    return [choose_label(group.column.labels, words.language) for group in public_categories()]


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
