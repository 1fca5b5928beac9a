"""Products from files saved from the disclosure API of 금융감독원 (finlife): 예금, 적금, 연금저축 and 대출.

The API answers in pages of a base list (products) and an option list (terms and rates), joined by company and product.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from core.data.catalogue import Catalogue, Product, ProductKind
from core.ingest.catalogue_file import BYTES_MAX, CHARACTERS_MAX, PRODUCTS_MAX
from core.ingest.catalogue_problems import (
    CatalogueError,
    CatalogueProblem,
    CatalogueUpload,
    RowError,
    RowProblem,
    catalogue_upload,
    row_error,
)
from core.ingest.encoding import decode
from core.ingest.finlife_rates import Offer, Service, read_offer
from core.ingest.problems import LoadError, shorten
from core.ingest.spelling import SpellingError, compose, read_month

SOURCE = "finlife"
_DONE = "000"
_KINDS = {
    Service.DEPOSIT: ProductKind.DEPOSIT,
    Service.SAVINGS: ProductKind.SAVINGS,
    Service.PENSION: ProductKind.PENSION,
    Service.MORTGAGE: ProductKind.LOAN,
    Service.RENT: ProductKind.LOAN,
    Service.CREDIT: ProductKind.LOAN,
}
_REQUIRED = ("fin_co_no", "fin_prdt_cd", "fin_prdt_nm")
#: ``join_deny`` of products that nobody is denied.
_NOBODY_DENIED = "1"

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
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


def import_finlife(files: Sequence[bytes]) -> CatalogueUpload:
    """Read products from saved answers of the API: any services, any pages, in any order.

    The rate pair of a card comes from one option: of deposits and savings the best one over 12 months, or the best of
    all where there is none; of loans the cheapest, its highest rate being the base. Credit bands of 0 are not offered.

    Args:
        files: The bytes of the files.

    Returns:
        The catalogue, of at least one product, and what was wrong.

    Raises:
        CatalogueError: If a file is no answer of the API, tells an error, or no product is left.
    """
    if not files:
        raise CatalogueError(CatalogueProblem.EMPTY_FILE)
    pages = [_read_page(content, file) for file, content in enumerate(files, start=1)]
    n_products = sum(len(page.products) for page in pages)
    if n_products > PRODUCTS_MAX:
        raise CatalogueError(CatalogueProblem.TOO_MANY_ROWS, rows=n_products, limit=PRODUCTS_MAX)
    options: dict[str, list[Fields]] = defaultdict(list)
    for page in pages:
        for option in page.options:
            options[_product_id(page.service, option)].append(option)
    products: dict[str, Product] = {}
    errors = _find_missing_pages(pages)
    first: dict[str, int] = {}
    for page in pages:
        for number, base in enumerate(page.products, start=1):
            found, faults = _read_product(page, number, base, options=options, first=first)
            errors.extend(faults)
            if found is not None:
                products[found.id] = found
                first[found.id] = number
    errors.extend(_find_orphans(pages, first))
    if not products:
        raise CatalogueError(CatalogueProblem.NO_PRODUCTS, rows=n_products)
    return catalogue_upload(Catalogue(products=tuple(products.values())), errors)


def _read_page(content: bytes, file: int) -> _Page:
    result = _read_result(content, file)
    code = _read_text(result.get("err_cd"))
    if code != _DONE:
        message = shorten(_read_text(result.get("err_msg")))
        raise CatalogueError(CatalogueProblem.API_ERROR, file=file, err_cd=code, err_msg=message)
    products, options = (_dict_rows(result.get(name)) for name in ("baseList", "optionList"))
    return _Page(
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
    except (LoadError, ValueError, RecursionError):
        raise CatalogueError(CatalogueProblem.NOT_JSON, file=file) from None
    result = document.get("result", document) if isinstance(document, dict) else None
    if not isinstance(result, dict) or "err_cd" not in result:
        raise CatalogueError(CatalogueProblem.NOT_FINLIFE, file=file)
    return result


def _find_service(result: Fields, products: Sequence[Fields], options: Sequence[Fields], *, file: int) -> Service:
    """Return the service by its letter, or else by the fields that only it has."""
    letter = _read_text(result.get("prdt_div")).upper()
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


def _read_product(
    page: _Page, number: int, base: Fields, *, options: Mapping[str, list[Fields]], first: Mapping[str, int]
) -> tuple[Product | None, list[RowError]]:
    missing = [name for name in _REQUIRED if not _read_text(base.get(name))]
    if missing:
        return None, [row_error(number, name, RowProblem.MISSING, file=page.file) for name in missing]
    product_id = _product_id(page.service, base)
    if product_id in first:
        blanks = {"value": product_id, "first": first[product_id]}
        return None, [row_error(number, "fin_prdt_cd", RowProblem.DUPLICATE_ID, blanks=blanks, file=page.file)]
    offer, unread = read_offer(page.service, base, options.get(product_id, []))
    errors = [
        row_error(number, name, RowProblem.NOT_A_RATE, blanks={"value": shorten(value)}, file=page.file, kept=True)
        for name, value in unread
    ]
    if offer.base_rate is None and offer.best_rate is None and not unread:
        blanks = {"value": product_id}
        errors.append(row_error(number, None, RowProblem.NO_OPTIONS, blanks=blanks, file=page.file, kept=True))
    month, fault = _read_month(base, number, page.file)
    return _build_product(page.service, product_id, base, offer, month), [*errors, *fault]


def _build_product(service: Service, product_id: str, base: Fields, offer: Offer, month: str) -> Product:
    name, provider = _read_text(base["fin_prdt_nm"]), _read_text(base.get("kor_co_nm"))
    # The API is Korean only; nobody has translated it.
    conditions, joins = _join_conditions(service, base), _read_eligibility(base)
    return Product(
        id=product_id,
        kind=_KINDS[service],
        name_ko=name,
        name_en=name,
        provider_ko=provider,
        provider_en=provider,
        base_rate=offer.base_rate,
        best_rate=offer.best_rate,
        conditions_ko=conditions,
        conditions_en=conditions,
        term_months=offer.term_months,
        eligibility_ko=joins,
        eligibility_en=joins,
        benefits=MappingProxyType({}),
        disclosure_month=month,
        source=SOURCE,
    )


def _read_month(base: Fields, number: int, file: int) -> tuple[str, list[RowError]]:
    text = _read_text(base.get("dcls_month"))
    try:
        return read_month(text), []
    except SpellingError as error:
        blanks = {"value": shorten(text)}
        return "", [row_error(number, "dcls_month", error.code, blanks=blanks, file=file, kept=True)]


def _join_conditions(service: Service, base: Fields) -> str:
    names = {
        Service.DEPOSIT: ("spcl_cnd", "etc_note"),
        Service.SAVINGS: ("spcl_cnd", "etc_note"),
        Service.PENSION: ("etc",),
    }.get(service, ("loan_lmt", "erly_rpay_fee"))
    texts = [_read_text(base.get(name)) for name in names]
    return " · ".join(text for text in texts if text)[:CHARACTERS_MAX]


def _read_eligibility(base: Fields) -> str:
    members = _read_text(base.get("join_member"))[:CHARACTERS_MAX]
    return members or ("누구나" if _read_text(base.get("join_deny")) == _NOBODY_DENIED else "")


def _find_missing_pages(pages: Sequence[_Page]) -> list[RowError]:
    """Name the services of which some pages are not among the files."""
    seen: dict[tuple[Service, int, int], list[_Page]] = defaultdict(list)
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


def _find_orphans(pages: Sequence[_Page], known: Mapping[str, int]) -> list[RowError]:
    """Name the products that only options speak of."""
    orphans: dict[str, RowError] = {}
    for page in pages:
        for number, option in enumerate(page.options, start=1):
            product_id = _product_id(page.service, option)
            if product_id not in known and product_id not in orphans:
                blanks = {"value": product_id}
                orphans[product_id] = row_error(
                    number, "fin_prdt_cd", RowProblem.ORPHAN_OPTION, blanks=blanks, file=page.file
                )
    return list(orphans.values())


def _product_id(service: Service, row: Fields) -> str:
    parts = [_read_text(row.get("fin_co_no")), _read_text(row.get("fin_prdt_cd"))]
    if service is Service.CREDIT:
        parts.append(_read_text(row.get("crdt_prdt_type")))
    return "-".join(parts)


def _dict_rows(rows: object) -> Sequence[Fields]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _read_text(value: object) -> str:
    """Return a field as one line of text; null is empty, and a value that is no text or number too."""
    return compose(str(value)) if isinstance(value, str | int | float) else ""


def _read_count(value: object) -> int:
    text = _read_text(value)
    return int(text) if text.isascii() and text.isdigit() else 1
