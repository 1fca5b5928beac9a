"""Files to start from: five synthetic people, one row each or one row a transaction."""

import csv
import io
from typing import Literal

from core.data.categories import public_categories
from core.data.generate import Recipe, generate
from core.data.table import Table

Language = Literal["ko", "en"]

#: How each language writes "ten thousand won" in a header.
_UNIT = {"ko": "만원", "en": "10k won"}
_PRODUCTS = {"ko": "보유상품", "en": "products"}
_PEOPLE = {"ko": ("하늘", "바다", "가람", "나래", "다솜"), "en": ("Sky", "Sea", "River", "Wing", "Love")}
_LONG_HEADER = {"ko": ("고객", "날짜", "분류", "금액"), "en": ("person", "date", "category", "amount (won)")}
#: Transactions of each person in the long file: a category a column of the generated people, spread over a month.
_DAYS = (2, 5, 9, 14, 20, 27)
_CATEGORIES_SHOWN = (0, 3, 6, 7, 8, 10)


def wide_template(language: Language) -> bytes:
    """Return a CSV of five people, one row each, monthly 만원 by public category, with products; UTF-8 with BOM."""
    table = _generate_people()
    header = ["id", *(f"{label} ({_UNIT[language]})" for label in _labels(language)), _PRODUCTS[language]]
    rows = [
        [name, *(f"{amount:g}" for amount in table.values[row].tolist()), "|".join(_products_of(table, row))]
        for row, name in enumerate(_PEOPLE[language])
    ]
    return _csv([header, *rows])


def long_template(language: Language) -> bytes:
    """Return a CSV of the same five people, one row a transaction in won; UTF-8 with BOM."""
    table = _generate_people()
    labels = _labels(language)
    rows = [
        [name, f"2026-05-{day:02d}", labels[index], f"{round(float(amounts[index]) * 10_000):,}"]
        for name, amounts in zip(_PEOPLE[language], table.values, strict=False)
        for day, index in zip(_DAYS, _CATEGORIES_SHOWN, strict=True)
    ]
    return _csv([list(_LONG_HEADER[language]), *rows])


def _generate_people() -> Table:
    return generate(Recipe(n_people=30, n_personas=5))


def _products_of(table: Table, row: int) -> list[str]:
    holdings = table.holdings
    return [] if holdings is None else [holdings.products[index] for index in holdings.held[row] if index >= 0]


def _labels(language: Language) -> list[str]:
    columns = [group.column for group in public_categories()]
    return [column.label_ko if language == "ko" else column.label_en for column in columns]


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
