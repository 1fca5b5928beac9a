"""What a benchmark measured: figures held against their limits, printed as they come, and written as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table.

    Attributes:
        name: What was measured.
        ours: The app's value.
        against: Limit, or the naive app's value; None where there is nothing to reach.
        most: Largest ratio of the two that is good enough.
        unit: Unit of both.
    """

    name: str
    ours: float
    against: float | None = None
    most: float = 1.0
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        """Ours over what it is held against."""
        return None if self.against is None else self.ours / self.against

    @property
    def reached(self) -> bool | None:
        """Whether the ratio is small enough."""
        return None if self.ratio is None else self.ratio <= self.most

    def __str__(self) -> str:
        line = f"{self.name:<72} {self.ours:>9,.1f} {self.unit:<2}"
        if self.ratio is None:
            return line
        comparison = f"{self.against:>9,.1f} {self.unit:<2} {self.ratio:>6.2f} of at most {self.most:g}"
        return f"{line} {comparison}  {'yes' if self.reached else 'NO'}"


def print_figures(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """Print the table as it grows, and return it as JSON holds it."""
    print(f"{'figure':<72} {'ours':>12} {'limit or naive':>12} {'ratio':>6}              reached")
    rows = []
    for figure in figures:
        print(figure, flush=True)
        rows.append(asdict(figure) | {"ratio": figure.ratio, "reached": figure.reached})
    return rows


def write_results(content: object, path: Path) -> None:
    """Write what was measured as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
