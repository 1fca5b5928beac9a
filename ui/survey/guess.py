"""Guess who, on a phone: is the person in the data? One vote a round, and one's own hits once it is revealed."""

import streamlit as st

from core.attack.advantage import success_rate_bound
from core.survey.answers import Answer
from core.survey.guess_stage import VOTES, GuessStage, vote_key
from ui import figures
from ui.markup import show
from ui.survey import participation, refusal
from ui.survey.participation import Participation
from ui.text import phrase


def screen(mine: Participation) -> None:
    """Draw the present round: two large buttons, or what was true."""
    stage = GuessStage.read(mine.room.stage)
    key = vote_key(stage.round)
    vote = next(iter(mine.chosen(key)), None)
    show("guess", **_describe(stage, mine, vote))
    if not stage.is_revealed:
        with st.container(key="votes", gap="small"):
            for choice in VOTES:
                st.button(
                    phrase(f"attack.{choice}"),
                    key=f"{key}.{choice}",
                    type="primary" if choice == vote else "secondary",
                    icon=":material/check:" if choice == vote else None,
                    on_click=_vote,
                    args=(mine, key, choice),
                    width="stretch",
                )
    refusal.show(mine)


def _describe(stage: GuessStage, mine: Participation, vote: str | None) -> dict[str, str]:
    voted = {key: answer.choices[0] for key, answer in mine.answers.items() if answer.choices}
    hits, n_rounds = stage.count_hits(voted)
    bound = figures.share(success_rate_bound(stage.epsilon))
    return {
        "title": phrase("room.guess", round=stage.round),
        "text": _write_verdict(stage, vote),
        "mood": _mood(stage, vote),
        "hits": phrase("room.hits", hits=hits, rounds=n_rounds) if n_rounds else "",
        "bound": phrase("room.guess_bound", bound=bound, epsilon=figures.epsilon(stage.epsilon)),
    }


def _write_verdict(stage: GuessStage, vote: str | None) -> str:
    if not stage.is_revealed:
        return phrase("room.guess_text" if vote is None else "room.voted")
    truth = stage.revealed[stage.round - 1]
    if vote is None:
        return phrase(f"room.was_{truth}")
    return f"{phrase(f'room.was_{truth}')} {phrase('room.right' if vote == truth else 'room.wrong')}"


def _mood(stage: GuessStage, vote: str | None) -> str:
    if not stage.is_revealed or vote is None:
        return "open"
    return "right" if vote == stage.revealed[stage.round - 1] else "wrong"


def _vote(mine: Participation, key: str, choice: str) -> None:
    answer = Answer(question=key, choices=(choice,), submission=mine.submission(key), at=participation.now())
    mine.send(answer)
