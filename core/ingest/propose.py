"""Proposals for what a sheet means, made from names; for the user to confirm or change."""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from core.data.catalogue import load_catalogue
from core.data.categories import public_categories
from core.data.labels import choose_label
from core.ingest.amounts import parse_amounts
from core.ingest.columns import find_category, guess_figure_unit, guess_money_unit, propose_column
from core.ingest.mapping import Feature, LongMapping, WideMapping
from core.ingest.problems import LoadError, LoadProblem
from core.ingest.sheet import RawSheet
from core.limits import COLUMNS_MAX

#: Rows looked at to tell columns of figures from others; decides what is proposed, never a bound.
LOOKED_AT_ROWS = 50
#: Different spellings that a column of categories may have.
CATEGORIES_MAX = 2_000
LONG_COLUMNS_LEAST = 3
#: Months that amounts are taken to cover unless the user types another number: a public constant, whatever the dates.
MONTHS_DEFAULT = 12

_PERSON = (
    r"^(person|customer|member|user|household|client)?[ _]?(id|no|key|number|name)?$|[ _]id$"
    r"|^(고객|회원|사람|가구|성명|이름|아이디)|(고객|회원|가구)\s*(번호|id|아이디|명)$"
)
_CATEGORY = r"categor|department|분류|카테고리|항목|업종|품목|부문"
_AMOUNT = r"amount|price|spend|sales|value|금액|사용액|이용액|결제액|지출"
_DATE = r"date|time|month|날짜|일자|일시|거래일|이용일|결제일|년월"
_PRODUCTS = r"^((보유|가입|이용)\s*)?(products?|holdings?|상품)\s*(held|ids?|목록)?$"
_NO_FIGURE = r"전화|우편|코드|계좌|phone\s*(no|number)|zip|code"


def propose_wide(sheet: RawSheet) -> WideMapping:
    """Propose a mapping of ``sheet`` as one row a person; the first columns of figures are used.

    Raises:
        LoadError: NO_NUMBERS if no column holds figures.
    """
    person = _find_header(sheet.header, _PERSON)
    products = find_products(sheet, person=person)
    figures = _find_figures(sheet, without={person, *products})
    if not figures:
        raise LoadError(LoadProblem.NO_NUMBERS, columns=len(sheet.header))
    features: list[Feature] = []
    taken: set[str] = set()
    for header in figures:
        column = propose_column(header)
        # A second column of the same category stays what it is called.
        column = column if column.key not in taken else replace(column, key=header)
        taken.add(column.key)
        features.append(Feature(header=header, column=column, unit=guess_figure_unit(header)))
    return WideMapping(features=tuple(features), person=person, products=products)


def find_products(sheet: RawSheet, *, person: str | None) -> tuple[str, ...]:
    """Return the column of lists of products, or else those that bear a known product's id."""
    others = [header for header in sheet.header if header != person]
    listed = next((header for header in others if _matches(header, _PRODUCTS)), None)
    known = set(load_catalogue().ids)
    return (listed,) if listed else tuple(header for header in others if header in known)


def _find_figures(sheet: RawSheet, *, without: set[str | None]) -> list[str]:
    figures: list[str] = []
    for header in sheet.header:
        if header in without or _matches(header, _NO_FIGURE):
            continue
        looked_at = sheet.column(header).slice(0, LOOKED_AT_ROWS)
        if np.mean(parse_amounts(looked_at, unit="").faults == 0) >= 0.5:  # noqa: PLR2004 - most of them
            figures.append(header)
        if len(figures) == COLUMNS_MAX:
            break
    return figures


