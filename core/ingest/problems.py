"""What can be wrong with an upload: codes and figures only, which the pages put into words.

``LoadError.blanks`` of each ``LoadProblem``, where it has any:

==================== =====================================================================
TOO_MANY_BYTES       ``megabytes``: the limit
UNPACKS_TOO_LARGE    ``megabytes``: the limit for what a small file stands for
TOO_SLOW             ``seconds``: the limit
TOO_MANY_ROWS        ``rows``, ``limit``
TOO_MANY_COLUMNS     ``columns``, ``limit``: in the file
TOO_MANY_CELLS       ``cells``, ``limit``
UNCLOSED_QUOTE       ``line``: where the quotation begins
UNDECODABLE          ``line``: the first that no known encoding explains
MIXED_ENCODINGS      ``line``: the first in another encoding than those before it
TOO_FEW_COLUMNS      ``columns``, ``least``: long files need a person, a category and an amount
NO_NUMBERS           ``columns``: how many were looked at
TOO_MANY_CHOSEN      ``columns``, ``limit``
TOO_MANY_CATEGORIES  ``categories``, ``limit``: the column chosen is hardly one of categories
NOBODY_LEFT          ``rows``, ``reason`` (a ``RejectionReason``), ``line``: the commonest reason, its first line
TOO_FEW_PEOPLE       ``people``, ``least``
==================== =====================================================================

Every rejected row has a ``line``, a ``reason``, a ``column`` (a header, or None for the whole row) and a ``value``
(shortened; may be empty).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class LoadProblem(StrEnum):
    """Why a file cannot become a table at all."""

    EMPTY_FILE = "empty_file"
    HEADER_ONLY = "header_only"
    NO_HEADER = "no_header"
    TOO_MANY_BYTES = "too_many_bytes"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_MUCH_MEMORY = "too_much_memory"
    TOO_SLOW = "too_slow"
    READER_DIED = "reader_died"
    BUSY = "busy"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_CELLS = "too_many_cells"
    ARCHIVE = "archive"
    WEB_PAGE = "web_page"
    BINARY = "binary"
    BROKEN_CSV = "broken_csv"
    BROKEN_EXCEL = "broken_excel"
    PROTECTED_EXCEL = "protected_excel"
    BROKEN_PARQUET = "broken_parquet"
    UNCLOSED_QUOTE = "unclosed_quote"
    UNDECODABLE = "undecodable"
    MIXED_ENCODINGS = "mixed_encodings"
    TOO_FEW_COLUMNS = "too_few_columns"
    NO_NUMBERS = "no_numbers"
    NOTHING_CHOSEN = "nothing_chosen"
    TOO_MANY_CHOSEN = "too_many_chosen"
    TOO_MANY_CATEGORIES = "too_many_categories"
    NOBODY_LEFT = "nobody_left"
    TOO_FEW_PEOPLE = "too_few_people"


class RejectionReason(StrEnum):
    """Why one row was left out."""

    RAGGED = "ragged"
    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    NOT_FINITE = "not_finite"
    TOO_LARGE = "too_large"
    NEGATIVE = "negative"
    FORMULA = "formula"
    OTHER_UNIT = "other_unit"
    MISSING_PERSON = "missing_person"
    LONG_PERSON = "long_person"
    DUPLICATE_PERSON = "duplicate_person"
    MISSING_CATEGORY = "missing_category"
    UNKNOWN_CATEGORY = "unknown_category"
    TOTAL_ROW = "total_row"
    NOT_SPENDING = "not_spending"


class LoadError(Exception):
    """A file that cannot be loaded; the former data stays.

    Attributes:
        problem: What is wrong.
        blanks: The figures that its sentence needs; see the module.
    """

    def __init__(self, problem: LoadProblem, **blanks: object) -> None:
        super().__init__(problem, blanks)
        self.problem = problem
        self.blanks: Mapping[str, object] = MappingProxyType(blanks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """One row that was left out.

    Attributes:
        line: Physical line in the file, from 1; in Parquet, the row.
        reason: Why.
        column: Header of the first column at fault; None when it is the row as a whole.
        value: What stood there, shortened.
    """

    line: int
    reason: RejectionReason
    column: str | None
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejections:
    """All rows that were left out; shown to the person who uploaded them and to nobody else.

    Attributes:
        counts: Number of rows by reason; every row has one reason.
        examples: The first rejected rows by line, at most ``EXAMPLES_MAX``.
    """

    counts: Mapping[RejectionReason, int]
    examples: tuple[Rejection, ...]

    @property
    def total(self) -> int:
        """Number of rows left out."""
        return sum(self.counts.values())


#: Rejected rows that are kept one by one; the others are counted.
EXAMPLES_MAX = 200
#: Characters of a rejected value that are shown.
VALUE_CHARACTERS = 24


def shorten(value: object) -> str:
    """Return ``value`` as text fit for a table of rejections."""
    text = " ".join(str(value).split()) if value is not None else ""
    return text if len(text) <= VALUE_CHARACTERS else text[: VALUE_CHARACTERS - 1] + "…"
