"""From a sheet and what the user says it means to people × columns."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from core.arrays import BoolArray, FloatArray, IntArray, read_only
from core.data.sources import UPLOAD
from core.data.table import Column, Holdings, Table
from core.ingest.amounts import conversion, parse_amounts
from core.ingest.mapping import Feature, LongMapping, WideMapping
from core.ingest.problems import LoadError, LoadProblem, RejectionReason, Rejections
from core.ingest.products_held import read_holdings
from core.ingest.row_filter import RowFilter, check_people
from core.ingest.sheet import SHEET_CELLS_MAX, RawSheet
from core.ingest.total_rows import reject_totals
from core.limits import COLUMNS_MAX

#: A clustering needs two people to tell apart.
PEOPLE_LEAST = 2
#: Longer names of people would only fill memory.
PERSON_CHARACTERS = 64
#: Cells of a wide file that are held as doubles; more as single floats.
DOUBLES_MAX = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """An upload that has become a table.

    Attributes:
        table: The people.
        rejections: Rows that were left out, for the person who uploaded them.
        file_key: Equal for equal files; names the ledger of the file, whatever mapping and bounds were chosen.
        nonprivate_unknown_products: Mentions of products outside the vocabulary, which were left out.
        nonprivate_sums: Sum over the people by header of the feature, in the file's own unit.
    """

    table: Table
    rejections: Rejections
    file_key: str
    nonprivate_unknown_products: int = 0
    nonprivate_sums: Mapping[str, float] = field(default_factory=dict)


def load(sheet: RawSheet, mapping: WideMapping | LongMapping) -> Loaded:
    """Turn ``sheet`` into a table as ``mapping`` says; rows at fault are left out and named.

    In a wide sheet one row is one person; a second row of the same name is left out or added, as the mapping says, and
    a row with a negative amount is left out, since spending is never negative. In a long sheet amounts are summed by
    person and category; negative ones are refunds. Nobody's row changes anybody else's.

    Args:
        sheet: The file's cells.
        mapping: What they mean, confirmed by the user.

    Returns:
        The table and what was left out.

    Raises:
        LoadError: NOTHING_CHOSEN, TOO_MANY_CHOSEN, TOO_MANY_CELLS, NOBODY_LEFT or TOO_FEW_PEOPLE.
        ValueError: If the mapping names a header that the sheet does not have.
    """
    columns = mapping.columns
    if not columns:
        raise LoadError(LoadProblem.NOTHING_CHOSEN)
    if len(columns) > COLUMNS_MAX:
        raise LoadError(LoadProblem.TOO_MANY_CHOSEN, columns=len(columns), limit=COLUMNS_MAX)
    if isinstance(mapping, WideMapping):
        return _load_wide(sheet, mapping)
    return _load_long(sheet, mapping)


def _load_wide(sheet: RawSheet, mapping: WideMapping) -> Loaded:
    row_filter = RowFilter(sheet)
    if mapping.leaves_out_totals:
        reject_totals(sheet, row_filter, person=mapping.person)
    values: FloatArray = np.empty((sheet.n_rows, len(mapping.features)), dtype=_float_type(sheet, mapping))
    for index, feature in enumerate(mapping.features):
        values[:, index] = _wide_column(sheet, feature, row_filter)
    people = _read_people(sheet, mapping.person, row_filter) if mapping.person else None
    if people is not None and mapping.person and not mapping.sums_repeats:
        row_filter.reject(
            _find_repeats(people.indices, kept=row_filter.kept), RejectionReason.DUPLICATE_PERSON, header=mapping.person
        )
    rows: IntArray = np.flatnonzero(row_filter.kept)
    values = values[rows] if rows.size < sheet.n_rows else values
    if people is not None and mapping.sums_repeats:
        values, rows = _sum_repeats(values, rows, codes=_codes(people)[rows])
    rejections = row_filter.rejections()
    check_people(rejections, n_people=rows.size, n_rows=sheet.n_rows + sheet.n_ragged, least=PEOPLE_LEAST)
    holdings, n_unknown = read_holdings(sheet, mapping, rows=rows)
    person_ids = _person_names(people.take(pa.array(rows))) if people is not None else None
    sums = values.sum(axis=0, dtype=np.float64)
    values *= np.asarray([conversion(_unit(each), each.column.unit) for each in mapping.features], dtype=values.dtype)
    return Loaded(
        table=_build_table(
            mapping.columns,
            values.astype(np.float32, copy=False),
            person_ids=person_ids,
            holdings=holdings,
            file_key=sheet.file_key,
        ),
        rejections=rejections,
        file_key=sheet.file_key,
        nonprivate_unknown_products=n_unknown,
        nonprivate_sums={feature.header: float(total) for feature, total in zip(mapping.features, sums, strict=True)},
    )


def _float_type(sheet: RawSheet, mapping: WideMapping) -> type[np.floating[Any]]:
    """Return doubles as long as they fit beside the file: sums are then exact to the cent."""
    return np.float64 if sheet.n_rows * len(mapping.features) <= DOUBLES_MAX else np.float32


def _sum_repeats(values: FloatArray, rows: IntArray, *, codes: IntArray) -> tuple[FloatArray, IntArray]:
    """Add up the rows of each person; return the sums, and the first row of each."""
    _, first, person_of_row = np.unique(codes, return_index=True, return_inverse=True)
    sums = [np.bincount(person_of_row, weights=column, minlength=first.size) for column in values.T]
    order = np.argsort(first, kind="stable")
    added: FloatArray = np.column_stack(sums)[order].astype(np.float64, copy=False)
    return added, rows[first[order]]


def _unit(feature: Feature) -> str:
    return feature.unit or feature.column.unit


def _wide_column(sheet: RawSheet, feature: Feature, row_filter: RowFilter) -> FloatArray:
    amounts = parse_amounts(sheet.column(feature.header), unit=_unit(feature), decimal=feature.decimal)
    row_filter.reject_faults(amounts.faults, header=feature.header)
    values = -amounts.values if feature.negated else amounts.values
    if feature.column.lower >= 0:
        row_filter.reject(values < 0, RejectionReason.NEGATIVE, header=feature.header)
    return values


def _read_people(sheet: RawSheet, header: str, row_filter: RowFilter) -> pa.DictionaryArray:
    people = sheet.text(header)
    row_filter.reject(people.is_null().to_numpy(zero_copy_only=False), RejectionReason.MISSING_PERSON, header=header)
    lengths = pc.utf8_length(people.dictionary).to_numpy()
    if (lengths > PERSON_CHARACTERS).any():
        # The last stands for "no name".
        long = np.append(lengths > PERSON_CHARACTERS, [False])
        row_filter.reject(long[_codes(people)], RejectionReason.LONG_PERSON, header=header)
    return people


def _codes(encoded: pa.DictionaryArray) -> IntArray:
    """Return the indices of a dictionary-encoded column; -1 for null."""
    codes: IntArray = encoded.indices.fill_null(-1).to_numpy()
    return codes


def _find_repeats(indices: pa.Array, *, kept: BoolArray) -> BoolArray:
    """Mark the rows that name a person whom an earlier kept row names already."""
    codes = indices.fill_null(-1).to_numpy()
    rows = np.flatnonzero(kept)
    repeats = np.zeros(codes.size, dtype=np.bool_)
    repeats[rows] = True
    repeats[rows[np.unique(codes[rows], return_index=True)[1]]] = False
    return repeats


def _person_names(people: pa.Array) -> np.ndarray:
    return read_only(people.cast(pa.string()).to_numpy(zero_copy_only=False).astype(str))


def _load_long(sheet: RawSheet, mapping: LongMapping) -> Loaded:
    columns = mapping.columns
    row_filter = RowFilter(sheet)
    if mapping.leaves_out_totals:
        reject_totals(sheet, row_filter, person=mapping.person, category=mapping.category)
    _reject_other_kinds(sheet, mapping, row_filter)
    people = _read_people(sheet, mapping.person, row_filter)
    feature_of_row = _match_categories(sheet, mapping, row_filter)
    amounts = _read_amounts(sheet, mapping, row_filter)
    rejections, kept = row_filter.rejections(), row_filter.kept

    codes = _codes(people)[kept]
    present = np.bincount(codes, minlength=len(people.dictionary)) > 0
    named, person_of_row = np.flatnonzero(present), (np.cumsum(present) - 1)[codes]
    check_people(rejections, n_people=named.size, n_rows=sheet.n_rows + sheet.n_ragged, least=PEOPLE_LEAST)
    column_of = np.asarray([columns.index(feature.column) for feature in mapping.features], dtype=np.int32)
    features_kept, amounts_kept = feature_of_row[kept], amounts[kept]
    sums = _sum_cells(person_of_row, column_of[features_kept], amounts_kept, shape=(named.size, len(columns)))
    factors = np.asarray([conversion(mapping.unit, column.unit) / mapping.months for column in columns])
    person_ids = _person_names(people.dictionary.take(pa.array(named)))
    values = (sums * factors).astype(np.float32)
    by_feature = np.bincount(features_kept, weights=amounts_kept, minlength=len(mapping.features))
    return Loaded(
        table=_build_table(columns, values, person_ids=person_ids, file_key=sheet.file_key),
        rejections=rejections,
        file_key=sheet.file_key,
        nonprivate_sums={
            feature.header: float(total) for feature, total in zip(mapping.features, by_feature, strict=True)
        },
    )


def _reject_other_kinds(sheet: RawSheet, mapping: LongMapping, row_filter: RowFilter) -> None:
    """Reject income and transfers, where a column tells them from spending."""
    for header in (mapping.kind, mapping.category):
        if header is not None and mapping.not_spending:
            spelled = sheet.text(header)
            other = np.asarray([*(text in mapping.not_spending for text in spelled.dictionary.to_pylist()), False])
            row_filter.reject(other[_codes(spelled)], RejectionReason.NOT_SPENDING, header=header)


def _read_amounts(sheet: RawSheet, mapping: LongMapping, row_filter: RowFilter) -> FloatArray:
    """Read the amounts, times the quantities if there are any, spending positive."""
    amounts = parse_amounts(sheet.column(mapping.amount), unit=mapping.unit, decimal=mapping.decimal)
    row_filter.reject_faults(amounts.faults, header=mapping.amount)
    values = -amounts.values if mapping.negative_is_spending else amounts.values
    if mapping.quantity is None:
        return values
    quantities = parse_amounts(sheet.column(mapping.quantity), unit="", decimal=mapping.decimal)
    row_filter.reject_faults(quantities.faults, header=mapping.quantity)
    return values * quantities.values


def _sum_cells(people: IntArray, columns: IntArray, amounts: FloatArray, *, shape: tuple[int, int]) -> FloatArray:
    """Add up transactions by person and column, unless the table would not fit in memory."""
    n_cells = shape[0] * shape[1]
    if n_cells > SHEET_CELLS_MAX:
        raise LoadError(LoadProblem.TOO_MANY_CELLS, cells=n_cells, limit=SHEET_CELLS_MAX)
    sums = np.bincount(people * shape[1] + columns, weights=amounts, minlength=n_cells)
    return sums.reshape(shape).astype(np.float64, copy=False)


def _match_categories(sheet: RawSheet, mapping: LongMapping, row_filter: RowFilter) -> IntArray:
    """Return the index among the features of each transaction's category; rows of other categories are rejected."""
    if mapping.category is None:
        return np.zeros(sheet.n_rows, dtype=np.int32)
    categories = sheet.text(mapping.category)
    missing = categories.is_null().to_numpy(zero_copy_only=False)
    row_filter.reject(missing, RejectionReason.MISSING_CATEGORY, header=mapping.category)
    index_of = {feature.header: index for index, feature in enumerate(mapping.features)}
    spelled = categories.dictionary.to_pylist()
    # One more for rows without a category, which are rejected already.
    indices = np.asarray([*(index_of.get(spelling, -1) for spelling in spelled), -1], dtype=np.int32)
    feature_of_row: IntArray = indices[_codes(categories)]
    row_filter.reject(feature_of_row < 0, RejectionReason.UNKNOWN_CATEGORY, header=mapping.category)
    return feature_of_row


def _build_table(
    columns: tuple[Column, ...],
    values: FloatArray,
    *,
    person_ids: np.ndarray | None,
    holdings: Holdings | None = None,
    file_key: str,
) -> Table:
    digest = hashlib.blake2b(repr(columns).encode(), digest_size=16)
    digest.update(np.ascontiguousarray(values).data)
    if person_ids is not None:
        digest.update(np.ascontiguousarray(person_ids).view(np.uint8).data)
    if holdings is not None:
        digest.update(repr(holdings.products).encode())
        digest.update(np.ascontiguousarray(holdings.held).data)
    return Table(
        columns=columns,
        values=values,
        source=UPLOAD,
        content_key=f"upload-{digest.hexdigest()}",
        people_key=file_key,
        person_ids=person_ids,
        holdings=holdings,
    )
