"""How much bytes look like Korean, Japanese or Western text, where more than one old encoding can explain them."""

from collections.abc import Mapping

import numpy as np

from core.arrays import BoolArray, IntArray

#: Bytes that are weighed, from the first one that is not ASCII on.
WEIGHED_BYTES = 1 << 20
#: From this share on a file may be in an encoding, and from that share on it is if no other explains it.
LIKELY, CERTAIN = 0.5, 0.8

#: First bytes of the syllables of KS X 1001, in which nearly all Korean is written; their second is not ASCII.
_HANGUL = (0xB0, 0xC8)
_HANGUL_SECOND = (0xA1, 0xFE)
#: First bytes of signs, kana and the everyday kanji of Shift-JIS.
_KANA, _KANJI = (0x81, 0x84), (0x88, 0x9F)
_KANJI_RARE = (0xE0, 0xFC)
#: Accented letters, and the signs of Western tables: € ’ “ ” – · £ ° § and the blank that does not break.
_LETTERS = (0xC0, 0xFF)
_SIGNS = (0x80, 0x92, 0x93, 0x94, 0x96, 0xA0, 0xA3, 0xA7, 0xB0, 0xB2, 0xB3, 0xB4, 0xB7)


def weigh(content: bytes, *, start: int) -> Mapping[str, float]:
    """Return which part of the bytes beyond ASCII look like each encoding, between 0 and 1.

    Args:
        content: Text that is not UTF-8.
        start: Offset of a byte beyond ASCII; what lies before is ASCII or UTF-8.
    """
    data = np.frombuffer(content, dtype=np.uint8)[start : start + WEIGHED_BYTES].astype(np.int16)
    after = np.append(data[1:], 0)
    high = data >= 0x80  # noqa: PLR2004 - the end of ASCII
    n_high = max(int(high.sum()), 1)
    hangul = _first_bytes(_between(data, _HANGUL) & _between(after, _HANGUL_SECOND))
    before_high = np.append([False], high[:-1])
    alone = high & ~before_high & ~np.append(high[1:], [False])
    western = alone & (_between(data, _LETTERS) | np.isin(data, _SIGNS))
    return {
        "cp949": 2 * int(hangul.sum()) / n_high,
        "shift_jis": _weigh_japanese(data, after),
        "cp1252": int(western.sum()) / n_high,
    }


def _weigh_japanese(data: IntArray, after: IntArray) -> float:
    first = _first_bytes((_between(data, (0x81, 0x9F)) | _between(data, _KANJI_RARE)) & (after >= 0x40))  # noqa: PLR2004
    usual = first & (_between(data, _KANA) | _between(data, _KANJI))
    second = np.append([False], first[:-1])
    n_others = int(((data >= 0x80) & ~first & ~second).sum())  # noqa: PLR2004
    return int(usual.sum()) / max(int(first.sum()) + n_others, 1)


def _first_bytes(may_be_first: BoolArray) -> BoolArray:
    """Keep every other mark of a run: what is a second byte begins no character."""
    indices = np.arange(may_be_first.size)
    run_start = np.maximum.accumulate(np.where(may_be_first, 0, indices + 1))
    first: BoolArray = may_be_first & ((indices - run_start) % 2 == 0)
    return first


def _between(data: IntArray, ends: tuple[int, int]) -> BoolArray:
    within: BoolArray = (data >= ends[0]) & (data <= ends[1])
    return within
