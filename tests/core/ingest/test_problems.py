"""Rejected values, shortened for a table."""

import pytest

from core.ingest.problems import RejectionReason, Rejections, shorten


@pytest.mark.parametrize(
    ("value", "shown"), [("a\n b" + "c" * 99, "a b" + "c" * 20 + "…"), (None, ""), ("x" * 24, "x" * 24), (1.5, "1.5")]
)
def test_a_value_is_shortened_to_24_characters_in_one_line(value, shown):
    assert shorten(value) == shown


def test_the_total_adds_up_all_reasons():
    assert Rejections(counts={RejectionReason.MISSING: 2, RejectionReason.RAGGED: 3}, examples=()).total == 5
