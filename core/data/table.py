"""People × columns with public bounds: the table that every source ends in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from core.arrays import BoolArray, FloatArray, IntArray, read_only
from core.data.labels import Labels
from core.limits import BOUND_LIMIT


class Transform(StrEnum):
    """What is done to a clipped raw value before it is scaled to [-1, 1]."""

    IDENTITY = "identity"
    LOG1P = "log1p"

    def apply(self, values: FloatArray) -> FloatArray:
        """Return the transformed ``values``."""
        transformed: FloatArray = np.log1p(values) if self is Transform.LOG1P else values
        return transformed

    def invert(self, transformed: FloatArray) -> FloatArray:
        """Return the values that ``apply`` takes to ``transformed``."""
        values: FloatArray = np.expm1(transformed) if self is Transform.LOG1P else transformed
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a table comes from; ``core.data.sources`` registers all of them.

    Attributes:
        key: Its name in links and phrases.
        is_synthetic: Whether all rows are synthetic, so that noise may be seeded and releases cost nothing. Never true
            of a table that holds a single real person.
    """

    key: str
    is_synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One feature of a person, with bounds that are public because nobody read them from the data.

    Attributes:
        key: Stable identifier: a code for known columns, the header of an uploaded one.
        labels: Name for people, by language.
        unit: Unit of the raw values, such as ``"만원"`` or ``"$"``; may be empty.
        lower: Public lower bound in raw units; smaller values are clipped to it.
        upper: Public upper bound in raw units; greater than ``lower``.
        transform: Applied to the clipped raw value before scaling.
    """

    key: str
    labels: Labels = field(hash=False)
    unit: str
    lower: float
    upper: float
    transform: Transform = Transform.IDENTITY

    def __post_init__(self) -> None:
        if not (np.isfinite(self.lower) and np.isfinite(self.upper) and self.lower < self.upper):
            raise ValueError(f"bounds of {self.key!r} must be finite and increasing: [{self.lower}, {self.upper}]")
        if max(abs(self.lower), abs(self.upper)) > BOUND_LIMIT:
            raise ValueError(f"bounds of {self.key!r} must lie within ±{BOUND_LIMIT:g}")
        if self.transform is Transform.LOG1P and self.lower < 0:
            raise ValueError(f"log1p needs a lower bound of at least 0, not {self.lower} ({self.key!r})")

    def to_scale(self, values: FloatArray) -> FloatArray:
        """Clip raw ``values`` to the bounds and map them to [-1, 1]; keeps shape and float type."""
        lower, upper = self._transformed_bounds()
        scale, middle = 2.0 / (upper - lower), (upper + lower) / 2.0
        transformed = self.transform.apply(np.clip(values, self.lower, self.upper))
        scaled: FloatArray = np.clip((transformed - values.dtype.type(middle)) * values.dtype.type(scale), -1.0, 1.0)
        return scaled

    def to_units(self, scaled: FloatArray) -> FloatArray:
        """Map values in [-1, 1] back to raw units."""
        lower, upper = self._transformed_bounds()
        transformed = np.clip(scaled, -1.0, 1.0) * (upper - lower) / 2.0 + (upper + lower) / 2.0
        units: FloatArray = np.clip(self.transform.invert(transformed), self.lower, self.upper)
        return units

    def _transformed_bounds(self) -> tuple[float, float]:
        lower, upper = self.transform.apply(np.asarray([self.lower, self.upper], dtype=np.float64))
        return lower, upper


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Which products people hold.

    Attributes:
        products: Identifiers of the products; public.
        held: Indices into ``products``, of shape ``(n_people, max_held)``; -1 where nothing more is held.
    """

    products: tuple[str, ...]
    held: IntArray

    def take(self, rows: IntArray | slice) -> "Holdings":
        """Return the holdings of the people in ``rows``."""
        return Holdings(products=self.products, held=self.held[rows])

    def matrix(self) -> BoolArray:
        """Return who holds what, of shape ``(n_people, n_products)``."""
        n_people, max_held = self.held.shape
        holds = np.zeros((n_people, len(self.products) + 1), dtype=np.bool_)
        # Column -1 collects the empty places and is cut off.
        holds[np.repeat(np.arange(n_people), max_held), self.held.ravel()] = True
        return holds[:, :-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """People × columns: one row is one person.

    Attributes:
        columns: What is known about each person.
        values: Raw values in the columns' units, float32 of shape ``(n_people, n_columns)``; finite, read-only.
        person_ids: Names of the rows, strings of shape ``(n_people,)``; unique. None: "1", "2", … in order.
        source: Where the table comes from.
        content_key: Equal for equal content and schema, different otherwise; names caches and ledgers.
        holdings: Products held, if known.
        true_groups: Group each person was drawn from, of shape ``(n_people,)``, if known.
        group_names: Names of the true groups by language, if known.
        people_key: Equal for equal people whatever columns and bounds were chosen; names their ledger. Empty: as
            ``content_key``.
    """

    columns: tuple[Column, ...]
    values: FloatArray
    source: Source
    content_key: str
    person_ids: np.ndarray | None = None
    holdings: Holdings | None = None
    true_groups: IntArray | None = None
    group_names: tuple[Labels, ...] = field(default=())
    people_key: str = ""

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.shape[1] != len(self.columns):  # noqa: PLR2004 - people × columns
            raise ValueError(f"values of shape {self.values.shape} do not fit {len(self.columns)} columns")
        read_only(self.values)

    @property
    def n_people(self) -> int:
        """Number of people; exact, curator only."""
        return int(self.values.shape[0])

    def take(self, rows: IntArray) -> "Table":
        """Return the table of the people in ``rows`` only; its releases are charged to the whole table's ledger."""
        digest = hashlib.blake2b(rows.astype(np.int64).tobytes(), digest_size=8).hexdigest()
        return replace(
            self,
            values=self.values[rows],
            content_key=f"{self.content_key}#{digest}",
            people_key=self.people_key or self.content_key,
            person_ids=None if self.person_ids is None else self.person_ids[rows],
            holdings=None if self.holdings is None else self.holdings.take(rows),
            true_groups=None if self.true_groups is None else self.true_groups[rows],
        )

    def known_holdings(self) -> Holdings:
        """Return who holds what.

        Raises:
            ValueError: If the table knows no products; the pages ask first.
        """
        if self.holdings is None:
            raise ValueError(f"the table {self.content_key!r} knows no products")
        return self.holdings

    def points(self) -> FloatArray:
        """Return people in the normalised domain [-1, 1]^d: clipped to the public bounds, transformed, scaled.

        Everything that clusters works in this domain; elsewhere it is called the box. Float32 of ``values``' shape.
        """
        points = np.empty_like(self.values)
        for j, column in enumerate(self.columns):
            points[:, j] = column.to_scale(self.values[:, j])
        return read_only(points)

    def to_units(self, scaled: FloatArray) -> FloatArray:
        """Map rows of the normalised domain back to raw units; shape ``(n_rows, n_columns)`` in and out."""
        return np.column_stack([column.to_units(scaled[:, j]) for j, column in enumerate(self.columns)])

    def nonprivate_clipped(self) -> IntArray:
        """Count, by column, the people whose raw value lies outside the bounds: shape ``(n_columns, 2)``."""
        lower = np.asarray([column.lower for column in self.columns], dtype=self.values.dtype)
        upper = np.asarray([column.upper for column in self.columns], dtype=self.values.dtype)
        below, above = (self.values < lower).sum(axis=0), (self.values > upper).sum(axis=0)
        return np.column_stack([below, above])

    def person_id(self, row: int) -> str:
        """Return the name of the person in ``row``."""
        return str(row + 1) if self.person_ids is None else str(self.person_ids[row])

    def row_of(self, person_id: str) -> int | None:
        """Return the row of the person named ``person_id``, or None if nobody is."""
        if self.person_ids is None:
            known = person_id.isascii() and person_id.isdigit() and 1 <= int(person_id) <= self.n_people
            return int(person_id) - 1 if known else None
        rows = np.flatnonzero(self.person_ids == person_id)
        return int(rows[0]) if rows.size else None


def with_bounds(table: Table, bounds: Mapping[int, tuple[float, float]]) -> Table:
    """Return ``table`` with other bounds on some columns; values stay raw, and so do people and ledger.

    Args:
        table: The people; its values were never clipped, so wider bounds see more of them.
        bounds: Lower and upper bound by index of the column.

    Returns:
        A table of another ``content_key`` and the same ``people_key``; ``table`` itself if nothing changes.

    Raises:
        ValueError: If there is no such column, or it cannot have these bounds.
    """
    beyond = [index for index in bounds if not 0 <= index < len(table.columns)]
    if beyond:
        raise ValueError(f"columns must be numbered 0 … {len(table.columns) - 1}, not {beyond[0]}")
    columns = tuple(
        replace(column, lower=bounds[index][0], upper=bounds[index][1]) if index in bounds else column
        for index, column in enumerate(table.columns)
    )
    if columns == table.columns:
        return table
    described = ",".join(f"{index}:{column.lower!r}:{column.upper!r}" for index, column in enumerate(columns))
    return replace(
        table,
        columns=columns,
        content_key=f"{table.content_key}|{described}",
        people_key=table.people_key or table.content_key,
    )


def unbounded_key(table: Table) -> str:
    """Return the content key that a table had before other bounds were chosen."""
    return table.content_key.partition("|")[0]
