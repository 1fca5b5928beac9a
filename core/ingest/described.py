"""Every column of a file described, used or not: unit, bounds, sum and three cells, for its owner."""

from collections.abc import Mapping

import numpy as np

from core.ingest.amounts import conversion, parse_amounts
from core.ingest.columns import guess_figure_unit
from core.ingest.draft import Draft
from core.ingest.features import Categories
from core.ingest.load import Loaded
from core.ingest.mapping import Feature, LongMapping, WideMapping
from core.ingest.profile import Profile, Shape
from core.ingest.reading import ColumnReading
from core.ingest.total_rows import find_totals

#: Rows of a sheet whose unused figures are added up, too.
ROWS_SUMMED_MAX = 1_000_000
#: Total rows stand under one of the first columns.
COLUMNS_OF_TOTALS = 3


def describe_wide(
    draft: Draft, mapping: WideMapping, loaded: Loaded, whys: Mapping[str, str]
) -> tuple[ColumnReading, ...]:
    """Describe the columns of a wide file."""
    features = {feature.header: feature for feature in mapping.features}
    return tuple(
        _describe_used(features[profile.header], loaded, why=whys[profile.header], cells=profile.cells)
        if profile.header in features
        else describe_unused(draft, profile, whys[profile.header])
        for profile in draft.profiles
    )


def describe_long(
    draft: Draft, mapping: LongMapping, loaded: Loaded, categories: Categories
) -> tuple[ColumnReading, ...]:
    """Describe the columns of a long file, and the spellings of its categories."""
    roles = {
        mapping.person: "person",
        mapping.category: "category",
        mapping.amount: "amount",
        mapping.quantity: "quantity",
        mapping.date: "date",
        mapping.kind: "kind",
        draft.roles.credit: "credit",
    }
    described: list[ColumnReading] = []
    for profile in draft.profiles:
        role = roles.get(profile.header, "")
        if role == "amount" and mapping.category is None and mapping.quantity is None:
            described.append(_describe_used(mapping.features[0], loaded, why="amount", cells=profile.cells))
        elif role:
            used = role in {"category", "amount", "quantity", "kind"}
            described.append(describe_unused(draft, profile, role, used=used))
        else:
            described.append(describe_unused(draft, profile, _explain_shape(profile)))
    if mapping.category is not None or mapping.quantity is not None:
        described += _describe_categories(mapping, loaded, categories)
    return tuple(described)


def _describe_categories(mapping: LongMapping, loaded: Loaded, categories: Categories) -> list[ColumnReading]:
    is_category = mapping.category is not None
    described = [
        _describe_used(feature, loaded, why=_explain_group(feature, categories), is_category=is_category)
        for feature in mapping.features
    ]
    left = [*categories.left_out, *categories.not_spending]
    whys = dict.fromkeys(categories.left_out, "over_limit") | dict.fromkeys(categories.not_spending, "income")
    return described + [
        ColumnReading(name=spelling, used=False, why=whys[spelling], is_category=True) for spelling in left
    ]


def _explain_group(feature: Feature, categories: Categories) -> str:
    if feature.header not in categories.groups:
        return "group_without_rows"
    if not categories.is_public:
        return "own_category"
    return "public_group" if feature.header not in categories.unknown else "miscellaneous"


def _describe_used(
    feature: Feature, loaded: Loaded, *, why: str, is_category: bool = False, cells: tuple[str, ...] = ()
) -> ColumnReading:
    column = feature.column
    unit = feature.unit or column.unit
    factor = conversion(column.unit, unit)
    index = loaded.table.columns.index(column)
    values = loaded.table.values[:, index]
    clipped = np.mean((values < column.lower) | (values > column.upper)) if values.size else 0.0
    return ColumnReading(
        name=feature.header,
        used=True,
        why=why,
        is_category=is_category,
        group=column.key,
        unit=unit,
        lower=column.lower * factor,
        upper=column.upper * factor,
        nonprivate_sum=loaded.nonprivate_sums[feature.header],
        nonprivate_clipped_share=float(clipped),
        nonprivate_cells=cells,
    )


def describe_unused(draft: Draft, profile: Profile, why: str, *, used: bool = False) -> ColumnReading:
    """Describe a column that becomes none of the table's."""
    is_figure = profile.shape is Shape.NUMBER
    return ColumnReading(
        name=profile.header,
        used=used,
        why=why,
        unit=guess_figure_unit(profile.header, profile.currency or None, likely=draft.currency) if is_figure else "",
        nonprivate_sum=_sum(draft, profile) if is_figure else None,
        nonprivate_cells=profile.cells,
    )


def _sum(draft: Draft, profile: Profile) -> float | None:
    if draft.sheet.n_rows > ROWS_SUMMED_MAX:
        return None
    decimal = draft.dialects.of_column.get(profile.header, ".")
    values = parse_amounts(draft.sheet.column(profile.header), unit="", decimal=decimal).values
    for header in draft.sheet.header[:COLUMNS_OF_TOTALS]:
        values[find_totals(draft.sheet, header)] = np.nan
    return float(np.nansum(values))


def _explain_shape(profile: Profile) -> str:
    """Say what a column of a long file holds that has no role."""
    if profile.shape is Shape.NUMBER:
        return "row_number" if profile.counts_rows else "other_figure"
    return {Shape.EMPTY: "empty", Shape.DATE: "date"}.get(profile.shape, "text")
