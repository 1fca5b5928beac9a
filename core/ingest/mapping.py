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
        decimal: Decimal mark of figures that are text; of a long sheet the mapping's counts.
        negated: Whether spending has a minus in this column of a wide sheet.
    """

    header: str
    column: Column
    unit: str = ""
    decimal: str = "."
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WideMapping:
    """One row is one person.

    Attributes:
        features: Columns to use.
        person: Header of the people's names; None: they are numbered.
        products: Headers of products held: one with ids between ``|`` or ``;``, or several of 0 and 1.
        vocabulary: Ids of the products in a single column; empty: those of the built-in catalogue. Products outside
            it are left out, because a vocabulary read from the data is not free.
        sums_repeats: Whether the rows of one person are added up; otherwise all but the first are left out.
        leaves_out_totals: Whether rows that are named total are left out.
    """

    features: tuple[Feature, ...]
    person: str | None = None
    products: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()
    sums_repeats: bool = False
    leaves_out_totals: bool = False

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
        category: Header of the categories; None: all amounts go into the one column.
        amount: Header of the amounts.
        unit: Unit of bare figures in the file; units of won are converted to the columns'.
        date: Header of the dates, if any.
        months: Amounts are divided by this many months; 1 leaves totals.
        is_public: Whether the columns are the public categories. Otherwise their names were read from the data,
            which is a release that nobody pays for: fine only if the user confirms that they are public knowledge.
        quantity: Header of what amounts are multiplied by, if they are prices.
        decimal: Decimal mark of figures that are text.
        negative_is_spending: Whether spending has a minus, as in the export of an account.
        kind: Header of a column that tells spending from income, if any.
        not_spending: Spellings in ``kind`` or ``category`` whose rows are left out: income, transfers.
        leaves_out_totals: Whether rows that are named total are left out.
    """

    features: tuple[Feature, ...]
    person: str
    category: str | None
    amount: str
    unit: str
    date: str | None = None
    months: int = 1
    is_public: bool = True
    quantity: str | None = None
    decimal: str = "."
    negative_is_spending: bool = False
    kind: str | None = None
    not_spending: tuple[str, ...] = ()
    leaves_out_totals: bool = False

    def __post_init__(self) -> None:
        if self.months < 1:
            raise ValueError(f"months must be at least 1, not {self.months}")
        if self.category is None and len(self.columns) > 1:
            raise ValueError(f"columns must be one without a category, not {len(self.columns)}")
        _check_unique(self.columns)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The table's columns, each once."""
        return tuple(dict.fromkeys(feature.column for feature in self.features))


def _check_unique(columns: tuple[Column, ...]) -> None:
    keys = [column.key for column in columns]
    if len(set(keys)) < len(keys):
        raise ValueError(f"keys of columns must be unique, not {keys}")
