"""Cells that spreadsheets would take for formulas become text, whatever hides the sign."""

import csv
import io
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheet import neutralise, write_csv

SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "⁺", "⁼", "−"]
#: Every character that takes no ink: Unicode's spaces, format and control characters, and what is a kind of its own.
UNSEEN = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) in {"Zs", "Zl", "Zp", "Cc", "Cf"} or code in {0x34F, 0x3164, 0x2800, 0xFE0F}
]


def test_the_known_ways_to_hide_a_sign_are_among_the_unseen():
    assert {"\u00a0", "\u200b", "\u3000", "\ufeff", "\u2060", "\u00ad", "\u0000"} <= set(UNSEEN)


@pytest.mark.parametrize("sign", SIGNS)
def test_no_unseen_character_hides_a_formula(sign):
    passed = [f"U+{ord(blank):04X}" for blank in UNSEEN if not neutralise(f"{blank}{sign}1").startswith("'")]

    assert passed == []
    assert neutralise(f"{sign}1+1") == f"'{sign}1+1"


@given(st.lists(st.sampled_from(UNSEEN), max_size=5), st.sampled_from(SIGNS), st.text(max_size=10))
def test_nor_do_several_of_them(blanks, sign, rest):
    assert neutralise("".join(blanks) + sign + rest).startswith("'")


@pytest.mark.parametrize("start", ["\t", "\r", "\n"])
def test_a_cell_that_begins_with_a_break_becomes_text(start):
    assert neutralise(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["", " ", "1+1", "좋아요", "a=b", "2026-11-24 00:30", "\u3000식비", "’90s"])
def test_other_cells_stay_as_they_are(cell):
    assert neutralise(cell) == cell


def test_numbers_stay_numbers_and_nothing_stays_empty():
    written = write_csv([("이름", "=몫"), ("-가", -1), (None, np.float64(-0.5))])

    assert written.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(written.decode("utf-8-sig")))) == [
        ["이름", "'=몫"],
        ["'-가", "-1"],
        ["", "-0.5"],
    ]
