"""What can be wrong with a catalogue: codes and figures only, which the pages put into words.

``CatalogueError.blanks`` of each ``CatalogueProblem``, where it has any:

=================== ===========================================================================
TOO_MANY_BYTES      ``megabytes``: the limit
TOO_MANY_ROWS       ``rows``, ``limit``
UNDECODABLE         ``line``: the first that no known encoding explains
MISSING_COLUMNS     ``columns``: names that the header lacks, comma-separated
NO_PRODUCTS         ``rows``: how many were looked at
NOT_JSON            ``file``: its number, from 1
NOT_FINLIFE         ``file``: JSON, but not the disclosure API's envelope
API_ERROR           ``file``, ``err_cd``, ``err_msg``: the API's own answer, sent with HTTP 200
UNKNOWN_SERVICE     ``file``: no product service of the API, or one of cards
=================== ===========================================================================

``RowError.blanks`` of each ``RowProblem``, where it has any; ``value`` is what stands there, shortened:

=================== ===========================================================================
MISSING             none: the cell is empty
DUPLICATE_ID        ``value``: the id; ``first``: line or product number of the first one
UNKNOWN_KIND        ``value``
NOT_A_RATE          ``value``
RATE_TOO_LARGE      ``value``, ``limit``: percent
NOT_A_TERM          ``value``
NOT_BENEFITS        ``value``: the part that cannot be read
NOT_A_MONTH         ``value``
RAGGED              ``cells``, ``columns``
TOO_LONG            ``characters``, ``limit``
NO_OPTIONS          ``value``: a product without any rate on offer; kept
ORPHAN_OPTION       ``value``: id of a product that options speak of and no file holds
MISSING_PAGES       ``pages``, ``of``: pages read and pages there are; what was read is kept
=================== ===========================================================================
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from core.data.catalogue import Catalogue

#: Row errors that are kept one by one; the others are counted.
ERRORS_MAX = 200


class CatalogueProblem(StrEnum):
    """Why a file cannot become a catalogue at all."""

    EMPTY_FILE = "empty_file"
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_MANY_ROWS = "too_many_rows"
    UNDECODABLE = "undecodable"
    BROKEN_CSV = "broken_csv"
    MISSING_COLUMNS = "missing_columns"
    NO_PRODUCTS = "no_products"
    NOT_JSON = "not_json"
    NOT_FINLIFE = "not_finlife"
    API_ERROR = "api_error"
    UNKNOWN_SERVICE = "unknown_service"


class RowProblem(StrEnum):
    """What is wrong with one row or one product."""

    MISSING = "missing"
    DUPLICATE_ID = "duplicate_id"
    UNKNOWN_KIND = "unknown_kind"
    NOT_A_RATE = "not_a_rate"
    RATE_TOO_LARGE = "rate_too_large"
    NOT_A_TERM = "not_a_term"
    NOT_BENEFITS = "not_benefits"
    NOT_A_MONTH = "not_a_month"
    RAGGED = "ragged"
    TOO_LONG = "too_long"
    NO_OPTIONS = "no_options"
    ORPHAN_OPTION = "orphan_option"
    MISSING_PAGES = "missing_pages"


class CatalogueError(Exception):
    """A catalogue that cannot be read; the former one stays.

    Attributes:
        problem: What is wrong.
        blanks: The figures that its sentence needs; see the module.
    """

    def __init__(self, problem: CatalogueProblem, **blanks: object) -> None:
        super().__init__(problem, blanks)
        self.problem = problem
        self.blanks: Mapping[str, object] = MappingProxyType(blanks)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """One thing that is wrong.

    Attributes:
        line: Line in the CSV file, from 1; of API files, the number of the product in its file.
        column: Name of the column or field; None for the row as a whole.
        code: What is wrong.
        blanks: The figures that its sentence needs; see the module.
        file: Number of the file, from 1.
        kept: Whether the product is in the catalogue all the same.
    """

    line: int
    column: str | None
    code: RowProblem
    blanks: Mapping[str, object]
    file: int = 1
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueUpload:
    """A catalogue that was read, and what was wrong with it.

    Attributes:
        catalogue: The products that could be read; at least one.
        row_errors: What was wrong, in order, at most ``ERRORS_MAX``.
        n_errors: How many things were wrong in all.
    """

    catalogue: Catalogue
    row_errors: tuple[RowError, ...]
    n_errors: int


def row_error(
    line: int,
    column: str | None,
    code: RowProblem,
    *,
    blanks: Mapping[str, object] | None = None,
    file: int = 1,
    kept: bool = False,
) -> RowError:
    """Return a row error with its blanks."""
    return RowError(
        line=line, column=column, code=code, blanks=MappingProxyType(dict(blanks or {})), file=file, kept=kept
    )


def catalogue_upload(catalogue: Catalogue, errors: list[RowError]) -> CatalogueUpload:
    """Return the upload of ``catalogue`` with the first of ``errors``."""
    return CatalogueUpload(catalogue=catalogue, row_errors=tuple(errors[:ERRORS_MAX]), n_errors=len(errors))
