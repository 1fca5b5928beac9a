"""Personas: kinds of household that generated people are drawn from."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from core.arrays import FloatArray, read_only
from core.data.catalogue import Catalogue, Product, ProductKind
from core.data.categories import public_categories
from core.data.labels import Labels, read_labels

PERSONAS_FILE = Path(__file__).parents[2] / "assets" / "personas.csv"
#: How strongly a benefit draws the people who spend much on it: odds grow by 1 + percent × this × relative spending.
BENEFIT_PULL = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """One kind of household.

    Attributes:
        key: Identifier.
        labels: Name for people, by language.
        medians: Median monthly amounts in 만원, of shape ``(n_categories,)``.
        products_mean: Mean number of products drawn for a person; at most 4.
        kind_odds: Relative odds of each kind of product.
    """

    key: str
    labels: Labels
    medians: FloatArray
    products_mean: float
    kind_odds: dict[ProductKind, float]


@cache
def load_personas() -> tuple[Persona, ...]:
    """Return all personas, the most different ones first; read once."""
    with PERSONAS_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_persona(row) for row in csv.DictReader(file))


def _persona(row: dict[str, str]) -> Persona:
    medians = np.asarray([float(row[category.column.key]) for category in public_categories()])
    return Persona(
        key=row["key"],
        labels=read_labels(row, "label"),
        medians=read_only(medians),
        products_mean=float(row["products"]),
        kind_odds={kind: float(row[kind]) for kind in ProductKind},
    )


def product_odds(persona: Persona, catalogue: Catalogue) -> FloatArray:
    """Return the probability that a product drawn for ``persona`` is each of ``catalogue``'s; adds up to 1."""
    typical = np.mean([other.medians for other in load_personas()], axis=0)
    keys = [category.column.key for category in public_categories()]
    relative: list[float] = ((persona.medians / typical) ** 2).tolist()
    spending = dict(zip(keys, relative, strict=True))
    n_of_kind = {kind: sum(product.kind is kind for product in catalogue.products) for kind in ProductKind}

    def odds(product: Product) -> float:
        pull = sum(percent * spending.get(key, 0.0) for key, percent in product.benefits.items())
        return persona.kind_odds[product.kind] / n_of_kind[product.kind] * (1.0 + BENEFIT_PULL * pull)

    weights = np.asarray([odds(product) for product in catalogue.products])
    probabilities: FloatArray = weights / weights.sum()
    return probabilities
