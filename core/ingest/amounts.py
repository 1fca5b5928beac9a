"""Amounts as people write them, read column by column: 1,234 · 12,000원 · 3만 2천원 · ₩1,000 · $1,234.50 · (1,200)."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from core.arrays import BoolArray, FloatArray, IntArray
from core.ingest.problems import RejectionReason

#: Won in one of each unit of won.
WON = {"원": 1.0, "천원": 1e3, "만원": 1e4, "백만원": 1e6}
DOLLAR = "$"
#: Larger figures are slips of the keyboard, and would not survive single precision.
AMOUNT_LIMIT = 1e15

#: Faults by number: 0 is none, others stand for ``REASONS[fault]``.
REASONS = (None, *RejectionReason)
FAULTS = {reason: number for number, reason in enumerate(REASONS) if reason is not None}

_PLAIN = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"
_MISSING = r"(?i)^(?:[-–—.]*|na|n/a|#n/a|null|none|없음|결측)$"
_NOT_FINITE = r"(?i)^(?:[+-]?(?:nan|inf|infinity)|[+-]?∞|#div/0!|#num!)$"
_FORMULA = r"^(?:[=@]|[+-][A-Za-z(=]|\+.*[+*/(])"
_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.?\d*|\.\d+"
#: An optional sign and currency, a figure in Korean steps (억, 만, 천, 백) or plain, an optional unit.
_AMOUNT = (
    r"(?i)^(?P<open>\(?)\s*(?P<sign>[-−△▲+]?)\s*(?P<currency>₩|\\|krw|us\$|\$|usd|)\s*(?P<inner>-?)\s*"
    rf"(?:(?P<eok>{_N})\s*억)?\s*(?:(?P<man>{_N})\s*(?P<man_by>천|백)?\s*만)?\s*"
    rf"(?:(?P<cheon>{_N})\s*천)?\s*(?:(?P<baek>{_N})\s*백)?\s*(?P<rest>(?:{_N})?)\s*"
    r"(?P<tail>원|won|krw|달러|usd|dollars?|세|명|회|건|개|점|%|)\s*(?P<close>\)?)$"
)
_STEPS = {"eok": 1e8, "man": 1e4, "cheon": 1e3, "baek": 1e2, "rest": 1.0}
_MONEY_WON = {"₩", "\\", "krw", "원", "won"}
_MONEY_DOLLAR = {"$", "us$", "usd", "달러", "dollar", "dollars"}
_MONEY = _MONEY_WON | _MONEY_DOLLAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """A column of amounts.

    Attributes:
        values: Amounts in the column's unit, float64 of shape ``(n_rows,)``; NaN where at fault.
        faults: What is wrong with each, int8 of shape ``(n_rows,)``; indices into ``REASONS``.
    """

    values: FloatArray
    faults: IntArray


def parse_amounts(cells: pa.ChunkedArray, *, unit: str) -> Amounts:
    """Read a column of any type as amounts in ``unit``.

    A bare figure is in ``unit`` already. A figure with a unit of its own is converted between units of won and is at
    fault in a column of any other unit.

    Args:
        cells: The column.
        unit: Unit of the result: a key of ``WON``, ``"$"``, or any other word, such as ``"세"``.

    Returns:
        Values and faults, in order.
    """
    if pa.types.is_dictionary(cells.type):
        cells = cells.cast(cells.type.value_type)
    if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
        return _mark_out_of_range(*_parse_text(cells, unit=unit))
    n = len(cells)
    if _is_numeric(cells.type):
        # Decimals and booleans become doubles like the rest.
        values = pc.cast(cells.cast(pa.uint8()) if pa.types.is_boolean(cells.type) else cells, pa.float64())
        missing = cells.is_null().to_numpy()
        return _mark_out_of_range(
            _to_doubles(values), np.where(missing, FAULTS[RejectionReason.MISSING], 0).astype(np.int8)
        )
    reason = RejectionReason.MISSING if pa.types.is_null(cells.type) else RejectionReason.NOT_A_NUMBER
    return _mark_out_of_range(np.full(n, np.nan), np.full(n, FAULTS[reason], dtype=np.int8))


def conversion(source: str, target: str) -> float:
    """Return what an amount in ``source`` is multiplied by to be in ``target``; 1 unless both are units of won."""
    return WON[source] / WON[target] if source in WON and target in WON else 1.0


def _is_numeric(kind: pa.DataType) -> bool:
    tests = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_boolean)
    return any(test(kind) for test in tests)


def _to_doubles(values: pa.ChunkedArray) -> FloatArray:
    # A copy: Arrow's own memory is read-only.
    doubles: FloatArray = np.array(values.to_numpy(), dtype=np.float64)
    return doubles


def _mark_out_of_range(values: FloatArray, faults: IntArray) -> Amounts:
    fine = faults == 0
    faults[fine & ~np.isfinite(values)] = FAULTS[RejectionReason.NOT_FINITE]
    faults[fine & np.isfinite(values) & (np.abs(values) > AMOUNT_LIMIT)] = FAULTS[RejectionReason.TOO_LARGE]
    values[faults != 0] = np.nan
    return Amounts(values=values, faults=faults)


def _parse_text(cells: pa.ChunkedArray, *, unit: str) -> tuple[FloatArray, IntArray]:
    try:
        return _to_doubles(pc.cast(cells.fill_null(""), pa.float64())), np.zeros(len(cells), dtype=np.int8)
    except pa.ArrowInvalid:
        pass
    cells = cells.fill_null("")
    plain = pc.match_substring_regex(cells, _PLAIN)
    is_plain = plain.to_numpy()
    values = np.full(len(cells), np.nan)
    faults = np.zeros(len(cells), dtype=np.int8)
    values[is_plain] = _to_doubles(pc.cast(cells.filter(plain), pa.float64()))
    # What is written with care is written alike: each spelling is read once.
    spelled = pc.dictionary_encode(cells.filter(pc.invert(plain)).combine_chunks())
    each_value, each_fault = _parse_spellings(spelled.dictionary, unit=unit)
    which = spelled.indices.to_numpy()
    values[~is_plain], faults[~is_plain] = each_value[which], each_fault[which]
    return values, faults


def _parse_spellings(cells: pa.StringArray, *, unit: str) -> tuple[FloatArray, IntArray]:
    """Read distinct texts that are not plain figures."""
    text = pc.utf8_trim_whitespace(pc.utf8_normalize(cells, form="NFKC"))
    parts = pc.extract_regex(text, _AMOUNT)
    matched = parts.is_valid().to_numpy(zero_copy_only=False) & _matches(text, r"\d")
    part = {name: pc.fill_null(pc.struct_field(parts, name), "") for name in _part_names()}
    matched &= _matches(part["open"], r"\(") == _matches(part["close"], r"\)")

    values = sum((_parse_figures(part[name]) * step for name, step in _STEPS.items()), np.zeros(len(text)))
    by = np.select([_matches(part["man_by"], "천"), _matches(part["man_by"], "백")], [1e3, 1e2], default=1.0)
    values += _parse_figures(part["man"]) * (by - 1.0) * _STEPS["man"]
    negative = _matches(part["open"], r"\(") | _matches(part["sign"], "[-−△▲]") | _matches(part["inner"], "-")
    values[negative] *= -1

    faults = np.zeros(len(text), dtype=np.int8)
    faults[~matched] = FAULTS[RejectionReason.NOT_A_NUMBER]
    for reason, pattern in (
        (RejectionReason.FORMULA, _FORMULA),
        (RejectionReason.NOT_FINITE, _NOT_FINITE),
        (RejectionReason.MISSING, _MISSING),
    ):
        faults[~matched & _matches(text, pattern)] = FAULTS[reason]
    return _convert_units(values, faults, part=part, unit=unit)


def _part_names() -> tuple[str, ...]:
    return ("open", "sign", "currency", "inner", *_STEPS, "man_by", "tail", "close")


def _convert_units(
    values: FloatArray, faults: IntArray, *, part: dict[str, pa.Array], unit: str
) -> tuple[FloatArray, IntArray]:
    currency, tail = _lower_case(part["currency"]), _lower_case(part["tail"])
    in_steps = np.logical_or.reduce([_matches(part[name], r"\d") for name in ("eok", "man", "cheon", "baek")])
    in_dollars = np.isin(currency, list(_MONEY_DOLLAR)) | np.isin(tail, list(_MONEY_DOLLAR))
    in_won = np.isin(currency, list(_MONEY_WON)) | np.isin(tail, list(_MONEY_WON)) | (in_steps & ~in_dollars)
    with_money = np.isin(currency, list(_MONEY)) | np.isin(tail, list(_MONEY))
    clash = (in_won & in_dollars) | (in_won & (unit == DOLLAR)) | (in_dollars & (unit in WON))
    if unit and unit not in WON and unit != DOLLAR:
        clash |= with_money
    counted = (tail != "") & ~np.isin(tail, list(_MONEY))
    clash |= counted & (tail != unit) & (unit != "")
    faults[(faults == 0) & clash] = FAULTS[RejectionReason.OTHER_UNIT]
    return np.where(in_won, values / WON.get(unit, 1.0), values), faults


def _matches(text: pa.Array, pattern: str) -> BoolArray:
    found: BoolArray = pc.match_substring_regex(text, pattern).to_numpy(zero_copy_only=False).astype(np.bool_)
    return found


def _lower_case(text: pa.Array) -> np.ndarray:
    lowered: np.ndarray = pc.utf8_lower(text).to_numpy(zero_copy_only=False).astype(str)
    return lowered


def _parse_figures(text: pa.Array) -> FloatArray:
    bare = pc.replace_substring(text, ",", "")
    figures: FloatArray = pc.cast(pc.if_else(pc.equal(bare, ""), "0", bare), pa.float64()).to_numpy()
    return figures
