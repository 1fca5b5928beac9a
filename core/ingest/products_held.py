"""Products held: a list of ids in one column, or a column of 0 and 1 for each product."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from core.arrays import IntArray, read_only
from core.data.catalogue import load_catalogue
from core.data.table import Holdings
from core.ingest.mapping import WideMapping
from core.ingest.sheet import RawSheet

#: What means "held" in a column of one product; everything else means "not held".
HELD = ("1", "1.0", "true", "yes", "y", "o", "○", "예", "네", "보유", "가입")


def read_holdings(sheet: RawSheet, mapping: WideMapping, *, rows: IntArray) -> tuple[Holdings | None, int]:
    """Return what the people in ``rows`` hold, and how many mentions of unknown products were left out."""
    if not mapping.products:
        return None, 0
    if len(mapping.products) == 1:
        return _read_lists(sheet.text(mapping.products[0]).take(pa.array(rows)), vocabulary=mapping.vocabulary)
    marks = [_read_marks(sheet, header)[rows] for header in mapping.products]
    people, products = np.nonzero(np.column_stack(marks))
    return _build_holdings(mapping.products, people, products, n_people=rows.size), 0


def _read_lists(cells: pa.DictionaryArray, *, vocabulary: tuple[str, ...]) -> tuple[Holdings, int]:
    ids = vocabulary or load_catalogue().ids
    index_of = {product_id: index for index, product_id in enumerate(ids)} if vocabulary else _catalogue_spellings()
    lists = pc.split_pattern_regex(cells.cast(pa.string()), r"\s*[|;]\s*")
    people = pc.list_parent_indices(lists).to_numpy()
    mentions = pc.dictionary_encode(pc.utf8_trim_whitespace(pc.list_flatten(lists)))
    of_spelling = np.asarray(
        [index_of.get(spelling, -1) for spelling in mentions.dictionary.to_pylist()], dtype=np.int64
    )
    blank = np.asarray([spelling == "" for spelling in mentions.dictionary.to_pylist()], dtype=np.bool_)
    which = mentions.indices.to_numpy()
    products = of_spelling[which]
    known = products >= 0
    n_unknown = int((~known & ~blank[which]).sum())
    return _build_holdings(ids, people[known], products[known], n_people=len(cells)), n_unknown


def _catalogue_spellings() -> Mapping[str, int]:
    """Return the built-in products by id and by name."""
    products = load_catalogue().products
    return {
        spelling: index for index, product in enumerate(products) for spelling in (product.id, *product.names.values())
    }


def _read_marks(sheet: RawSheet, header: str) -> np.ndarray:
    cells = sheet.column(header)
    if pa.types.is_dictionary(cells.type):
        cells = cells.cast(cells.type.value_type)
    text = pc.utf8_lower(pc.utf8_trim_whitespace(cells.cast(pa.string())))
    marked: np.ndarray = pc.is_in(text, value_set=pa.array(HELD)).to_numpy()
    return marked


def _build_holdings(ids: tuple[str, ...], people: IntArray, products: IntArray, *, n_people: int) -> Holdings:
    """Turn pairs of person and product into rows of held products; a product mentioned twice is held once."""
    pairs = np.unique(people * len(ids) + products)
    people, products = pairs // len(ids), pairs % len(ids)
    n_held = np.bincount(people, minlength=n_people)
    slot = np.arange(people.size) - np.repeat(np.cumsum(n_held) - n_held, n_held)
    held = np.full((n_people, max(int(n_held.max(initial=0)), 1)), -1, dtype=np.int16)
    held[people, slot] = products
    return Holdings(products=ids, held=read_only(held))
