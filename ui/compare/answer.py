"""The answer above the pictures: how much the private groups agree with the plain ones."""

from core.metrics.comparison import Comparison
from ui import figures
from ui.compare import controls, degenerate
from ui.markup import show
from ui.outcome import Outcome
from ui.text import phrase

#: Least ARI for each word, best first.
WORDS = ((0.9, "same"), (0.7, "similar"), (0.4, "different"), (-1.0, "unlike"))
#: Where the glossary says more about a figure.
TERM_OF = {"rand": "rand", "inertia": "inertia", "moved": "cluster", "plain_truth": "ari", "private_truth": "ari"}


def describe_agreement(ari: float) -> str:
    """Say an ARI in a word."""
    return phrase("answer." + next(name for least, name in WORDS if ari >= least))


def show_answer(outcome: Outcome) -> None:
    """Draw the one figure that stays in view: ARI with its word, or the released number of people."""
    if degenerate.show_instead(outcome):
        return
    if outcome.comparison is None:
        show("answer_public", people=figures.people(outcome.release.noisy_people), k=outcome.spec.n_clusters)
        return
    ari = outcome.comparison.agreement.adjusted_rand
    show("answer", ari=figures.decimals(ari), word=describe_agreement(ari), bar=round(max(ari, 0.0) * 100, 1))


def show_details(outcome: Outcome) -> None:
    """Draw what stands below the pictures: the other exact figures, and what ε means in words."""
    show(
        "answer_details",
        epsilon=figures.epsilon(outcome.spec.epsilon),
        meaning=controls.describe_epsilon(outcome.spec.epsilon),
        guess=controls.describe_best_guess(outcome.spec.epsilon),
        practice=outcome.table.source.is_synthetic,
        seeded=not outcome.release.is_private,
        noise=outcome.release.is_mostly_noise,
        figures=_figures(outcome.comparison) if outcome.comparison and not degenerate.find(outcome) else [],
    )


def _figures(comparison: Comparison) -> list[dict[str, str]]:
    values = {
        "rand": figures.decimals(comparison.agreement.rand),
        "inertia": phrase("figures.ratio", n=figures.factor(comparison.inertia_ratio)),
        "moved": figures.share(comparison.matching.moved_share),
    }
    if comparison.plain_truth and comparison.private_truth:
        values["plain_truth"] = figures.decimals(comparison.plain_truth.adjusted_rand)
        values["private_truth"] = figures.decimals(comparison.private_truth.adjusted_rand)
    return [
        {
            "name": phrase(f"answer.{key}"),
            "value": value,
            "why": phrase(f"answer.{key}_why"),
            "term": TERM_OF[key],
        }
        for key, value in values.items()
    ]
