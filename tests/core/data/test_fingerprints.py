"""The same people are recognised however their file was saved; others are not."""

from dataclasses import replace

import numpy as np
import pytest

from core.data import UPLOAD, Column, Table
from core.data import fingerprints as module
from core.data.fingerprints import DISTINCT_LEAST, fingerprint_people
from core.data.table import with_bounds


def make_table(values, name="x", file="a"):
    values = np.asarray(values, dtype=np.float32)
    columns = tuple(
        Column(key=f"{name}{j}", labels={"ko": name, "en": name}, unit="", lower=0.0, upper=100.0)
        for j in range(values.shape[1])
    )
    digest = f"{name}-{values.tobytes().hex()[:32]}"
    return Table(columns=columns, values=values, source=UPLOAD, content_key=digest, people_key=file)


@pytest.fixture
def values(rng):
    return rng.uniform(0, 100, (200, 3)).astype(np.float32)


def are_same(first, second):
    """Return whether two tables count as the same people."""
    return bool(set(fingerprint_people(first)) & set(fingerprint_people(second)))


def saved_anew(values, **changed):
    """Return the table of a file of other bytes."""
    return make_table(values, file="b", **changed)


def test_renamed_columns_another_order_and_a_part_of_the_columns_are_the_same_people(values, rng):
    table = make_table(values)

    assert are_same(table, saved_anew(values, name="renamed"))
    assert are_same(table, saved_anew(values[rng.permutation(200)]))
    assert are_same(table, saved_anew(values[:, [2, 0, 1]]))
    assert are_same(table, saved_anew(values[:, [1]]))
    assert are_same(table, saved_anew(np.column_stack([values, rng.uniform(0, 1, 200)])))


def test_other_bounds_are_the_same_people_with_the_same_fingerprints(values):
    table = make_table(values)

    assert fingerprint_people(with_bounds(table, {0: (5.0, 20.0)})) == fingerprint_people(table)


def test_one_corrected_value_leaves_the_people_the_same(values):
    corrected = values.copy()
    corrected[7, 1] = 3.0

    assert are_same(make_table(values), saved_anew(corrected))


def test_the_same_file_is_the_same_people_whatever_is_made_of_it(values):
    assert are_same(make_table(values), make_table(values / 12, name="monthly"))


def test_other_people_and_people_with_one_more_or_less_are_not_recognised(values, rng):
    table = make_table(values)

    assert not are_same(table, saved_anew(rng.uniform(0, 100, (200, 3))))
    assert not are_same(table, saved_anew(values[1:]))


def test_a_column_of_few_different_values_makes_nobody_the_same(rng):
    flags, others = (np.column_stack([rng.permutation(200) % 2, rng.uniform(0, 1, 200)]) for _ in range(2))

    assert not are_same(make_table(flags), saved_anew(others))


def test_people_of_whom_only_few_values_are_known_are_recognised_by_all_of_them_together(rng):
    flags = rng.integers(0, DISTINCT_LEAST // 2, (60, 2))

    assert are_same(make_table(flags), saved_anew(flags[rng.permutation(60)]))
    assert not are_same(make_table(flags), saved_anew(rng.integers(0, DISTINCT_LEAST // 2, (60, 2))))


def test_minus_zero_is_zero_and_how_rows_are_cut_into_chunks_says_nothing(values, monkeypatch):
    values[0] = 0.0
    negative = values.copy()
    negative[0] = -0.0
    before = fingerprint_people(make_table(values))

    monkeypatch.setattr(module, "_CELLS_AT_ONCE", 7)

    assert fingerprint_people(make_table(negative)) == before


def test_a_part_of_the_people_is_charged_to_the_ledger_of_all(values):
    table = replace(make_table(values), people_key="")

    assert are_same(table, table.take(np.arange(5)))
