"""Which column is the person, the category, the amount: candidates by what they are called and what their cells do."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.ingest.columns import find_category, find_unit
from core.ingest.currencies import is_money
from core.ingest.profile import Profile, Shape
from core.ingest.words import (
    AMOUNT,
    AMOUNT_NAME,
    CATEGORY,
    CREDIT,
    DATE_OF_PERSON,
    DEBIT,
    KEY,
    NO_AMOUNT,
    NO_CATEGORY,
    PERIOD,
    PLACE,
    PRICE,
    QUANTITY,
    SUBCATEGORY,
    TOTAL,
    Who,
    find_who,
    fold,
    fold_amount,
)

#: What a column's name is worth as one of people; a key of nobody known is worth little.
ACCOUNT_WORTH = 4.0
_WORTH_OF_WHO = {Who.PERSON: 10.0, Who.NAME: 8.0, Who.BARE: 6.0, Who.ACCOUNT: ACCOUNT_WORTH, Who.OTHER: 2.0}
#: A name that says who is meant, beside one that may be anybody's.
KNOWN_WHO = 6.0
#: What names of amounts are worth: a total beats an amount, and that a price.
TOTAL_WORTH, DEBIT_WORTH, AMOUNT_WORTH, PRICE_WORTH, MONEY_WORTH = 9.0, 8.5, 7.0, 4.0, 1.0
#: What may stand beside a total and say no more than whose it is.
_BESIDE_TOTAL = frozenset(
    {"액", "금액", "amount", "usd", "eur", "order", "orders", "purchase", "invoice", "cart", "basket", "주문", "구매"}
)
#: Spellings that a column of categories may have.
CATEGORIES_MAX = 2_000
#: In few rows categories need not repeat.
FEW_ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A column that may have a role.

    Attributes:
        profile: The column.
        worth: What speaks for it.
    """

    profile: Profile
    worth: float

    @property
    def header(self) -> str:
        """Name of the column."""
        return self.profile.header


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The columns that may have each role, the best first.

    Attributes:
        people: Keys and names of people.
        amounts: Amounts of transactions, with prices.
        credits: Amounts that come in, beside those that go out.
        quantities: How many of something.
        categories: Classes of purchases.
        dates: Dates of transactions.
    """

    people: tuple[Candidate, ...]
    amounts: tuple[Candidate, ...]
    credits: tuple[Candidate, ...]
    quantities: tuple[Candidate, ...]
    categories: tuple[Candidate, ...]
    dates: tuple[Candidate, ...]


def find_candidates(profiles: Sequence[Profile]) -> Candidates:
    """Find the columns that may have each role."""
    people = _rank(profiles, _worth_as_person)
    # Of two names, the one that tells more people apart.
    people = tuple(sorted(people, key=lambda one: (-one.worth, -one.profile.n_distinct)))
    names = {candidate.header for candidate in people if candidate.worth >= KNOWN_WHO}
    others = [profile for profile in profiles if profile.header not in names]
    return Candidates(
        people=people,
        amounts=_rank(others, _worth_as_amount),
        credits=_rank(others, _worth_as_credit),
        quantities=_rank(others, _worth_as_quantity),
        categories=_rank(others, _worth_as_category),
        dates=_rank(others, _worth_as_date),
    )


def _rank(profiles: Sequence[Profile], worth: Callable[[Profile], float]) -> tuple[Candidate, ...]:
    found = [Candidate(profile=profile, worth=worth(profile)) for profile in profiles]
    return tuple(sorted((one for one in found if one.worth > 0), key=lambda one: -one.worth))


def _worth_as_person(profile: Profile) -> float:
    who = find_who(profile.header)
    if who is None or profile.shape in (Shape.DATE, Shape.EMPTY) or who not in _WORTH_OF_WHO:
        return 0.0
    plain = fold(profile.header)
    if profile.shape is Shape.NUMBER and (not profile.is_whole or _counts_people(plain)):
        return 0.0
    if who is Who.OTHER and any(words.search(plain) for words in (PLACE, PERIOD, CATEGORY, QUANTITY)):
        return 0.0
    return _WORTH_OF_WHO[who]


def _counts_people(plain: str) -> bool:
    """Tell whether figures under a name are how many people there are: "customers", "고객수"."""
    return re.fullmatch(r"[a-z]+s|people|.*(수|명수|인원)", plain) is not None and KEY.search(plain) is None


def _worth_as_amount(profile: Profile) -> float:
    plain = fold(profile.header)
    if profile.shape is not Shape.NUMBER or fold_amount(profile.header) in CREDIT or QUANTITY.search(plain):
        return 0.0
    if fold_amount(profile.header) in DEBIT:
        return DEBIT_WORTH
    if NO_AMOUNT.search(plain):
        return 0.0
    worth = PRICE_WORTH if PRICE.search(plain) else 0.0
    if AMOUNT.search(plain):
        worth = AMOUNT_WORTH
    if plain in AMOUNT_NAME:
        worth = AMOUNT_WORTH - 1
    if TOTAL.search(plain):
        worth = TOTAL_WORTH if worth or _is_bare_total(plain) else 0.0
    if worth and (is_money(find_unit(profile.header)) or is_money(profile.currency)):
        worth += MONEY_WORTH
    return worth


def _is_bare_total(plain: str) -> bool:
    """Tell whether nothing but a total is named: of "total items" that is not so."""
    rest = TOTAL.sub("", plain).strip()
    return not rest or rest in _BESIDE_TOTAL


def _worth_as_credit(profile: Profile) -> float:
    return 1.0 if fold_amount(profile.header) in CREDIT and profile.shape in (Shape.NUMBER, Shape.EMPTY) else 0.0


def _worth_as_quantity(profile: Profile) -> float:
    return 1.0 if QUANTITY.search(fold(profile.header)) and profile.is_countable else 0.0


def _worth_as_category(profile: Profile) -> float:
    plain = fold(profile.header)
    if profile.shape is not Shape.TEXT or not CATEGORY.search(plain) or NO_CATEGORY.search(plain):
        return 0.0
    if not profile.sample or profile.n_distinct > CATEGORIES_MAX:
        return 0.0
    n_rows = profile.sheet.n_rows
    if n_rows >= FEW_ROWS and profile.n_distinct > n_rows / 2:
        return 0.0
    return 1.0 if SUBCATEGORY.search(plain) else 2.0


def _worth_as_date(profile: Profile) -> float:
    plain = fold(profile.header)
    if profile.shape is not Shape.DATE or DATE_OF_PERSON.search(plain):
        return 0.0
    return 1.0


def means_spending(profile: Profile) -> bool:
    """Tell whether a column of figures is named like a kind of spending: 식비, rent."""
    return profile.shape is Shape.NUMBER and find_category(profile.header) is not None
