"""Held-out products: one of everybody who holds any, and nothing lost or added."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import Recipe, generate
from core.data.table import Holdings
from core.studies.held_out import HeldOut, HiddenProducts, hold_out

PRODUCTS = tuple("abcdefgh")


def _holdings(rows):
    return Holdings(products=PRODUCTS, held=np.array(rows, dtype=np.int8).reshape(len(rows), -1))


@given(st.lists(st.lists(st.integers(-1, 7), min_size=4, max_size=4), min_size=1, max_size=15), st.integers(0, 999))
def test_one_product_of_everybody_who_holds_any_is_hidden(rows, seed):
    training, hidden = hold_out(_holdings(rows), rng=np.random.default_rng(seed))

    before = [set(row) - {-1} for row in rows]
    after = [set(row) - {-1} for row in training.held.tolist()]
    assert hidden.people.tolist() == [row for row, held in enumerate(before) if held]
    for person, product in zip(hidden.people.tolist(), hidden.products.tolist(), strict=True):
        assert after[person] == before[person] - {product}
        assert product in before[person]


def test_the_only_product_of_a_person_is_the_one_hidden(rng):
    training, hidden = hold_out(_holdings([[3, -1], [-1, -1], [5, 5]]), rng=rng)

    assert (hidden.people.tolist(), hidden.products.tolist()) == ([0, 2], [3, 5])
    assert (training.held == -1).all()


def test_the_hidden_products_of_some_people_are_found_by_their_rows():
    hidden = HiddenProducts(people=np.array([0, 2, 2, 5]), products=np.array([7, 1, 3, 0]))

    some = hidden.of_people(np.array([2, 5]))

    assert (some.people.tolist(), some.products.tolist()) == ([2, 2, 5], [1, 3, 0])


def test_a_table_keeps_what_is_not_hidden():
    table = generate(Recipe(n_people=50))

    held_out = HeldOut.one_each(table, rng=np.random.default_rng(1))

    n_before = (table.holdings.held >= 0).sum()
    assert (held_out.holdings.held >= 0).sum() == n_before - len(held_out.hidden.people)
    assert held_out.table.values is table.values


def test_the_last_quarter_hides_what_was_not_held_before():
    held_out = HeldOut.last_quarter()

    before = held_out.holdings.held[held_out.hidden.people]
    assert len(before) > 0
    assert not (before == held_out.hidden.products[:, np.newaxis]).any()


def test_people_and_products_must_be_pairs():
    with pytest.raises(ValueError, match="2 people do not fit 1 products"):
        HiddenProducts(people=np.array([0, 1]), products=np.array([0]))
