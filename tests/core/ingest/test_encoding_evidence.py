"""How much bytes look like Korean, Japanese and Western text."""

import pytest

from core.ingest.encoding_evidence import LIKELY, weigh


def test_shares_are_counted_by_hand():
    # 가 is B0 A1 in CP949; E9 stands alone as é does; 3 bytes beyond ASCII in all.
    assert weigh(b"a\xb0\xa1,\xe9t", start=1)["cp949"] == pytest.approx(2 / 3)
    assert weigh(b"a\xb0\xa1,\xe9t", start=1)["cp1252"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("식비 교통비", "cp949", "cp949"),
        ("しょくひ 食費", "cp932", "shift_jis"),
        ("Möbel für Bäder", "cp1252", "cp1252"),
    ],
)
def test_plain_text_looks_like_its_own_encoding_and_no_other(text, written, name):
    shares = weigh(text.encode(written), start=0)

    assert [other for other, share in shares.items() if share >= LIKELY] == [name]


def test_a_byte_at_the_very_end_is_weighed():
    assert weigh(b"\xe9", start=0)["cp1252"] == 1
    assert weigh(b"\xb0", start=0)["cp949"] == 0
