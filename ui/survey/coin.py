"""The question answered by randomised response on the phone: what arrives is the noisy reply, never the truth."""

from typing import Any

import streamlit as st

from core.survey.questions import Question
from ui import figures
from ui.components import component
from ui.markup import show
from ui.survey.participation import Participation
from ui.text import phrase

WORDS = (
    *("truths", "head", "tail", "head_short", "tail_short", "truth", "other", "other_yes", "other_no"),
    *("kept", "send", "sending", "again"),
)


def ask(mine: Participation, question: Question) -> None:
    """Draw the coins, what they promise, and the way past the question."""
    mechanism = question.randomised_response
    assert mechanism is not None  # noqa: S101 - the caller asked
    show(
        "coin_rule",
        epsilon=figures.decimals(mechanism.epsilon),
        times=phrase(
            "figures.times",
            n=figures.number(round(mechanism.truth / (1.0 - mechanism.truth), 1)),
        ),
    )

    component("survey/coin")(
        key="coin", data=_data(mine, question), on_said_change=lambda: _keep_reply(mine, question, _read_reply())
    )


def _read_reply() -> object:
    """Return what the phone said; None where the same was sent twice and the coins are put away by now."""
    return getattr(st.session_state.get("coin"), "said", None)


def _data(mine: Participation, question: Question) -> dict[str, Any]:
    words = {word: phrase(f"asked.{word}") for word in WORDS}
    # The phone fills in what was said.
    words |= {"said": phrase("asked.said", said="{said}")}
    words |= {choice: phrase(f"asked.{question.words}_{choice}") for choice in question.choices}
    return {"place": mine.room.code, "question": question.key, "refusals": mine.refusals, "words": words}


def _keep_reply(mine: Participation, question: Question, message: object) -> None:
    """Keep what a phone said, if it is something that a phone of ours says."""
    if not isinstance(message, dict) or mine.screen != question.key:
        return
    reply, submission = str(message.get("said")), str(message.get("submission"))
    mine.reply(lambda at: question.answer(reply, submission=submission, at=at))
