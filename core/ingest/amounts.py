"""Amounts as people write them, read column by column: 1,234 · 12,000원 · 3만 2천원 · ₩1,000 · $1,234.50 · (1,200)."""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from core.arrays import BoolArray, FloatArray, IntArray
from core.ingest.currencies import WON, currency_pattern, find_currency, is_money, unscaled
from core.ingest.problems import RejectionReason

#: Larger figures are slips of the keyboard, and would not survive single precision.
AMOUNT_LIMIT = 1e15

#: Faults by number: 0 is none, others stand for ``REASONS[fault]``.
REASONS = (None, *RejectionReason)
FAULTS = {reason: number for number, reason in enumerate(REASONS) if reason is not None}

_PLAIN = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"
_MISSING = r"(?i)^(?:[-–—.]*|na|n/a|#n/a|null|none|없음|결측|k\.? ?a\.?|keine)$"
_NOT_FINITE = r"(?i)^(?:[+-]?(?:nan|inf|infinity)|[+-]?∞|#div/0!|#num!)$"
_FORMULA = r"^(?:[=@]|[+-][A-Za-z(=]|\+.*[+*/(])"
#: Thousands that are told apart by these are so whatever the decimal mark is.
_ALWAYS_GROUPS = " '’`´"
_STEPS = {"eok": 1e8, "man": 1e4, "cheon": 1e3, "baek": 1e2, "rest": 1.0}
#: What multiplies a figure from behind: "12k", "1.5M".
_SCALES = {"k": 1e3, "tsd.": 1e3, "tsd": 1e3, "mio.": 1e6, "mio": 1e6, "m": 1e6}
_COUNTED = "세|명|회|건|개|점|%"
_MINUS = "-−–△▲"


@cache
def _plain_pattern(decimal: str) -> str:
    """Return figures that need no care: digits, perhaps grouped, with one decimal mark."""
    group, mark = (r",", r"\.") if decimal == "." else (r"\.", ",")
    return rf"^[+-]?(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{mark}\d+)?$"


