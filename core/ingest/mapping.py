"""What the user says a sheet means: which column is what."""

from dataclasses import dataclass
from enum import StrEnum

from core.data.table import Column


class Layout(StrEnum):
    """How people stand in a sheet."""

    WIDE = "wide"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A column of the table and where it comes from.

    Attributes:
        header: Header in a wide sheet; a category's spelling in a long one.
        column: What it becomes. In a long sheet several spellings may become one column.
        unit: Unit of bare figures in the file; units of won are converted to the column's.
    """

    header: str
    column: Column
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WideMapping:
    """One row is one person.

    Attributes:
        features: Columns to use.
        person: Header of the people's names; None: they are numbered.
        products: Headers of products held: one with ids between ``|`` or ``;``, or several of 0 and 1.
        vocabulary: Ids of the products in a single column; empty: those of the built-in catalogue. Products outside
            it are left out, because a vocabulary read from the data is not free.
    """

    features: tuple[Feature, ...]
    person: str | None = None
    products: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_unique(self.columns)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The table's columns, one a feature."""
        return tuple(feature.column for feature in self.features)


@dataclass(frozen=True, slots=True, kw_only=True)
class LongMapping:
    """One row is one transaction.

    Attributes:
        features: Spellings of categories and the columns they become; other spellings are rejected.
        person: Header of the people.
        category: Header of the categories.
        amount: Header of the amounts.
        unit: Unit of bare figures in the file; units of won are converted to the columns'.
        date: Header of the dates, if any; only proposes ``months``.
        months: Amounts are divided by this many months; 1 leaves totals.
        is_public: Whether the columns are the public categories. Otherwise their names were read from the data,
            which is a release that nobody pays for: fine only if the user confirms that they are public knowledge.
    """

    features: tuple[Feature, ...]
    person: str
    category: str
    amount: str
    unit: str
    date: str | None = None
    months: int = 1
    is_public: bool = True

    def __post_init__(self) -> None:
        if self.months < 1:
            raise ValueError(f"months must be at least 1, not {self.months}")
        _check_unique(self.columns)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The table's columns, each once."""
        return tuple(dict.fromkeys(feature.column for feature in self.features))


def _check_unique(columns: tuple[Column, ...]) -> None:
    keys = [column.key for column in columns]
    if len(set(keys)) < len(keys):
        raise ValueError(f"keys of columns must be unique, not {keys}")
