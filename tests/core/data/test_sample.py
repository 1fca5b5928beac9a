import numpy as np
import pytest

from core.data import SAMPLE, load_sample
from core.data.sample import DEPARTMENTS, SMALL_DEPARTMENTS, load_sample_split


def test_the_sample_is_households_by_ten_departments_within_their_bounds():
    table = load_sample()

    assert table.source == SAMPLE
    assert table.values.shape == (2469, 10)
    assert [column.key for column in table.columns] == list(DEPARTMENTS)
    assert table.nonprivate_clipped().sum() == 0
    assert len(np.unique(table.person_ids)) == 2469


def test_a_department_adds_up_to_what_pandas_finds_in_the_published_files():
    # Computed once with a plain pandas merge and group-by of the two published files.
    table = load_sample()

    assert table.values[:, 0].sum(dtype=float) == pytest.approx(2_316_393.89, abs=1)
    assert table.values[:, 9].sum(dtype=float) == pytest.approx(57_261.22, abs=1)


def test_a_household_is_found_by_its_published_number():
    table = load_sample()

    assert table.person_id(table.row_of("1900")) == "1900"
    assert table.row_of("nobody") is None


def test_the_split_sample_is_three_quarters_and_what_was_new_after_them():
    split = load_sample_split()
    held = split.before.holdings.matrix()

    assert split.before.holdings.products == SMALL_DEPARTMENTS
    assert len(split.before.person_ids) == len(held) == split.before.n_people
    assert not held[split.new_people, split.new_products].any()
    pairs = np.column_stack([split.new_people, split.new_products])
    assert len(np.unique(pairs, axis=0)) == len(pairs)


def test_the_split_sample_equals_what_pandas_finds_in_the_published_files():
    # Households by department, before October and new since, computed once with a plain pandas group-by.
    split = load_sample_split()
    before = dict(zip(SMALL_DEPARTMENTS, split.before.holdings.matrix().sum(axis=0).tolist(), strict=True))

    assert (before["SEAFOOD-PCKGD"], before["FLORAL"], before["SPIRITS"]) == (1182, 759, 305)
    assert split.before.values.sum(dtype=float) == pytest.approx(3_298_563.81, abs=10)
    assert len(split.new_people) == 952