def propose_long(  # noqa: D417 - the headers are named like their roles
    sheet: RawSheet,
    *,
    person: str | None = None,
    category: str | None = None,
    amount: str | None = None,
    date: str | None = None,
    months: int = MONTHS_DEFAULT,
    per_month: bool = False,
) -> LongMapping:
    """Propose a mapping of ``sheet`` as one row a transaction.

    If most spellings of the categories mean a public category, all public categories are used, also those that
    nobody bought from: then nothing is read from the data. Otherwise the spellings are, in the order of their names,
    and the mapping says that its vocabulary is not public.

    Args:
        sheet: The sheet. Headers that are not given are guessed from their names.
        months: Months that the amounts cover: a public figure, never counted from dates.
        per_month: Divide amounts by the months; bounds fit either way.

    Returns:
        The mapping.

    Raises:
        LoadError: TOO_FEW_COLUMNS, or TOO_MANY_CATEGORIES if the column is hardly one of categories.
    """
    headers = _assign_roles(sheet, person=person, category=category, amount=amount)
    date = date or _find_header(tuple(header for header in sheet.header if header not in headers), _DATE)
    unit = guess_money_unit(headers[2])
    spellings = _sort_spellings(sheet, category=headers[1])
    keys = {spelling: find_category(spelling) for spelling in spellings}
    is_public = sum(key is not None for key in keys.values()) * 2 >= max(len(keys), 1)
    covered = 1 if per_month else months
    features = _public_features(keys, unit=unit, months=covered) if is_public else ()
    return LongMapping(
        features=features or _spelled_features(spellings[:COLUMNS_MAX], unit=unit, months=covered),
        person=headers[0],
        category=headers[1],
        amount=headers[2],
        unit=unit,
        date=date,
        months=months if per_month else 1,
        is_public=is_public,
    )


def _assign_roles(
    sheet: RawSheet, *, person: str | None, category: str | None, amount: str | None
) -> tuple[str, str, str]:
    """Name the columns of people, categories and amounts; in this order, where names tell nothing."""
    if len(sheet.header) < LONG_COLUMNS_LEAST:
        raise LoadError(LoadProblem.TOO_FEW_COLUMNS, columns=len(sheet.header), least=LONG_COLUMNS_LEAST)
    named: list[str | None] = [person, category, amount]
    for index, pattern in enumerate((_PERSON, _CATEGORY, _AMOUNT)):
        free = tuple(header for header in sheet.header if header not in named)
        named[index] = named[index] or _find_header(free, pattern)
    free_headers = iter([header for header in sheet.header if header not in named])
    first, second, third = (header or next(free_headers) for header in named)
    return first, second, third


def _sort_spellings(sheet: RawSheet, *, category: str) -> list[str]:
    """Return the spellings in a column of categories by name: how often they occur is nobody's business."""
    spelled: list[str] = sheet.text(category).dictionary.drop_null().to_pylist()
    if len(spelled) > CATEGORIES_MAX:
        raise LoadError(LoadProblem.TOO_MANY_CATEGORIES, categories=len(spelled), limit=CATEGORIES_MAX)
    return sorted(spelled)


def _public_features(keys: Mapping[str, str | None], *, unit: str, months: int) -> tuple[Feature, ...]:
    features = []
    for group in public_categories():
        name = choose_label(group.column.labels, "ko")
        spellings = [spelling for spelling, key in keys.items() if key == group.column.key]
        proposed = propose_column(f"{name} ({unit})", months=months)
        column = replace(proposed, key=group.column.key, labels=group.column.labels)
        features += [Feature(header=spelling, column=column, unit=unit) for spelling in spellings or [name]]
    return tuple(features)


def _spelled_features(spellings: list[str], *, unit: str, months: int) -> tuple[Feature, ...]:
    proposed = [propose_column(f"{spelling} ({unit})", months=months) for spelling in spellings]
    return tuple(
        Feature(header=spelling, column=replace(column, key=spelling), unit=unit)
        for spelling, column in zip(spellings, proposed, strict=True)
    )


def _find_header(headers: tuple[str, ...], pattern: str) -> str | None:
    return next((header for header in headers if _matches(header, pattern)), None)


def _matches(header: str, pattern: str) -> bool:
    return bool(header) and re.search(pattern, header.lower()) is not None
