"""The same people with other public bounds."""

from collections.abc import Mapping
from dataclasses import replace

from core.data.schema import Table


def with_bounds(table: Table, bounds: Mapping[int, tuple[float, float]]) -> Table:
    """Return ``table`` with other bounds on some columns; values stay raw, and so do people and ledger.

    Args:
        table: The people; its values were never clipped, so wider bounds see more of them.
        bounds: Lower and upper bound by place of the column.

    Returns:
        A table of another ``content_key`` and the same ``people_key``; ``table`` itself if nothing changes.

    Raises:
        ValueError: If there is no such column, or it cannot have these bounds.
    """
    beyond = [place for place in bounds if not 0 <= place < len(table.columns)]
    if beyond:
        raise ValueError(f"columns must be numbered 0 … {len(table.columns) - 1}, not {beyond[0]}")
    columns = tuple(
        replace(column, lower=bounds[place][0], upper=bounds[place][1]) if place in bounds else column
        for place, column in enumerate(table.columns)
    )
    if columns == table.columns:
        return table
    told = ",".join(f"{place}:{column.lower!r}:{column.upper!r}" for place, column in enumerate(columns))
    return replace(
        table,
        columns=columns,
        content_key=f"{table.content_key}|{told}",
        people_key=table.people_key or table.content_key,
    )


def unbounded_key(table: Table) -> str:
    """Return the content key that a table had before other bounds were chosen."""
    return table.content_key.partition("|")[0]
