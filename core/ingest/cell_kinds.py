"""What a single cell of a sheet's first rows looks like: blank, a figure, a date, or words."""

import re
import unicodedata
from enum import StrEnum

_SIGNS = r"\\|€|£|\$|us\$|a\$|c\$|hk\$|r\$|₩|¥|₹|₺|₽|kr\.?|zł|fr\.|원|円|元"
_CURRENCY = rf"{_SIGNS}|kč|lei|руб\.|czk|huf|ron|rub|chf|eur|usd|gbp|jpy|krw|cny|inr|sek|nok|dkk|pln|cad|aud|brl"
_NUMBER = re.compile(
    rf"(?![a-z]+\.?0\d)[(\-+−–△▲±]*\s*(?:{_CURRENCY})?\s*[\-+−]?\s*(?:\d[\d.,'’`\s]*|[.,]\d+)(?:e[+\-]?\d+)?"
    rf"\s*(?:%|k|천|만|억|천원|만원|백만원|{_CURRENCY})?\s*[)\-−]?(?:\s*(?:cr|dr|s|h))?"
    # Korean steps: 3만 2천원.
    r"|[(\-−]?\s*(?:\d[\d,.]*\s*(?:억|천만|백만|만|천|백)\s*)+(?:\d[\d,.]*)?\s*원?\s*\)?",
)
_MONTH_NAME = (
    r"jan(?:uary|uar|v)?|feb(?:ruary|ruar)?|fév|mar(?:ch|s)?|mär(?:z)?|apr(?:il)?|avr|may|mai|jun[ei]?|jul[yi]?|"
    r"aug(?:ust)?|août|sep(?:t|tember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|déc"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d{2}\s*[-./년]\s*\d{1,2}(?:\s*월?|\s*[-./월]\s*\d{1,2}\s*일?\.?)"
    r"|\d{1,2}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{2,4}\.?"
    r"|\d{2}년\s*\d{1,2}월(?:\s*\d{1,2}일)?"
    rf"|\d{{1,2}}[\s\-.]*(?:{_MONTH_NAME})\.?[\s\-,]*\d{{2,4}}"
    rf"|(?:{_MONTH_NAME})\.?\s+\d{{1,2}},?\s+\d{{4}})"
    r"(?:[t\s]+\(?[월화수목금토일]?\)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:am|pm|z|[+\-]\d{2}:?\d{2}|utc)?)?",
)
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]m)?")
#: Longer cells are sentences.
NAME_CHARACTERS = 80


class CellKind(StrEnum):
    """What a cell looks like."""

    BLANK = "blank"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


def cell_kind(cell: str) -> CellKind:
    """Return what ``cell`` looks like."""
    text = unicodedata.normalize("NFKC", cell).strip().lower()
    if not text:
        return CellKind.BLANK
    if len(text) > NAME_CHARACTERS:
        return CellKind.TEXT
    if _DATE.fullmatch(text) or _TIME.fullmatch(text):
        return CellKind.DATE
    return CellKind.NUMBER if _NUMBER.fullmatch(text) else CellKind.TEXT
