"""People with some of their products hidden: what recommenders are tested on."""

from dataclasses import dataclass, replace

import numpy as np

from core.arrays import IntArray, read_only
from core.data.sample import load_sample_split
from core.data.table import Holdings, Table
from core.recommendation.contributions import drop_repeats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HiddenProducts:
    """Products hidden from a recommender, one of one person a row.

    Attributes:
        people: Row of the person, of shape ``(n_hidden,)``.
        products: Index of the product, of the same shape.
    """

    people: IntArray
    products: IntArray

    def __post_init__(self) -> None:
        if self.people.shape != self.products.shape:
            raise ValueError(f"{self.people.size} people do not fit {self.products.size} products")

    def of_people(self, rows: IntArray) -> "HiddenProducts":
        """Return those of the people in ``rows``."""
        chosen = np.isin(self.people, rows)
        return HiddenProducts(people=self.people[chosen], products=self.products[chosen])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeldOut:
    """People and the products hidden from those who recommend to them.

    Attributes:
        table: The people, with what else they hold.
        hidden: The hidden products.
    """

    table: Table
    hidden: HiddenProducts

    @classmethod
    def one_each(cls, table: Table, *, rng: np.random.Generator) -> "HeldOut":
        """Hide one product, chosen evenly, of everybody who holds any.

        Raises:
            ValueError: If the table knows no products.
        """
        training, hidden = hold_out(table.known_holdings(), rng=rng)
        return cls(table=replace(table, holdings=training), hidden=hidden)

    @classmethod
    def last_quarter(cls) -> "HeldOut":
        """Return the real households, the departments that they first shopped in during the last quarter hidden."""
        split = load_sample_split()
        return cls(table=split.before, hidden=HiddenProducts(people=split.new_people, products=split.new_products))

    @property
    def holdings(self) -> Holdings:
        """Products that are left to recommend by."""
        return self.table.known_holdings()


def hold_out(holdings: Holdings, *, rng: np.random.Generator) -> tuple[Holdings, HiddenProducts]:
    """Hide one product, chosen evenly, of everybody who holds any.

    Returns:
        Holdings without the hidden products, and the hidden products.
    """
    held = drop_repeats(holdings.held)
    n_held = (held >= 0).sum(axis=1)
    people = np.flatnonzero(n_held)
    # The products of a row sort behind its empty places.
    in_order = np.sort(held, axis=1)
    places = in_order.shape[1] - 1 - rng.integers(n_held[people])
    hidden = in_order[people, places].copy()
    in_order[people, places] = -1
    training = Holdings(products=holdings.products, held=read_only(in_order))
    return training, HiddenProducts(people=people, products=hidden)
