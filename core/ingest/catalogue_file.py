"""A catalogue of one's own, as CSV: checked row by row, every fault named."""

import csv
import io
from collections.abc import Iterator, Mapping

from core.data.catalogue import CATALOGUE_FILE, Catalogue, Product
from core.data.labels import read_labels
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
from core.ingest.problems import LoadError, shorten
from core.ingest.spelling import SpellingError, compose, read_benefits, read_kind, read_month, read_rate, read_term

#: Columns that a catalogue must have; ``name`` and ``id`` may stand for each other.
REQUIRED = ("kind", "name_ko")
BYTES_MAX = 8 << 20
PRODUCTS_MAX = 5_000
#: Longest text of one cell that a card can show.
CHARACTERS_MAX = 2_000
UPLOADED = "upload"

_OTHER_NAMES = {
    "상품번호": "id",
    "상품코드": "id",
    "종류": "kind",
    "상품명": "name_ko",
    "이름": "name_ko",
    "name": "name_ko",
    "금융회사": "provider_ko",
    "회사": "provider_ko",
    "provider": "provider_ko",
    "기본금리": "base_rate",
    "최고금리": "best_rate",
    "우대조건": "conditions_ko",
    "conditions": "conditions_ko",
    "기간": "term_months",
    "term": "term_months",
    "가입대상": "eligibility_ko",
    "eligibility": "eligibility_ko",
    "혜택": "benefits",
    "공시월": "disclosure_month",
    "출처": "source",
}
_READERS = {
    "kind": read_kind,
    "base_rate": read_rate,
    "best_rate": read_rate,
    "term_months": read_term,
    "benefits": read_benefits,
    "disclosure_month": read_month,
}
#: Texts that are what they are, and texts for people: of these a column a language, such as ``name_ko``.
_TEXTS = ("id", "name_ko", "source")
_LABELS = {"names": "name", "providers": "provider", "conditions": "conditions", "eligibility": "eligibility"}
_LABELLED = tuple(f"{name}_" for name in _LABELS.values())


def read_catalogue_csv(content: bytes) -> CatalogueUpload:
    """Read products from CSV in UTF-8 or CP949, with commas, semicolons or tabs.

    The columns are those of the built-in catalogue, or their Korean names; only a kind and a name are required. Cells
    are text: what looks like a formula stays what it is. A product whose row is at fault is left out; the others stay.

    Args:
        content: The bytes of the file.

    Returns:
        The catalogue, of at least one product, and what was wrong.

    Raises:
        CatalogueError: If nothing can be made of the file.
    """
    records = _read_records(content)
    line, header = next(records, (1, []))
    if not header:
        raise CatalogueError(CatalogueProblem.EMPTY_FILE)
    names = [_column_key(name) for name in header]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise CatalogueError(CatalogueProblem.MISSING_COLUMNS, columns=", ".join(missing))
    products: list[Product] = []
    errors: list[RowError] = []
    lines: dict[str, int] = {}
    n_rows = 0
    for line, cells in records:
        n_rows += 1
        if n_rows > PRODUCTS_MAX:
            raise CatalogueError(CatalogueProblem.TOO_MANY_ROWS, rows=n_rows, limit=PRODUCTS_MAX)
        found = _read_product(line, names, cells, lines)
        if isinstance(found, Product):
            products.append(found)
            lines[found.id] = line
        else:
            errors.extend(found)
    if not products:
        raise CatalogueError(CatalogueProblem.NO_PRODUCTS, rows=n_rows)
    return catalogue_upload(Catalogue(products=tuple(products)), errors)


def catalogue_template() -> bytes:
    """Return the header and three products of the built-in catalogue, as a CSV that Excel opens."""
    text = CATALOGUE_FILE.read_text(encoding="utf-8")
    return "\n".join(text.splitlines()[:4]).encode("utf-8-sig") + b"\n"


def _read_records(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, with the line on which each begins."""
    if len(content) > BYTES_MAX:
        raise CatalogueError(CatalogueProblem.TOO_MANY_BYTES, megabytes=BYTES_MAX >> 20)
    try:
        text = decode(content).content.decode()
    except LoadError as error:
        raise CatalogueError(CatalogueProblem.UNDECODABLE, **error.blanks) from None
    if "\0" in text:
        raise CatalogueError(CatalogueProblem.BROKEN_CSV)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    began = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield began, cells
            began = reader.line_num + 1
    except csv.Error:
        raise CatalogueError(CatalogueProblem.BROKEN_CSV) from None


def _column_key(header: str) -> str:
    bare = compose(header).lower().replace(" ", "_")
    return _OTHER_NAMES.get(bare.replace("_", ""), _OTHER_NAMES.get(bare, bare))


def _read_product(line: int, names: list[str], cells: list[str], lines: Mapping[str, int]) -> Product | list[RowError]:
    """Return the product of one row, or everything that is wrong with it."""
    if len(cells) != len(names):
        return [row_error(line, None, RowProblem.RAGGED, blanks={"cells": len(cells), "columns": len(names)})]
    row = dict(zip(names, cells, strict=True))
    texts = dict.fromkeys(_TEXTS, "") | {
        name: compose(text) for name, text in row.items() if name in _TEXTS or name.startswith(_LABELLED)
    }
    errors = [
        row_error(line, name, RowProblem.TOO_LONG, blanks={"characters": len(text), "limit": CHARACTERS_MAX})
        for name, text in texts.items()
        if len(text) > CHARACTERS_MAX
    ]
    typed, unread = _read_typed(line, row)
    errors.extend(unread)
    if not texts["name_ko"]:
        errors.append(row_error(line, "name_ko", RowProblem.MISSING))
    # Without ids, products are identified by their names.
    texts["id"] = texts["id"] or texts["name_ko"]
    if texts["id"] in lines:
        first = lines[texts["id"]]
        errors.append(
            row_error(line, "id", RowProblem.DUPLICATE_ID, blanks={"value": shorten(texts["id"]), "first": first})
        )
    labels = {field: read_labels(texts, name) for field, name in _LABELS.items()}
    told = {"id": texts["id"], "source": texts["source"] or UPLOADED, **labels, **typed}
    return errors or Product(**told)  # type: ignore[arg-type]  # types differ by column


def _read_typed(line: int, row: Mapping[str, str]) -> tuple[dict[str, object], list[RowError]]:
    """Read the cells that are more than text, and name those that cannot be read."""
    typed: dict[str, object] = {}
    errors = []
    for name, read in _READERS.items():
        try:
            typed[name] = read(row.get(name, ""))
        except SpellingError as error:
            blanks = {} if error.code is RowProblem.MISSING else {"value": shorten(row.get(name, "")), **error.blanks}
            errors.append(row_error(line, name, error.code, blanks=blanks))
    return typed, errors
