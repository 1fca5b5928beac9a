"""ε of others for scale: published values on one logarithmic axis, with this data among them."""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO

from core.data import Table
from core.privacy.ledger import Ledger
from ui import figures, session
from ui.markup import asset, show
from ui.text import phrase

#: Ends of the axis and the values written below it.
LEAST, MOST = 0.1, 100.0
TICKS = (0.1, 1.0, 10.0, 100.0)
#: Units that hold once and for all; the others start anew every day, week or month.
FOR_GOOD = frozenset({"person"})
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One published use of differential privacy.

    Attributes:
        key: Names its phrase.
        epsilon: ε as published; converted from ρ at ``delta`` where zero-concentrated privacy was published.
        delta: δ that goes with it.
        unit: What is protected by that ε.
        year: When it was published.
        source: Where.
    """

    key: str
    epsilon: float
    delta: float
    unit: str
    year: int
    source: str


@cache
def read_deployments() -> tuple[Deployment, ...]:
    """Return the published uses, smallest ε first."""
    rows = csv.DictReader(StringIO(asset("deployments.csv")))
    deployments = (
        Deployment(
            key=row["key"],
            epsilon=float(row["epsilon"]),
            delta=float(row["delta"]),
            unit=row["unit"],
            year=int(row["year"]),
            source=row["source"],
        )
        for row in rows
    )
    return tuple(sorted(deployments, key=lambda each: each.epsilon))


def place(epsilon: float) -> float:
    """Return where ``epsilon`` stands on the axis, in percent of its length; beyond an end, at that end."""
    share = math.log(min(max(epsilon, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
    return round(100 * share, 1)


def show_scale(table: Table, ledger: Ledger) -> None:
    """Draw the ε of this data among the published ones: one release of synthetic data, or all of people's."""
    is_synthetic = table.source.is_synthetic
    epsilon = session.settings.epsilon if is_synthetic else ledger.spent
    ours = {
        "name": phrase("privacy.scale_practice" if is_synthetic else "privacy.scale_people"),
        "unit": phrase("privacy.unit_person"),
        "source": "",
        "epsilon": figures.epsilon(epsilon),
        "place": place(epsilon) if epsilon else None,
        "kind": "ours",
    }
    others = list(_describe_deployments())
    below = sum(each.epsilon <= epsilon for each in read_deployments())
    show(
        "scale",
        rows=[*others[:below], ours, *others[below:]],
        ours=ours["place"],
        ticks=[(place(tick), figures.epsilon(tick)) for tick in TICKS],
    )


def _describe_deployments() -> Iterator[dict[str, object]]:
    for each in read_deployments():
        yield {
            "name": phrase(f"privacy.known_{each.key}"),
            "unit": phrase(f"privacy.unit_{each.unit}"),
            "source": f"{each.source} ({each.year}){_write_delta(each.delta)}",
            "epsilon": figures.significant(each.epsilon, 3 if each.epsilon < 10 else 6),  # noqa: PLR2004
            "place": place(each.epsilon),
            "kind": "once" if each.unit in FOR_GOOD else "again",
        }


def _write_delta(delta: float) -> str:
    """Write δ as a power of ten; nothing where there is none."""
    if not delta:
        return ""
    digits, power = f"{delta:.0e}".split("e")
    power_of_ten = f"10{str(int(power)).translate(_RAISED)}"
    return f", δ\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{power_of_ten if digits == '1' else f'{digits}·{power_of_ten}'}"
