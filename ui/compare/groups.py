"""The cards of the groups, with the trail of runs above them: name, size, what they spend most unlike the average."""

from collections.abc import Callable
from typing import Any

from core.data import Table
from core.metrics.profile import Profile, profile_clusters
from ui import figures, names
from ui.components import component
from ui.outcome import Outcome
from ui.text import phrase

BARS = 3
WORDS = ("private", "plain_key", "average", "cards", "trail")


def show(outcome: Outcome, *, trail: list[dict[str, Any]], on_run: Callable[[], None]) -> None:
    """Draw the trail and the cards; ``on_run`` is called when a run of the trail is tapped."""
    data = {
        "groups": describe_groups(outcome),
        "trail": trail,
        "has_plain": outcome.plain is not None,
        "words": {key: phrase(f"pair.{key}") for key in WORDS},
    }
    component("compare/groups")(key="groups", data=data, on_run_change=on_run)


def describe_groups(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the cards of the private groups, with the plain ones beside them unless only public values are shown."""
    profile = profile_clusters(outcome.private, outcome.table)
    plain = profile_clusters(outcome.plain.clustering, outcome.table) if outcome.plain else None
    titles = names.groups(profile, outcome.table)
    return [
        {
            "name": titles[group],
            "size": _describe_size(outcome, profile, plain, group),
            "rows": [
                _describe_row(outcome.table, profile, plain, group, int(j)) for j in profile.distinctive(group, BARS)
            ],
            "overlap": _describe_overlap(outcome, group),
        }
        for group in range(outcome.spec.n_clusters)
    ]


def _describe_size(outcome: Outcome, profile: Profile, plain: Profile | None, group: int) -> str:
    private = figures.share(float(profile.shares[group]))
    if plain is None:
        return phrase("pair.size_public", share=private, people=figures.people(outcome.private.weights[group]))
    return phrase("pair.size", private=private, plain=figures.share(float(plain.shares[group])))


def _describe_row(table: Table, profile: Profile, plain: Profile | None, group: int, j: int) -> dict[str, Any]:
    column = table.columns[j]
    amounts = [profile.amounts[:, j].max(), profile.average[j]]
    amounts += [plain.amounts[:, j].max()] if plain else []
    most = max(float(max(amounts)), 1e-9)

    def bar(amount: float) -> dict[str, Any]:
        return {"at": round(max(amount, 0.0) / most, 3), "text": figures.amount(amount, column.unit)}

    return {
        "label": names.column(column),
        "average": round(max(float(profile.average[j]), 0.0) / most, 3),
        "private": bar(float(profile.amounts[group, j])),
        "plain": bar(float(plain.amounts[group, j])) if plain else None,
    }


def _describe_overlap(outcome: Outcome, group: int) -> str:
    if outcome.comparison is None:
        return ""
    return phrase("pair.overlap", share=figures.share(float(outcome.comparison.matching.overlap[group])))
