"""What a reader would say of a file, and what an answer has wrong."""

from dataclasses import dataclass
from math import isclose

_FAMILIES = (
    {"cp949", "euc-kr", "uhc", "ks_c_5601-1987"},
    {"cp1252", "latin-1", "iso-8859-1", "windows-1252", "latin1", "iso-8859-15"},
    {"shift-jis", "shift_jis", "cp932", "sjis"},
    {"utf-8", "utf-8-sig", "ascii", "utf8"},
    {"utf-16", "utf-16-le", "utf-16-be"},
)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a right reading says; what is None or empty is not asked.

    Attributes:
        verdict: Answers that a careful reader could give.
        reason: Codes that stand beside a refusal or a question, if one of them must.
        person: Headers that may stand for the person; ``""`` for none.
        n_people: How many people, or how many there could be.
        sums: What each column, or each category, adds up to, or could, in the file's own unit.
        total: What everything used adds up to; one of these.
        scales: What ``sums`` may be multiplied with, where a unit may be read into the figures.
        not_used: Headers that are listed and not used.
        left_out: Lines of the file that are left out by name.
        every: All headers: each has to be told about.
    """

    verdict: tuple[str, ...]
    reason: tuple[str, ...] = ()
    layout: str | None = None
    person: tuple[str, ...] = ()
    category: tuple[str | None, ...] = ()
    amount: str | None = None
    sign: str | None = None
    n_people: int | tuple[int, ...] | None = None
    sums: dict[str, float | tuple[float, ...]] | None = None
    total: tuple[float, ...] = ()
    scales: tuple[float, ...] = (1.0,)
    not_used: tuple[str, ...] = ()
    left_out: tuple[int, ...] = ()
    header_lines: tuple[int, ...] = ()
    bounds: dict[str, tuple[float, float]] | None = None
    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    clipped_share_max: float | None = None
    every: tuple[str, ...] = ()


def find_faults(told, expected):
    """Compare an answer, as the shell prints it, with what is expected; return the differences as sentences."""
    verdict = told["verdict"]
    if verdict not in expected.verdict:
        return [f"verdict: {verdict} ({told.get('reason')}), not {expected.verdict}"]
    asked = {told.get("reason"), *(question["reason"] for question in told.get("questions") or ())}
    if verdict != "read" and expected.reason and not asked & {*expected.reason}:
        return [f"reason: {asked}, not {expected.reason}"]
    faults = list(_compare_format(told, expected))
    # What a question is about may still be open: columns and sums are held against a reading only.
    if verdict == "read":
        faults += [*_compare_roles(told, expected), *_compare_columns(told, expected)]
    return faults


def _compare_format(told, expected):
    for key in ("separator", "decimal", "sheet"):
        wanted = getattr(expected, key)
        if wanted is not None and told.get(key) not in {wanted, None}:
            yield f"{key}: {told[key]!r}, not {wanted!r}"
    if expected.encoding and not _is_same_encoding(told.get("encoding") or "", expected.encoding):
        yield f"encoding: {told.get('encoding')}, not {expected.encoding}"
    if expected.header_lines and told.get("header_line") not in {*expected.header_lines, None}:
        yield f"header_line: {told['header_line']}, not {expected.header_lines}"


def _is_same_encoding(one, other):
    one, other = one.lower(), other.lower()
    return one == other or any({one, other} <= family for family in _FAMILIES)


def _compare_roles(told, expected):
    if expected.layout and told.get("layout") != expected.layout:
        yield f"layout: {told.get('layout')}, not {expected.layout}"
    if expected.person and not any(_is_named(told.get("person") or "", header) for header in expected.person):
        yield f"person: {told.get('person')!r}, not {expected.person}"
    if expected.category and told.get("category") not in expected.category:
        yield f"category: {told.get('category')!r}, not {expected.category}"
    if expected.amount and not _is_named(told.get("amount") or "", expected.amount):
        yield f"amount: {told.get('amount')!r}, not {expected.amount!r}"
    if expected.n_people is not None and told.get("n_people") not in _alternatives(expected.n_people):
        yield f"n_people: {told.get('n_people')}, not {expected.n_people}"
    if expected.sign and told.get("sign") != expected.sign:
        yield f"sign: {told.get('sign')}, not {expected.sign}"
    lines = {entry["line"] for entry in told.get("left_out") or ()}
    yield from (f"line {line} is not left out" for line in expected.left_out if line not in lines)


def _is_named(name, header):
    """Whether ``name`` is ``header``, alone, under a heading that stands above it, or before a unit from below it."""
    if name != header and name.endswith(")") and " (" in name:
        name = name[: name.rindex(" (")]
    return name == header or (bool(header) and name.endswith((f" {header}", f"·{header}", f"/{header}", f"_{header}")))


def _compare_columns(told, expected):
    used = [column for column in told["columns"] if column["used"]]
    # Of a long file what counts is the categories: the column of amounts would count all of them again.
    counted = [column for column in used if column.get("is_category")]
    used = counted or [column for column in used if column["name"] == told.get("amount")] or used
    for header, wanted in (expected.sums or {}).items():
        column = _find(used, header)
        if column is None:
            yield f"{header}: not used"
        elif not any(_is_near(column.get("sum"), sum_, expected.scales) for sum_ in _alternatives(wanted)):
            yield f"{header}: sum {column.get('sum')}, not {wanted}"
    if expected.sums and any(expected.category):
        yield from (
            f"{column['name']}: sum {column['sum']}, which is no spending"
            for column in used
            if abs(column.get("sum") or 0) > 0.05 and not any(_is_named(column["name"], name) for name in expected.sums)
        )
    if expected.total:
        summed = sum(column.get("sum") or 0.0 for column in used)
        if not any(_is_near(summed, total, expected.scales) for total in expected.total):
            yield f"total: {summed}, not {expected.total}"
    yield from (f"{header}: used" for header in expected.not_used if _find(used, header))
    yield from _compare_bounds(used, expected)
    roles = [told.get(role) or "" for role in ("person", "category", "amount", "date", "type")]
    listed = [*(column["name"] for column in told["columns"]), *roles]
    yield from (
        f"{header}: not mentioned" for header in expected.every if header and not any(header in name for name in listed)
    )


def _compare_bounds(used, expected):
    for header, (lower, upper) in (expected.bounds or {}).items():
        column = _find(used, header)
        if column and not (column["lower"] == lower and column["upper"] <= upper):
            yield f"{header}: from {column['lower']} to {column['upper']}, not {lower} to {upper}"
    if expected.clipped_share_max is not None:
        for header in expected.sums or {}:
            share = (_find(used, header) or {}).get("clipped_share") or 0.0
            if share > expected.clipped_share_max:
                yield f"{header}: {share:.0%} at a bound"


def _alternatives(wanted):
    return wanted if isinstance(wanted, tuple) else (wanted,)


def _find(columns, header):
    return next((column for column in columns if column["name"] == header), None) or next(
        (column for column in columns if _is_named(column["name"], header)), None
    )


def _is_near(found, wanted, scales):
    return found is not None and any(isclose(found, wanted * scale, rel_tol=1e-6, abs_tol=0.05) for scale in scales)
