"""Bounds that the visitor chose in place of the table's own, as a link carries them: ``generated~2_0_80~5_0_200``."""

from core.data import SOURCES, Table
from core.data.table import with_bounds
from core.limits import BOUND_LIMIT, COLUMNS_MAX

Chosen = dict[int, tuple[float, float]]


def write(source: str, chosen: Chosen) -> str:
    """Return bounds chosen for the columns of the source with this key as text; nothing for none."""
    if not chosen:
        return ""
    parts = (f"{place}_{lower:g}_{upper:g}" for place, (lower, upper) in sorted(chosen.items()))
    return "~".join([source, *parts])


def read(text: str) -> tuple[str | None, Chosen]:
    """Return the key of the source whose columns the bounds are of, and the bounds by place of the column.

    Raises:
        ValueError: If the text is not what ``write`` writes.
    """
    if not text:
        return None, {}
    source, *parts = text.split("~")
    chosen = dict(_read_part(part) for part in parts)
    if source not in SOURCES or write(source, chosen) != text:
        raise ValueError(f"{text!r} is not written as chosen bounds are")
    return source, chosen


def _read_part(part: str) -> tuple[int, tuple[float, float]]:
    place, lower, upper = part.split("_")
    low, high = float(lower), float(upper)
    # False for anything that is not a number, too.
    if not (0 <= int(place) < COLUMNS_MAX and -BOUND_LIMIT <= low < high <= BOUND_LIMIT):
        raise ValueError(f"{part!r} is no column with bounds")
    return int(place), (low, high)


def apply(table: Table, text: str) -> Table:
    """Return ``table`` within the bounds that ``text`` names, if they are of its source.

    Raises:
        ValueError: If its columns cannot have them.
    """
    source, chosen = read(text)
    return with_bounds(table, chosen) if source == table.source.key else table


def check(text: str) -> str:
    """Return ``text`` if it can be read.

    Raises:
        ValueError: If it cannot.
    """
    read(text)
    return text
