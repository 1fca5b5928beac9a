from dataclasses import replace

import numpy as np
import pytest

from core.data import Recipe, generate


@pytest.fixture
def unnamed():
    return replace(generate(Recipe(n_people=30)), holdings=None, true_groups=None, person_ids=None)


def test_a_part_of_a_table_holds_those_people_in_the_order_asked_for():
    table = generate(Recipe(n_people=30))
    rows = np.array([7, 2, 29])

    part = table.take(rows)

    assert (part.values == table.values[rows]).all()
    assert (part.holdings.held == table.holdings.held[rows]).all()
    assert (part.true_groups == table.true_groups[rows]).all()
    assert part.columns == table.columns


def test_parts_of_other_people_have_other_keys_and_one_ledger():
    table = generate(Recipe(n_people=30))
    parts = [table, *(table.take(np.array(rows)) for rows in ([0, 1], [1, 0], [0, 1, 2]))]

    assert len({part.content_key for part in parts}) == len(parts)
    assert {part.people_key or part.content_key for part in parts} == {table.content_key}


def test_a_part_of_a_table_that_knows_only_amounts_knows_no_more(unnamed):
    part = unnamed.take(np.arange(3))

    assert (part.holdings, part.person_ids, part.true_groups) == (None, None, None)


def test_who_asks_for_products_that_nobody_told_is_told_so(unnamed):
    with pytest.raises(ValueError, match="knows no products"):
        unnamed.known_holdings()
