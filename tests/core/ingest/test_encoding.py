"""Encodings of text files: recognised, converted, and refused with the first line at fault."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest import LoadError, LoadProblem, read_sheet
from core.ingest import encoding as encoding_module
from core.ingest.encoding import decode
from tests.core.ingest.files import ENCODINGS, cells_of, problem_of


def test_ascii_text_is_utf_8():
    assert read_sheet(b"id,food\na,1\n", name="a.csv").encoding == "utf-8"


@pytest.mark.parametrize(("one", "other"), [("utf-8", "cp949"), ("cp949", "utf-8")])
def test_mixed_encodings_name_the_first_foreign_line(one, other):
    content = "이름,식비\n가나다,1\n".encode(one) + "라마바사,2\n".encode(other)

    assert problem_of(content) == (LoadProblem.MIXED_ENCODINGS, {"line": 3})


def test_an_undecodable_line_is_named():
    assert problem_of(b"id,food\na,1\n\xff\xff,2\n") == (LoadProblem.UNDECODABLE, {"line": 3})


def test_encodings_are_recognised_across_chunks(monkeypatch):
    monkeypatch.setattr(encoding_module, "CHUNK_BYTES", 5)
    rows = [["이름", "식비"], ["가나다라마바사아자차카타파하", "1"]]
    for encoding in ENCODINGS:
        sheet = read_sheet("\n".join(",".join(row) for row in rows).encode(encoding), name="a.csv")
        assert (sheet.encoding, cells_of(sheet)) == (encoding, rows[1:])


def test_two_syllables_in_cp949_become_utf_8():
    # 가 is B0 A1 in CP949 and EA B0 80 in UTF-8; 나 is B3 AA and EB 82 98.
    decoded = decode(b"\xb0\xa1\xb3\xaa")

    assert (decoded.content, decoded.encoding) == (b"\xea\xb0\x80\xeb\x82\x98", "cp949")


korean = st.text(st.characters(codec="cp949", exclude_categories=["Cs"]), max_size=60)


@given(korean, st.sampled_from(["utf-8", "cp949"]))
def test_text_decodes_to_itself_or_is_refused_but_never_becomes_other_text(text, encoding):
    content = text.encode(encoding)
    expected = {text.encode()}
    # A few characters in CP949 may happen to be UTF-8 as well.
    with suppress(UnicodeDecodeError):
        expected.add(content.decode().encode())

    with suppress(LoadError):
        assert decode(content).content in expected


def test_a_byte_order_mark_is_taken_off():
    decoded = decode(codecs.BOM_UTF8 + b"id")

    assert (decoded.content, decoded.encoding) == (b"id", "utf-8-sig")
