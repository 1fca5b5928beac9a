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
        decoded = decode(content)
        assert decoded.content in expected or decoded.candidates


def test_a_byte_order_mark_is_taken_off():
    decoded = decode(codecs.BOM_UTF8 + b"id")

    assert (decoded.content, decoded.encoding) == (b"id", "utf-8-sig")


OLD_TEXTS = {
    "korean": ("고객번호,식비\n김철수,10000\n", "cp949", "cp949"),
    "german": ("Kunde;Ärzte\nMüller;1.234,50\n", "cp1252", "cp1252"),
    "french": ("Prénom;Épicerie\nAmélie;1\u00a0234,50 €\n", "cp1252", "cp1252"),
    "spanish": ("Año;Niño\nMuñoz;1\n", "latin-1", "cp1252"),
    "pounds": ("name,spend\na,£10\n", "cp1252", "cp1252"),
    "japanese": ("氏名,食費\n佐藤はなこ,300\n表参道ホテル,5\n", "cp932", "shift_jis"),
    "excel's unicode text": ("이름\t식비\r\n가나\t10\r\n", "utf-16", "utf-16"),
    "utf-16 without a mark": ("이름\t식비\n가나\t1000\n", "utf-16-le", "utf-16-le"),
    "the other way round": ("이름\t식비\n가나\t1000\n", "utf-16-be", "utf-16-be"),
}


@pytest.mark.parametrize("kind", OLD_TEXTS)
def test_an_old_encoding_is_recognised_where_only_it_explains_the_file(kind):
    text, written, told = OLD_TEXTS[kind]
    decoded = decode(text.encode(written))

    assert decoded.content.decode() == text
    assert (decoded.encoding, decoded.candidates) == (told, ())


@pytest.mark.parametrize(("text", "written"), [("Kunde;Ärzte\na;1\n", "cp1252"), ("氏名,金額\na,1\n", "cp932")])
def test_where_two_encodings_explain_a_file_the_user_is_to_say(text, written):
    decoded = decode(text.encode(written))

    assert len(decoded.candidates) > 1
    assert decoded.encoding == decoded.candidates[0]
    texts = {encoding: decode(text.encode(written), encoding=encoding).content for encoding in decoded.candidates}
    assert text.encode() in texts.values()
    assert texts[decoded.encoding] == decoded.content


def test_an_encoding_that_the_user_names_is_used_or_its_first_bad_line_told():
    assert decode("Ärzte".encode("cp1252"), encoding="latin-1").content.decode() == "Ärzte"
    with pytest.raises(LoadError) as caught:
        decode(b"a\nM\xfcller\n", encoding="cp949")
    assert (caught.value.problem, dict(caught.value.blanks)) == (LoadProblem.UNDECODABLE, {"line": 2})


def test_utf_16_cut_in_the_middle_of_a_character_is_refused():
    assert problem_of("이름\t식비\n가\t1\n".encode("utf-16")[:-1])[0] is LoadProblem.UNDECODABLE


def test_a_line_is_looked_through_once_however_often_it_looks_like_utf_8(monkeypatch):
    looked_at = []
    find = encoding_module._line_start
    monkeypatch.setattr(encoding_module, "_line_start", lambda *where: looked_at.append(where) or find(*where))

    with pytest.raises(LoadError):
        decode(b"\xff" + "가나".encode() * 1000 + b"\xff\n")
    assert len(looked_at) < 5
