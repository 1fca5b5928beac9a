"""Files in which there is nobody to group: the export of one account, and rows that are places, days or products."""

import math
import re
from collections.abc import Sequence

from core.ingest.columns import find_category
from core.ingest.profile import Profile, Shape
from core.ingest.roles import Candidates
from core.ingest.words import CATEGORY, CREDIT, NO_AMOUNT, PERIOD, PLACE, PRODUCT, TEXT_OF_ACCOUNT, Who, find_who, fold

#: What rows of any kind are called.
_RECORD = re.compile(r"record|row|line|entry")
_CLASS_OF_PEOPLE = re.compile(r"gender|\bsex\b|\bage\b|성별|연령|나이|geschlecht|alters|性別|年代|年齢")
#: Spellings that are looked at to see whether rows are categories.
SPELLINGS_LOOKED_AT = 60


def find_refusal(profiles: Sequence[Profile], candidates: Candidates, person: Profile | None, *, is_long: bool) -> str:
    """Find out whether the file is of one person, or of none."""
    if person is not None:
        # One name in every row that has one.
        return "one_person" if person.n_distinct == 1 and person.sheet.n_rows > 1 else ""
    figures = [profile for profile in profiles if profile.shape is Shape.NUMBER and not profile.counts_rows]
    if not figures and not candidates.amounts:
        return "no_numbers"
    if _is_account(profiles, candidates):
        return "one_person"
    if is_long or _names_places(profiles) or any(_is_key_of_things(profile) for profile in profiles):
        return "no_person"
    return "no_person" if _are_groups(profiles) else _read_first_key(profiles)


def _is_key_of_things(profile: Profile) -> bool:
    """Tell whether every row has the number of a shop, an order, a product; a mere record may be a person's."""
    named = find_who(profile.header) is Who.NOBODY and _RECORD.search(fold(profile.header)) is None
    return named and not profile.repeats and profile.n_filled == profile.sheet.n_rows and not profile.counts_rows


def _are_groups(profiles: Sequence[Profile]) -> bool:
    """Tell whether rows are kinds of people: gender by age, and nothing else in words."""
    words = [profile for profile in profiles if profile.shape is Shape.TEXT]
    if not words or not all(_CLASS_OF_PEOPLE.search(fold(profile.header)) for profile in words):
        return False
    n_crossed = math.prod(profile.n_distinct for profile in words)
    return words[0].sheet.n_rows <= n_crossed and len(_cross(words)) == words[0].sheet.n_rows


def _cross(words: Sequence[Profile]) -> set[tuple[int, ...]]:
    return set(zip(*(profile.texts.indices.to_pylist() for profile in words), strict=True))


def _read_first_key(profiles: Sequence[Profile]) -> str:
    """Refuse a file whose rows are told apart by days, months or categories."""
    first = next((profile for profile in profiles if profile.shape in (Shape.TEXT, Shape.DATE)), None)
    if first is None or not first.n_filled or first.repeats or not _is_key_of_no_person(first):
        return ""
    return "one_person" if first.shape is Shape.DATE else "no_person"


def _is_account(profiles: Sequence[Profile], candidates: Candidates) -> bool:
    """Tell whether rows are the transactions of one account: dates and money, and nobody."""
    if not candidates.dates:
        return False
    moves = bool(candidates.amounts or candidates.credits)
    told = any(TEXT_OF_ACCOUNT.search(fold(profile.header)) for profile in profiles)
    by_day = not candidates.dates[0].profile.repeats
    return (moves and (told or not _names_places(profiles))) or by_day


def _names_places(profiles: Sequence[Profile]) -> bool:
    """Tell whether rows are places, products or periods: one by one, or crossed with each other."""
    dimensions = 0
    for profile in profiles:
        plain = fold(profile.header)
        is_code = profile.is_whole and (find_who(profile.header) is not None or PLACE.fullmatch(plain) is not None)
        is_class = is_code or profile.shape in (Shape.TEXT, Shape.DATE)
        if not is_class or NO_AMOUNT.search(plain):
            continue
        if PLACE.search(plain) or PRODUCT.search(plain):
            if profile.repeats <= 1 / 2 and profile.n_distinct > 1:
                return True
            dimensions += 1
        elif PERIOD.search(plain) or CATEGORY.search(plain):
            dimensions += 1
    return dimensions > 1


def _is_key_of_no_person(profile: Profile) -> bool:
    plain = fold(profile.header)
    named = any(words.search(plain) for words in (PLACE, PRODUCT, PERIOD, CATEGORY)) or plain in CREDIT
    spelled = profile.texts.dictionary.to_pylist()[:SPELLINGS_LOOKED_AT]
    known = sum(find_category(spelling) is not None for spelling in spelled)
    return profile.shape is Shape.DATE or named or known * 2 >= len(spelled)
