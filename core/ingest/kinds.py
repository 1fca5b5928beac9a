"""Spending told from income and transfers: by a column of kinds, and by categories that are none of spending."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.ingest.profile import Profile, Shape
from core.ingest.words import (
    CANCELLED_CELLS,
    INCOME_CELLS,
    KIND,
    OTHER_CELLS,
    SPENDING_CELLS,
    fold,
)

#: Different kinds that a column of kinds may have.
KINDS_MAX = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """A column that says of every row whether it is spending.

    Attributes:
        header: Its name.
        not_spending: Its spellings that are none.
        cancelled: Of these, those that take something back: whether their rows have a minus is for the amounts to say.
        unknown: Spellings that could be either.
    """

    header: str
    not_spending: tuple[str, ...]
    cancelled: tuple[str, ...]
    unknown: tuple[str, ...]


def find_kinds(profiles: Iterable[Profile]) -> Kinds | None:
    """Find the column of kinds: its cells say so, and where some do not, its name."""
    found = [kinds for profile in profiles if (kinds := _read_kinds(profile)) is not None]
    return min(found, key=lambda kinds: len(kinds.unknown)) if found else None


def _read_kinds(profile: Profile) -> Kinds | None:
    if profile.shape is not Shape.TEXT or len(profile.sample) > KINDS_MAX or profile.n_distinct > KINDS_MAX:
        return None
    spelled = sorted(profile.texts.dictionary.to_pylist())
    plain = {spelling: fold_cell(spelling) for spelling in spelled}
    other = [spelling for spelling in spelled if plain[spelling] in OTHER_CELLS]
    cancelled = [spelling for spelling in spelled if plain[spelling] in CANCELLED_CELLS]
    spending = [spelling for spelling in spelled if plain[spelling] in SPENDING_CELLS]
    unknown = [spelling for spelling in spelled if spelling not in (*other, *cancelled, *spending)]
    if not (other or cancelled) or not (spending or unknown):
        return None
    is_named = KIND.search(fold(profile.header)) is not None
    if unknown and not (is_named and (spending or other or cancelled)):
        return None
    return Kinds(
        header=profile.header,
        not_spending=tuple(sorted(other + cancelled)),
        cancelled=tuple(cancelled),
        unknown=tuple(unknown),
    )


def find_income(spellings: Iterable[str]) -> tuple[str, ...]:
    """Return the spellings of categories that are no spending."""
    return tuple(spelling for spelling in spellings if fold_cell(spelling) in INCOME_CELLS)


def fold_cell(cell: str) -> str:
    """Return a cell in lower case with single blanks."""
    return " ".join(cell.replace("_", " ").lower().split())