@cache
def _amount_pattern(decimal: str) -> str:
    """Return an optional sign and currency, a figure in Korean steps (억, 만, 천, 백) or plain, an optional unit."""
    group, mark = (",", r"\.") if decimal == "." else (r"\.", ",")
    n = (
        rf"\d{{1,3}}(?:[{group}{_ALWAYS_GROUPS}]\d{{3}})+(?:{mark}\d+)?|\d{{1,2}}(?:{group}\d{{2}})+{group}\d{{3}}(?:{mark}\d+)?"
        rf"|\d+(?:{mark}\d+)?|{mark}\d+"
    )
    money = currency_pattern()
    return (
        rf"(?i)^(?P<open>\(?)\s*(?P<sign>[{_MINUS}+]?)\s*(?P<currency>{money}|)\s*(?P<inner>[{_MINUS}]?)\s*"
        rf"(?:(?P<eok>{n})\s*억)?\s*(?:(?P<man>{n})\s*(?P<man_by>천|백)?\s*만)?\s*"
        rf"(?:(?P<cheon>{n})\s*천)?\s*(?:(?P<baek>{n})\s*백)?\s*(?P<rest>(?:{n})?)(?:[.,][-–—]{{1,2}})?\s*"
        rf"(?P<scale>{'|'.join(map(re.escape, _SCALES))}|)\s*(?P<before>[{_MINUS}]?)\s*(?P<tail>{money}|{_COUNTED}|)"
        rf"\s*(?P<behind>[{_MINUS}]?)\s*(?P<side>cr|dr|s|h|soll|haben|)\s*(?P<close>\)?)$"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """A column of amounts.

    Attributes:
        values: Amounts in the column's unit, float64 of shape ``(n_rows,)``; NaN where at fault.
        faults: What is wrong with each, int8 of shape ``(n_rows,)``; indices into ``REASONS``.
    """

    values: FloatArray
    faults: IntArray


def parse_amounts(cells: pa.ChunkedArray, *, unit: str, decimal: str = ".") -> Amounts:
    """Read a column of any type as amounts in ``unit``.

    A bare figure is in ``unit`` already. A figure with a unit of its own is converted between units of won and is at
    fault in a column of any other unit.

    Args:
        cells: The column.
        unit: Unit of the result: a key of ``WON``, another of money, or any other word, such as ``"세"``.
        decimal: Decimal mark of text, ``"."`` or ``","``; the other groups thousands.

    Returns:
        Values and faults, in order.
    """
    if pa.types.is_dictionary(cells.type):
        cells = cells.cast(cells.type.value_type)
    if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
        return _mark_out_of_range(*_parse_text(cells, unit=unit, decimal=decimal))
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


def _parse_text(cells: pa.ChunkedArray, *, unit: str, decimal: str) -> tuple[FloatArray, IntArray]:
    cells = cells.fill_null("")
    if decimal == "." or not pc.any(pc.match_substring(cells, ".")).as_py():
        try:
            return _to_doubles(pc.cast(cells, pa.float64())), np.zeros(len(cells), dtype=np.int8)
        except pa.ArrowInvalid:
            pass
    plain = pc.match_substring_regex(cells, _plain_pattern(decimal))
    if decimal == "." and not pc.all(plain).as_py():
        plain = pc.or_(plain, pc.match_substring_regex(cells, _PLAIN))
    is_plain = plain.to_numpy()
    values = np.full(len(cells), np.nan)
    faults = np.zeros(len(cells), dtype=np.int8)
    values[is_plain] = _to_doubles(pc.cast(_strip_groups(cells.filter(plain), decimal), pa.float64()))
    # What is written with care is written alike: each spelling is read once.
    spelled = pc.dictionary_encode(cells.filter(pc.invert(plain)).combine_chunks())
    each_value, each_fault = _parse_spellings(spelled.dictionary, unit=unit, decimal=decimal)
    which = spelled.indices.to_numpy()
    values[~is_plain], faults[~is_plain] = each_value[which], each_fault[which]
    return values, faults


def _strip_groups(text: pa.Array | pa.ChunkedArray, decimal: str) -> pa.Array | pa.ChunkedArray:
    """Return figures without marks of thousands, with a point as their decimal mark."""
    if decimal == ".":
        return pc.replace_substring(text, ",", "")
    return pc.replace_substring(pc.replace_substring(text, ".", ""), ",", ".")


def _parse_spellings(cells: pa.StringArray, *, unit: str, decimal: str) -> tuple[FloatArray, IntArray]:
    """Read distinct texts that are not plain figures."""
    text = pc.utf8_trim_whitespace(pc.utf8_normalize(cells, form="NFKC"))
    parts = pc.extract_regex(text, _amount_pattern(decimal))
    matched = parts.is_valid().to_numpy(zero_copy_only=False) & _matches(text, r"\d")
    part = {name: pc.fill_null(pc.struct_field(parts, name), "") for name in _part_names()}
    matched &= _matches(part["open"], r"\(") == _matches(part["close"], r"\)")
    minuses = [_matches(part[name], f"[{_MINUS}]") for name in ("sign", "inner", "before", "behind")]
    side = _lower_case(part["side"])
    # A card's credit is a refund; so is what a German account has, beside what it owes.
    minuses += [_matches(part["open"], r"\("), np.isin(side, ["cr", "h", "haben"])]
    matched &= np.sum(minuses, axis=0) <= 1

    values = sum((_parse_figures(part[name], decimal) * step for name, step in _STEPS.items()), np.zeros(len(text)))
    by = np.select([_matches(part["man_by"], "천"), _matches(part["man_by"], "백")], [1e3, 1e2], default=1.0)
    values += _parse_figures(part["man"], decimal) * (by - 1.0) * _STEPS["man"]
    values *= np.asarray([_SCALES.get(scale, 1.0) for scale in _lower_case(part["scale"]).tolist()])
    values[np.any(minuses, axis=0)] *= -1

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
    signs = ("open", "sign", "currency", "inner", "before", "behind", "side", "close")
    return (*signs, *_STEPS, "man_by", "scale", "tail")


def _convert_units(
    values: FloatArray, faults: IntArray, *, part: dict[str, pa.Array], unit: str
) -> tuple[FloatArray, IntArray]:
    first, last = (
        _find_currencies(part[name], backslash="¥" if unit == "¥" else "원") for name in ("currency", "tail")
    )
    in_steps = np.logical_or.reduce([_matches(part[name], r"\d") for name in ("eok", "man", "cheon", "baek")])
    money = np.where(first != "", first, np.where(last != "", last, np.where(in_steps, "원", "")))
    clash = (first != "") & (last != "") & (first != last)
    own = "원" if unit in WON else unscaled(unit) if is_money(unit) else unit
    if own:
        clash |= (money != "") & (money != own)
    tail = _lower_case(part["tail"])
    clash |= (tail != "") & (last == "") & (tail != unit) & (unit != "")
    faults[(faults == 0) & clash] = FAULTS[RejectionReason.OTHER_UNIT]
    return np.where(money == "원", values / WON.get(unit, 1.0), values), faults


def _find_currencies(text: pa.Array, *, backslash: str) -> np.ndarray:
    """Return the currencies that signs mean; a backslash is the won or the yen of old encodings."""
    return np.asarray([backslash if sign == "\\" else find_currency(sign) for sign in text.to_pylist()], dtype=str)


def _matches(text: pa.Array, pattern: str) -> BoolArray:
    found: BoolArray = pc.match_substring_regex(text, pattern).to_numpy(zero_copy_only=False).astype(np.bool_)
    return found


def _lower_case(text: pa.Array) -> np.ndarray:
    lowered: np.ndarray = pc.utf8_lower(text).to_numpy(zero_copy_only=False).astype(str)
    return lowered


def _parse_figures(text: pa.Array, decimal: str) -> FloatArray:
    bare = _strip_groups(pc.replace_substring_regex(text, f"[{_ALWAYS_GROUPS}]", ""), decimal)
    figures: FloatArray = pc.cast(pc.if_else(pc.equal(bare, ""), "0", bare), pa.float64()).to_numpy()
    return figures
