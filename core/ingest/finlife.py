"""Products from files saved from the disclosure API of 금융감독원 (finlife): 예금, 적금, 연금저축 and 대출.

The API answers in pages of a base list (products) and an option list (terms and rates), joined by company and product.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from core.data.catalogue import Catalogue, Product, ProductKind
from core.data.labels import Labels
from core.ingest.catalogue_file import CHARACTERS_MAX, PRODUCTS_MAX
from core.ingest.catalogue_problems import (
    CatalogueError,
    CatalogueProblem,
    CatalogueUpload,
    RowError,
    RowProblem,
    catalogue_upload,
    row_error,
)
from core.ingest.finlife_pages import Fields, Page, find_missing_pages, product_id_of, read_page, read_text
from core.ingest.finlife_rates import Offer, Service, read_offer
from core.ingest.problems import shorten
from core.ingest.spelling import SpellingError, read_month

SOURCE = "finlife"
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


def import_finlife(files: Sequence[bytes]) -> CatalogueUpload:
    """Read products from saved answers of the API: any services, any pages, in any order.

    The rate pair of a card comes from one option: of deposits and savings the best one over 12 months, or the best of
    all where there is none; of loans the cheapest, its highest rate being the base. Credit bands of 0 are not offered.

    Args:
        files: The bytes of the files.

    Returns:
        The catalogue, of at least one product, and what was wrong.

    Raises:
        CatalogueError: If a file is no answer of the API, reports an error, or no product is left.
    """
    if not files:
        raise CatalogueError(CatalogueProblem.EMPTY_FILE)
    pages = [read_page(content, file) for file, content in enumerate(files, start=1)]
    n_products = sum(len(page.products) for page in pages)
    if n_products > PRODUCTS_MAX:
        raise CatalogueError(CatalogueProblem.TOO_MANY_ROWS, rows=n_products, limit=PRODUCTS_MAX)
    options: dict[str, list[Fields]] = defaultdict(list)
    for page in pages:
        for option in page.options:
            options[product_id_of(page.service, option)].append(option)
    products: dict[str, Product] = {}
    errors = find_missing_pages(pages)
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


def _read_product(
    page: Page, number: int, base: Fields, *, options: Mapping[str, list[Fields]], first: Mapping[str, int]
) -> tuple[Product | None, list[RowError]]:
    missing = [name for name in _REQUIRED if not read_text(base.get(name))]
    if missing:
        return None, [row_error(number, name, RowProblem.MISSING, file=page.file) for name in missing]
    product_id = product_id_of(page.service, base)
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
    name, provider = read_text(base["fin_prdt_nm"]), read_text(base.get("kor_co_nm"))
    conditions, joins = _join_conditions(service, base), _read_eligibility(base)
    return Product(
        id=product_id,
        kind=_KINDS[service],
        names=_label(name),
        providers=_label(provider),
        base_rate=offer.base_rate,
        best_rate=offer.best_rate,
        conditions=_label(conditions),
        term_months=offer.term_months,
        eligibility=_label(joins),
        benefits={},
        disclosure_month=month,
        source=SOURCE,
    )


def _label(text: str) -> Labels:
    # The API is Korean only; nobody has translated it.
    return {"ko": text} if text else {}


def _read_month(base: Fields, number: int, file: int) -> tuple[str, list[RowError]]:
    text = read_text(base.get("dcls_month"))
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
    texts = [read_text(base.get(name)) for name in names]
    return " · ".join(text for text in texts if text)[:CHARACTERS_MAX]


def _read_eligibility(base: Fields) -> str:
    members = read_text(base.get("join_member"))[:CHARACTERS_MAX]
    return members or ("누구나" if read_text(base.get("join_deny")) == _NOBODY_DENIED else "")


def _find_orphans(pages: Sequence[Page], known: Mapping[str, int]) -> list[RowError]:
    """Name the products that only options speak of."""
    orphans: dict[str, RowError] = {}
    for page in pages:
        for number, option in enumerate(page.options, start=1):
            product_id = product_id_of(page.service, option)
            if product_id not in known and product_id not in orphans:
                blanks = {"value": product_id}
                orphans[product_id] = row_error(
                    number, "fin_prdt_cd", RowProblem.ORPHAN_OPTION, blanks=blanks, file=page.file
                )
    return list(orphans.values())
