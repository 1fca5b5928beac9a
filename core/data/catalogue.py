"""The public catalogue: products that may be recommended. It never depends on the people in the data."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from core.data.labels import Labels, read_labels

CATALOGUE_FILE = Path(__file__).parents[2] / "assets" / "catalogue.csv"


class ProductKind(StrEnum):
    """What a product is, in the order in which lists show it."""

    DEPOSIT = "deposit"
    SAVINGS = "savings"
    CARD = "card"
    LOAN = "loan"
    INSURANCE = "insurance"
    PENSION = "pension"
    INVESTMENT = "investment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product, with everything that a card on the screen must disclose.

    Attributes:
        id: Identifier that holdings refer to.
        kind: What it is.
        names: Name for people, by language.
        providers: Who offers it, by language.
        base_rate: Percent a year without any condition met; None where a rate means nothing.
        best_rate: Percent a year with every condition met; below ``base_rate`` for loans.
        conditions: What the best rate or the benefits ask for, by language; empty if nothing.
        term_months: Length of the contract; 0 when open-ended.
        eligibility: Who may join, by language; empty if nothing is said.
        benefits: Percent returned by spending category (keys of the public categories), read-only.
        disclosure_month: Month of the figures, ``"2026-05"``.
        source: Where the product comes from; ``"illustrative"`` means invented.
    """

    id: str
    kind: ProductKind
    names: Labels = field(hash=False)
    providers: Labels = field(hash=False)
    base_rate: float | None
    best_rate: float | None
    conditions: Labels = field(hash=False)
    term_months: int
    eligibility: Labels = field(hash=False)
    benefits: Mapping[str, float] = field(hash=False)
    disclosure_month: str
    source: str

    @property
    def is_illustrative(self) -> bool:
        """Whether the product is invented and must be marked so."""
        return self.source == "illustrative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All products, in a public order.

    Attributes:
        products: The products; identifiers are unique.
    """

    products: tuple[Product, ...]

    def __post_init__(self) -> None:
        ids = self.ids
        if len(set(ids)) < len(ids):
            repeated = sorted({product_id for product_id in ids if ids.count(product_id) > 1})
            raise ValueError(f"product ids must be unique, not repeated: {', '.join(repeated)}")

    @property
    def ids(self) -> tuple[str, ...]:
        """Identifiers in the catalogue's order."""
        return tuple(product.id for product in self.products)

    def __len__(self) -> int:
        return len(self.products)

    def product(self, product_id: str) -> Product:
        """Return the product with this identifier.

        Raises:
            KeyError: If there is none.
        """
        for product in self.products:
            if product.id == product_id:
                return product
        raise KeyError(product_id)


@cache
def load_catalogue() -> Catalogue:
    """Return the built-in illustrative catalogue; read once.

    Raises:
        ValueError: If an identifier stands there twice.
    """
    with CATALOGUE_FILE.open(encoding="utf-8", newline="") as file:
        return Catalogue(products=tuple(_product(row) for row in csv.DictReader(file)))


def _product(row: dict[str, str]) -> Product:
    return Product(
        id=row["id"],
        kind=ProductKind(row["kind"]),
        names=read_labels(row, "name"),
        providers=read_labels(row, "provider"),
        base_rate=_rate(row["base_rate"]),
        best_rate=_rate(row["best_rate"]),
        conditions=read_labels(row, "conditions"),
        term_months=int(row["term_months"]),
        eligibility=read_labels(row, "eligibility"),
        benefits=_benefits(row["benefits"]),
        disclosure_month=row["disclosure_month"],
        source=row["source"],
    )


def _rate(text: str) -> float | None:
    return float(text) if text else None


def _benefits(text: str) -> Mapping[str, float]:
    pairs = (pair.split(":") for pair in text.split("|") if pair)
    return {category: float(percent) for category, percent in pairs}
