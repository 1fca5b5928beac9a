"""Every layout is read as a careful reader would: with the right people and sums, or with a question."""

import json

import pytest

from core.ingest import read_upload
from tests.core.ingest_layouts import (
    dialects,
    english,
    europe,
    fresh,
    japan,
    korea,
    more_books,
    more_dialects,
    more_english,
    more_europe,
    more_japan,
    more_korea,
    more_sets,
    odd,
    public_sets,
    spreadsheets,
)
from tests.core.ingest_layouts.expectation import find_faults

FIRST = (korea, europe, english, japan, public_sets, spreadsheets, dialects)
#: Written before the first reading and tried only afterwards: what rules that fit the others would miss.
HELD_OUT = (more_korea, more_europe, more_english, more_japan, more_sets, more_books, more_dialects, odd)
#: Written after the rules had been mended by those.
FRESH = (fresh,)
LAYOUTS = [layout for module in (*FIRST, *HELD_OUT, *FRESH) for layout in module.LAYOUTS]


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_a_layout_is_read_as_a_careful_reader_would(layout):
    content, expected = layout.build()
    told = read_upload(content, name=layout.file).reading.to_dict()

    assert find_faults(json.loads(json.dumps(told)), expected) == []


def test_every_layout_has_a_name_of_its_own():
    assert len({layout.file for layout in LAYOUTS}) == len(LAYOUTS)
