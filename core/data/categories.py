"""The 12 household expenditure groups of the Korean COICOP classification, with bounds that anyone may know."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.data.labels import read_labels
from core.data.table import Column, Transform

CATEGORIES_FILE = Path(__file__).parents[2] / "assets" / "categories.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One expenditure group.

    Attributes:
        column: The group as a column of monthly amounts in 만원.
        words: Lower-case words, in any language, that name it in other people's files.
    """

    column: Column
    words: tuple[str, ...]


@cache
def public_categories() -> tuple[Category, ...]:
    """Return the 12 groups in the classification's order; read once."""
    with CATEGORIES_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_category(row) for row in csv.DictReader(file))


def _category(row: dict[str, str]) -> Category:
    column = Column(
        key=row["key"],
        labels=read_labels(row, "label"),
        unit="만원",
        lower=0.0,
        upper=float(row["upper"]),
        transform=Transform.LOG1P,
    )
    return Category(column=column, words=tuple(row["words"].split("|")))
