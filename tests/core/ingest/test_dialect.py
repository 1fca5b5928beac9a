"""Decimal marks: decided by whole columns, and asked where nothing decides."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.amounts import parse_amounts
from core.ingest.dialect import Marks, decide_dialects, find_marks


def column(*cells):
    return pa.chunked_array([list(cells)], pa.string())


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        (["12.5"], Marks(point=True)),
        (["12,5"], Marks(comma=True)),
        (["1.234,56"], Marks(comma=True)),
        (["1,234.56"], Marks(point=True)),
        (["1.234.567"], Marks(comma=True)),
        (["1,234,567"], Marks(point=True)),
        (["1,00,000"], Marks(point=True)),
        (["0.663"], Marks(point=True)),
        (["1234,567"], Marks(comma=True)),
        (["4 864,50"], Marks(comma=True)),
        (["1.813", "393"], Marks(open_point=True)),
        (["1,813"], Marks(open_comma=True)),
        (["€9,255.50", "£3"], Marks(point=True)),
        (["01.06.2023", "a,b", "1,2,3"], Marks()),
        (["12", "", "3000"], Marks()),
    ],
)
def test_cells_show_their_decimal_mark_or_leave_it_open(cells, marks):
    assert find_marks(column(*cells)) == marks


def decide(marks, unit="", separator=";", answer=None, **others):
    dialects = decide_dialects({"x": marks, **others}, units={"x": unit}, separator=separator, answer=answer)
    return dialects.of_column["x"], "x" not in dialects.ambiguous


OPEN_POINT, OPEN_COMMA = Marks(open_point=True), Marks(open_comma=True)


def test_groups_of_three_digits_alone_are_asked():
    assert decide(OPEN_POINT) == (",", False)
    assert decide(OPEN_COMMA) == (".", False)
    assert decide(Marks(point=True, comma=True)) == (",", False)
    assert decide(OPEN_POINT, answer=".") == (".", True)


def test_other_columns_the_unit_or_the_separator_settle_what_is_open():
    assert decide(OPEN_POINT, y=Marks(comma=True)) == (",", True)
    assert decide(OPEN_POINT, y=Marks(point=True)) == (".", True)
    assert decide(OPEN_POINT, unit="원") == (",", True)
    assert decide(OPEN_COMMA, unit="원") == (".", True)
    assert decide(OPEN_COMMA, separator=",") == (".", True)
    assert decide(OPEN_POINT, separator=",") == (".", True)
    assert decide(OPEN_POINT, separator=",", unit="€") == (",", False)


def test_an_answer_does_not_overrule_what_cells_show():
    assert decide(Marks(comma=True), answer=".") == (",", True)


GROUPS = st.sampled_from([(".", ","), (".", "'"), (".", " "), (",", "."), (",", " "), (",", "’"), (".", ""), (",", "")])


@given(
    st.lists(st.decimals(min_value=-(10**7), max_value=10**7, places=2, allow_nan=False), min_size=1, max_size=8),
    GROUPS,
    st.sampled_from(["", "€ ", "-"]),
    st.sampled_from([",", ";", "\t", None]),
    st.booleans(),
)
def test_a_column_in_any_dialect_is_read_back_or_asked(numbers, form, prefix, separator, whole):
    mark, group = form
    written = [
        f"{abs(int(n) if whole else n):,}".replace(",", "_").replace(".", mark).replace("_", group) for n in numbers
    ]
    cells = column(*(prefix + text for text in written))
    dialects = decide_dialects({"x": find_marks(cells)}, units={"x": "€"}, separator=separator)
    read = parse_amounts(cells, unit="€", decimal=dialects.of_column["x"])
    sign = -1 if prefix == "-" else 1

    if "x" not in dialects.ambiguous:
        right = [sign * abs(float(int(n) if whole else n)) for n in numbers]
        assert [value for value, fault in zip(read.values, read.faults, strict=True) if not fault] == pytest.approx(
            right
        )
