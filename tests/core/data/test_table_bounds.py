"""Other bounds on the same people: values stay raw, people stay the same people, everything else is another table."""

import numpy as np
import pytest

from core.data.generate import prototype_2020
from core.data.sample import sample_columns
from core.data.sources import SAMPLE
from core.data.table import Table, unbounded_key, with_bounds


def test_wider_bounds_see_what_was_clipped_before():
    table = prototype_2020()

    tight = with_bounds(table, {0: (0.0, 50.0)})
    wide = with_bounds(tight, {0: (0.0, 200.0)})

    assert tight.nonprivate_clipped()[0, 1] > table.nonprivate_clipped()[0, 1] == 0
    assert wide.nonprivate_clipped()[0, 1] == 0
    assert np.shares_memory(wide.values, table.values)
    assert (wide.columns[0].upper, wide.columns[1:]) == (200.0, table.columns[1:])


def test_content_changes_with_bounds_and_people_do_not():
    table = prototype_2020()
    tight, tighter = (with_bounds(table, {0: (0.0, upper)}) for upper in (50.0, 40.0))

    assert len({table.content_key, tight.content_key, tighter.content_key}) == 3
    assert tight.people_key == tighter.people_key == table.content_key
    assert unbounded_key(tight) == unbounded_key(table) == table.content_key


def test_the_same_bounds_are_the_same_table():
    table = prototype_2020()

    assert with_bounds(table, {}) is table
    assert with_bounds(table, {0: (table.columns[0].lower, table.columns[0].upper)}) is table
    assert with_bounds(table, {0: (0.0, 50.0)}).content_key == with_bounds(table, {0: (0.0, 50.0)}).content_key


@pytest.mark.parametrize(
    ("bounds", "message"),
    [({3: (0.0, 1.0)}, "columns must be numbered"), ({-1: (0.0, 1.0)}, "numbered"), ({0: (1.0, 1.0)}, "increasing")],
)
def test_impossible_bounds_are_refused(bounds, message):
    with pytest.raises(ValueError, match=message):
        with_bounds(prototype_2020(), bounds)


def test_a_logarithm_keeps_its_lower_bound_at_least_zero():
    table = Table(columns=sample_columns(), values=np.ones((2, 10)), source=SAMPLE, content_key="few")

    with pytest.raises(ValueError, match="log1p"):
        with_bounds(table, {0: (-5.0, 10.0)})
