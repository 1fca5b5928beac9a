"""What the words in a column's name say it may be: a person, an amount, a category, a date, a code.

In Korean, English, German, French, Spanish, Italian and Japanese; as banks, cards, budget apps, shops and well-known
data sets write them. A name is folded first: lower case, ``CustomerID`` and ``customer_id`` as "customer id".
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

WORDS_FILE = Path(__file__).parents[2] / "assets" / "column_words.toml"

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
#: Words that are written in one: "customerid".
_JOINED = re.compile(
    r"\b(customer|cust|member|user|client|person|household|order|transaction|trans|product|store|invoice|item|unit|total)"
    r"(id|no|num|number|key|name|price|amount|date|type)\b"
)
#: A currency behind the name of an amount.
_MONEY_WORDS = re.compile(r"\s+(in\s+)?(chf|eur|euros?|usd|gbp|krw|jpy|pln|sek|nok|dkk|원)$")
_BLANKS = re.compile(r"[\s_\-./:*'’\"#]+")


def fold(name: str) -> str:
    """Return ``name`` in lower-case words with single blanks, without what stands in parentheses."""
    composed = unicodedata.normalize("NFKC", name)
    bare = _PARENTHESES.sub(" ", composed).strip() or composed
    plain = _BLANKS.sub(" ", _CAMEL.sub(" ", bare)).strip().lower()
    return _JOINED.sub(r"\1 \2", plain)


@cache
def _read() -> Mapping[str, Any]:
    return MappingProxyType(tomllib.loads(WORDS_FILE.read_text(encoding="utf-8")))


def _words(key: str) -> "re.Pattern[str]":
    """Compile words: those of Latin letters stand alone or, with ``*``, begin or end a word; others anywhere."""
    parts = []
    for word in _read()[key]:
        bare = re.escape(word.strip("*"))
        latin = re.match(r"\*?[a-z]", word) is not None
        start = "" if word.startswith("*") else r"(?<![a-zß-ÿ])"
        end = "" if word.endswith("*") else r"(?![a-zß-ÿ])"
        parts.append(f"{start}{bare}{end}" if latin else bare)
    return re.compile("|".join(parts))


def _names(key: str) -> frozenset[str]:
    """Return whole names."""
    return frozenset(_read()["whole"][key])


def _cells(key: str) -> frozenset[str]:
    """Return whole cells."""
    return frozenset(_read()["cells"][key])


WHO = _words("who")
#: Behind whom or what stands this, the column names it.
KEY = _words("key")
PERSON_NAME = _names("person_name")
BARE_ID = _names("bare_id")
ACCOUNT = _words("account")
#: What a key may name that is nobody.
NOBODY = _words("nobody")
#: Words of places, shops and products: a row that one of these names is no person.
PLACE = _words("place")
PRODUCT = _words("product")
PERIOD = _words("period")
DATE = _words("date")
#: Dates of a person and not of a purchase.
DATE_OF_PERSON = _words("date_of_person")
TOTAL = _words("total")
AMOUNT = _words("amount")
#: Money that goes out, beside a column of money that comes in.
DEBIT = _names("debit")
CREDIT = _names("credit")
PRICE = _words("price")
QUANTITY = _words("quantity")
#: Money that is none spent in a transaction.
NO_AMOUNT = _words("no_amount")
CATEGORY = _words("category")
SUBCATEGORY = _words("subcategory")
#: Classes of people, not of purchases.
NO_CATEGORY = _words("no_category")
KIND = _words("kind")
TEXT_OF_ACCOUNT = _words("text_of_account")
STATEMENT = _words("statement")
#: Whole names of amounts that within longer ones may count things.
AMOUNT_NAME = _names("amount")
ROW_NUMBER = _names("row_number")
CODE = _words("code")
YEAR = _words("year")
TOTAL_NAME = _names("total_name")
#: Cells of a column of kinds, and of one of categories, that say what a row is.
SPENDING_CELLS, OTHER_CELLS, CANCELLED_CELLS = _cells("spending"), _cells("other"), _cells("cancelled")
INCOME_CELLS = _cells("income")


class Who(StrEnum):
    """Whom or what the key in a column's name names."""

    PERSON = "person"
    NAME = "name"
    BARE = "bare"
    ACCOUNT = "account"
    OTHER = "other"
    NOBODY = "nobody"


def find_who(name: str) -> Who | None:
    """Return whom a column names if it names anybody or anything: the word next to the key decides."""
    plain = fold(name)
    if plain in PERSON_NAME:
        return Who.NAME
    if plain in BARE_ID:
        return Who.BARE
    key = KEY.search(plain) is not None
    who, nobody = _last(WHO, plain), _last(NOBODY, plain)
    if who >= 0 and (key or WHO.fullmatch(plain)):
        return Who.PERSON if who >= nobody else Who.NOBODY
    if nobody >= 0:
        return Who.NOBODY if key else None
    if ACCOUNT.search(plain) and not NO_AMOUNT.search(plain):
        return Who.ACCOUNT
    return Who.OTHER if key else None


def fold_amount(name: str) -> str:
    """Return a name of amounts without its currency: "Lastschrift in CHF" is "lastschrift"."""
    plain = fold(name)
    return _MONEY_WORDS.sub("", plain).strip() or plain


def _last(pattern: "re.Pattern[str]", text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def is_column_name(name: str) -> bool:
    """Tell whether a text is a usual name of a column."""
    plain = fold(name)
    patterns = (
        WHO,
        KEY,
        DATE,
        AMOUNT,
        TOTAL,
        CATEGORY,
        QUANTITY,
        PRICE,
        TEXT_OF_ACCOUNT,
        NO_AMOUNT,
        KIND,
        PERIOD,
        PLACE,
    )
    exact = (PERSON_NAME, DEBIT, CREDIT, BARE_ID, ROW_NUMBER)
    short = len(plain) <= COLUMN_NAME_CHARACTERS
    return short and (any(p.search(plain) for p in patterns) or any(plain in names for names in exact))


#: Longer texts with such words are titles: "조회기간 : 2024.01.01 ~ 2024.03.31".
COLUMN_NAME_CHARACTERS = 30
