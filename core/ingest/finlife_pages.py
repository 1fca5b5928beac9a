"""Answers of the disclosure API, a page a file: its envelope, its service, and pages that are missing."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.ingest.catalogue_file import BYTES_MAX
from core.ingest.catalogue_problems import CatalogueError, CatalogueProblem, RowError, RowProblem, row_error
from core.ingest.encoding import decode
from core.ingest.finlife_rates import Service
from core.ingest.problems import LoadError, shorten
from core.ingest.spelling import compose

#: Digits of a count of pages or products, at most.
COUNT_DIGITS = 9
#: The API's own code of success.
_DONE = "000"

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of the API.

    Attributes:
        file: Number of its file, from 1.
        service: What it lists.
        number: Page, from 1.
        of: Number of pages.
        total: Number of products on all pages.
        products: The base list.
        options: The option list.
    """

    file: int
    service: Service
    number: int
    of: int
    total: int
    products: Sequence[Fields]
    options: Sequence[Fields]


def read_page(content: bytes, file: int) -> Page:
    """Read one saved answer.

    Raises:
        CatalogueError: If it is no answer of the API, reports an error, or lists no products of a known service.
    """
    result = _read_result(content, file)
    code = read_text(result.get("err_cd"))
    if code != _DONE:
        message = shorten(read_text(result.get("err_msg")))
        raise CatalogueError(CatalogueProblem.API_ERROR, file=file, err_cd=code, err_msg=message)
    products, options = (_dict_rows(result.get(name)) for name in ("baseList", "optionList"))
    return Page(
        file=file,
        service=_find_service(result, products, options, file=file),
        number=_read_count(result.get("now_page_no")),
        of=_read_count(result.get("max_page_no")),
        total=_read_count(result.get("total_count")),
        products=products,
        options=options,
    )


def _read_result(content: bytes, file: int) -> Fields:
    """Return the envelope's inside."""
    if not content.strip():
        raise CatalogueError(CatalogueProblem.EMPTY_FILE)
    if len(content) > BYTES_MAX:
        raise CatalogueError(CatalogueProblem.TOO_MANY_BYTES, megabytes=BYTES_MAX >> 20)
    try:
        document = json.loads(decode(content).content)
        # Halves of characters are no text: nothing that follows could show them.
        json.dumps(document, ensure_ascii=False).encode()
    except (LoadError, ValueError, RecursionError):
        raise CatalogueError(CatalogueProblem.NOT_JSON, file=file) from None
    result = document.get("result", document) if isinstance(document, dict) else None
    if not isinstance(result, dict) or "err_cd" not in result:
        raise CatalogueError(CatalogueProblem.NOT_FINLIFE, file=file)
    return result


def _find_service(result: Fields, products: Sequence[Fields], options: Sequence[Fields], *, file: int) -> Service:
    """Return the service by its letter, or else by the fields that only it has."""
    letter = read_text(result.get("prdt_div")).upper()
    if letter in set(Service):
        return Service(letter)
    fields = {key for row in (*products, *options) for key in row}
    for mark, service in (
        ("crdt_prdt_type", Service.CREDIT),
        ("pnsn_kind", Service.PENSION),
        ("mrtg_type", Service.MORTGAGE),
        ("lend_rate_min", Service.RENT),
        ("rsrv_type", Service.SAVINGS),
        ("save_trm", Service.DEPOSIT),
    ):
        if mark in fields:
            return service
    raise CatalogueError(CatalogueProblem.UNKNOWN_SERVICE, file=file)


def find_missing_pages(pages: Sequence[Page]) -> list[RowError]:
    """Name the services of which some pages are not among the files."""
    seen: dict[tuple[Service, int, int], list[Page]] = defaultdict(list)
    for page in pages:
        seen[page.service, page.of, page.total].append(page)
    return [
        row_error(
            1, "now_page_no", RowProblem.MISSING_PAGES,
            blanks={"pages": len({page.number for page in same}), "of": of}, file=same[0].file, kept=True,
        )
        for (_, of, _), same in seen.items()
        if len({page.number for page in same}) < of
    ]  # fmt: skip


def product_id_of(service: Service, row: Fields) -> str:
    """Return what joins a product and its options: company and product, of credit its type too."""
    parts = [read_text(row.get("fin_co_no")), read_text(row.get("fin_prdt_cd"))]
    if service is Service.CREDIT:
        parts.append(read_text(row.get("crdt_prdt_type")))
    return "-".join(parts)


def _dict_rows(rows: object) -> Sequence[Fields]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def read_text(value: object) -> str:
    """Return a field as one line of text; null is empty, and a value that is no text or number too."""
    return compose(str(value)) if isinstance(value, str | int | float) else ""


def _read_count(value: object) -> int:
    text = read_text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= COUNT_DIGITS else 1
