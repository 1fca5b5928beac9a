"""Korean particles (조사): which of a pair follows a word is heard in the word's last sound.

A phrase writes both after a blank, as Koreans do where they cannot know the word: 을(를), 은(는), 이(가), 과(와),
이에요(예요), (으)로, and (이) where it may be left out, as in (이)면. ``MARKERS`` has all of them.
"""

import re
from enum import StrEnum


class Ending(StrEnum):
    """The last sound of a word, as far as particles care."""

    VOWEL = "vowel"
    RIEUL = "rieul"
    CONSONANT = "consonant"


#: Each marker with what it says after a consonant and after a vowel; (으)로 takes ㄹ for a vowel.
MARKERS = {
    "을(를)": ("을", "를"),
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "과(와)": ("과", "와"),
    "이에요(예요)": ("이에요", "예요"),
    "(이)": ("이", ""),
    "(으)": ("으", ""),
}
_MARKER = re.compile(rf"([’”」]*)({'|'.join(map(re.escape, MARKERS))})")
#: What is added in brackets is not read: 식비(만원)를 follows 식비.
_ADDED = re.compile(r"(?<=\S)\s*[(\[][^()\[\]]*[)\]]$")
_NUMBER = re.compile(r"(?P<dollar>\$?)(?P<whole>\d[\d,]*)(?:\.(?P<decimals>\d+))?$")
_LETTERS = re.compile(r"[A-Za-z]+$")

_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS, _FINAL_RIEUL = ord("가"), ord("힣"), 28, 8
#: 영 일 이 삼 사 오 육 칠 팔 구.
_DIGITS = dict(zip("0123456789", "CRVCVVCRRV", strict=True))
#: 십 백 천 end alike; 만 억 조 경 stand for every four zeros.
_TENS, _MYRIADS = "C", "CCVC"
#: 에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 에스 티 유 브이 더블유 엑스 와이 제트.
_SPELLED = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "VVVVVVVVVVVRCCVVVRVVVVVVVV", strict=True))
#: 퍼센트, 엡실론, 델타 … and 별.
_SIGNS = {"%": "V", "$": "V", "★": "R", "ε": "C", "υ": "C", "ο": "C"} | dict.fromkeys("αβγδζηθικλμνξπρστφχψω°", "V")
_ENDINGS = {"V": Ending.VOWEL, "R": Ending.RIEUL, "C": Ending.CONSONANT}
#: How English words end in Korean: -l and -le in ㄹ, nasals in ㄴ ㅁ ㅇ, and a stop after one short vowel in ㅂ ㄱ ㅅ.
_ENGLISH_RIEUL = re.compile(r"le?$")
_ENGLISH_CONSONANT = re.compile(r"([mn]e?|ng|(?<![aeiou])[aeiou](b|p|t|k|c|ck))$")


def agree(literal: str, before: str) -> str:
    """Return ``literal``, which follows the word ``before``, with the marker at its beginning resolved.

    Both forms stay where nobody can tell how the word ends.
    """
    found = _MARKER.match(literal)
    ending = find_ending(before) if found else None
    if found is None or ending is None:
        return literal
    quotes, marker = found.groups()
    after_consonant, after_vowel = MARKERS[marker]
    is_open = ending is Ending.VOWEL or (marker == "(으)" and ending is Ending.RIEUL)
    return quotes + (after_vowel if is_open else after_consonant) + literal[found.end() :]


def find_ending(text: str) -> Ending | None:
    """Return how ``text`` ends when it is read aloud in Korean; None if that cannot be told."""
    word = _ADDED.sub("", text.rstrip()).rstrip(" .,!?…·/’”」』\"')]")
    if number := _NUMBER.search(word):
        return _ENDINGS[_number_ending(**number.groupdict())]
    if letters := _LETTERS.search(word):
        return _letters_ending(letters[0])
    last = word[-1:]
    if last and _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        final = (ord(last) - _FIRST_SYLLABLE) % _FINALS
        return Ending.VOWEL if final == 0 else Ending.RIEUL if final == _FINAL_RIEUL else Ending.CONSONANT
    return _ENDINGS[_SIGNS[last]] if last in _SIGNS else None


def _number_ending(dollar: str, whole: str, decimals: str | None) -> str:
    if dollar:
        return "V"
    if decimals:
        return _DIGITS[decimals[-1]]
    digits = whole.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros == 0 or zeros == len(digits):
        return _DIGITS[digits[-1]]
    fours = min(zeros // 4, len(_MYRIADS))
    return _MYRIADS[fours - 1] if fours else _TENS


def _letters_ending(letters: str) -> Ending:
    if letters.isupper() or len(letters) == 1:
        return _ENDINGS[_SPELLED[letters[-1].upper()]]
    word = letters.lower()
    if _ENGLISH_RIEUL.search(word):
        return Ending.RIEUL
    return Ending.CONSONANT if _ENGLISH_CONSONANT.search(word) else Ending.VOWEL
