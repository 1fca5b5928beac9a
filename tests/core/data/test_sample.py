import numpy as np
import pytest

from core.data import Source, load_sample
from core.data.sample import DEPARTMENTS


def test_the_sample_is_households_by_ten_departments_within_their_bounds():
    table = load_sample()

    assert table.source is Source.SAMPLE
    assert table.values.shape == (2469, 10)
    assert [column.key for column in table.columns] == [key for key, _, _ in DEPARTMENTS]
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
