"""What the pictures say by themselves while a slider moves: figures and sentences for every position."""

from dataclasses import replace
from typing import Any

from core.limits import EPSILON_CHOICES
from ui import figures, releases
from ui.compare import ahead, controls
from ui.compare.answer import WORDS, describe_agreement
from ui.outcome import Outcome
from ui.text import language, phrase


def describe(outcome: Outcome, axes: tuple[str, str]) -> dict[str, Any]:
    """Return where the sliders stand for this answer, where the preview is, and its words in the session's language."""
    return {
        "at": {"epsilon": EPSILON_CHOICES.index(outcome.spec.epsilon), "k": outcome.spec.n_clusters},
        "address": ahead.order(outcome, axes),
        "answer": _describe_answer(outcome),
        "words": [[least, phrase(f"answer.{word}")] for least, word in WORDS],
        "point": language().write("0.5")[1:-1],
        "values": EPSILON_CHOICES,
        "steps": [_describe_step(outcome, epsilon) for epsilon in EPSILON_CHOICES],
    }


def _describe_answer(outcome: Outcome) -> dict[str, str] | None:
    if outcome.comparison is None:
        return None
    ari = outcome.comparison.agreement.adjusted_rand
    return {"ari": figures.decimals(ari), "word": describe_agreement(ari), "bar": f"{max(ari, 0.0) * 100:.1f}%"}


def _describe_step(outcome: Outcome, epsilon: float) -> dict[str, str]:
    step = {
        "epsilon": figures.epsilon(epsilon),
        "meaning": controls.describe_epsilon(epsilon),
        "guess": controls.describe_best_guess(epsilon),
        "price": "",
    }
    if outcome.table.source.is_synthetic:
        return step
    ledger = releases.ledger(outcome.table)
    if releases.is_released(outcome.table, replace(outcome.spec, epsilon=epsilon)):
        key = "price_paid"
    else:
        key = "price" if ledger.can_afford(epsilon) else "price_over"
    remaining = figures.epsilon(max(ledger.remaining - epsilon, 0.0))
    return step | {"price": phrase(f"pair.{key}", epsilon=figures.epsilon(epsilon), remaining=remaining)}
