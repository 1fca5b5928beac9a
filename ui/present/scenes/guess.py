"""Guess who. The room votes on its phones; how often it is right stands against what ε allows."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, cast

import numpy as np
import streamlit as st

from core.attack import outlier_sample
from core.attack.advantage import success_rate_bound
from core.attack.guessing_game import Game, deal_game
from core.attack.setup import AttackSetup
from core.clustering import engines
from core.data.generate import GENERATED
from core.privacy.noise_source import NoiseSource
from core.reduction.spec import ReleaseSpec
from core.survey.guess_stage import VOTES, GuessStage, vote_key
from core.survey.problems import SurveyError
from core.survey.rooms import Room
from core.survey.tally import Tally
from core.survey.votes import RoundVotes, accuracy, count_votes
from ui import figures, frame
from ui.markup import show
from ui.present.stage import Scene, Stage
from ui.privacy.attack import experiment, picture
from ui.privacy.attack.guessing_game import show_seen
from ui.survey import guess
from ui.text import phrase

#: The first picture is plain, so that everybody sees how it gives the stray away; the others are private.
ROUNDS = 6
EPSILON = 1.0
ROOMS_KEPT = 64


def draw(stage: Stage) -> None:
    """Draw the round on the table, what the room votes, and how often it was right so far."""
    if experiment.is_hidden():
        return
    progress = _read_progress(stage)
    with st.container(key="guess_stage", horizontal=True):
        with st.container(key="guess_seen"):
            _draw_picture(deal_to_room(stage.room), progress)
            show("guess_key")
        with st.container(key="guess_votes"):
            _draw_votes(stage, progress)
            _draw_button(stage, progress)


def step(stage: Stage, by: int) -> bool:
    """Reveal the round, or go to the next one; backwards, go back a round that stays revealed."""
    progress = _read_progress(stage)
    if by < 0 and progress.round > 1:
        progress = replace(progress, round=progress.round - 1)
    elif by < 0:
        return False
    elif not progress.is_revealed:
        game = deal_to_room(stage.room)
        progress = replace(
            progress, revealed=tuple(_find_truth(game, number) for number in range(1, progress.round + 1))
        )
    elif progress.round < ROUNDS:
        progress = replace(progress, round=progress.round + 1)
    else:
        return False
    stage.set_state(**progress.write())
    return True


def _read_progress(stage: Stage) -> GuessStage:
    progress = GuessStage.read(stage.state)
    return GuessStage(round=min(progress.round, ROUNDS), revealed=progress.revealed[:ROUNDS], epsilon=EPSILON)


# --- the game ----------------------------------------------------------------------------------------------------


def deal_to_room(room: Room | None) -> Game:
    """Return the room's game: the same on every screen that leads or follows it."""
    return _deal("alone" if room is None else f"{room.code}|{room.generation}")


@st.cache_resource(max_entries=ROOMS_KEPT, show_spinner=False)
def _deal(name: str) -> Game:
    seed = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
    points = _sample_crowd()
    spec = ReleaseSpec(engine=engines.DEFAULT, epsilon=EPSILON, n_clusters=outlier_sample.N_CLUSTERS)
    setup = AttackSetup(points=points, spec=spec)
    return deal_game(
        points,
        person=len(points) - 1,
        plain=setup.plain,
        private=setup.private,
        rng=NoiseSource(source=GENERATED, seed=seed).generator(),
        n_rounds=ROUNDS,
    )


def _sample_crowd() -> np.ndarray:
    return outlier_sample.synthetic_outlier_sample(0)


def _find_truth(game: Game, number: int) -> str:
    dealt_round = game.rounds[number - 1]
    is_in = dealt_round.plain_is_in if number == 1 else dealt_round.private_is_in
    return VOTES[0] if is_in else VOTES[1]


def _draw_picture(game: Game, progress: GuessStage) -> None:
    is_plain = progress.round == 1
    dealt_round = game.rounds[progress.round - 1]
    inside, outside = game.plain_with.clustering, game.plain_without.clustering
    show_seen(
        picture.scene(_sample_crowd(), person=game.person, inside=inside.centers, outside=outside.centers),
        dealt_round.plain if is_plain else dealt_round.private,
        title=phrase("attack.side_plain")
        if is_plain
        else phrase("attack.side_private", epsilon=figures.epsilon(EPSILON)),
        axes=(phrase("attack.crowd_x"), phrase("attack.crowd_y")),
        expected=(float(inside.weights.sum()), float(outside.weights.sum())),
        exact=is_plain,
    )


# --- the votes ---------------------------------------------------------------------------------------------------


@st.fragment
def _draw_votes(stage: Stage, progress: GuessStage) -> None:
    """Draw the votes, again when there are others: they arrive while the picture stays."""
    frame.begin_fragment()
    tallies = _count_votes(stage)
    rounds = count_votes(progress, tallies)
    tally = tallies.get(vote_key(progress.round), Tally())
    show(
        "stage_votes",
        number=progress.round,
        of=ROUNDS,
        in_room=stage.room is not None,
        voted=figures.people(tally.people),
        truth=progress.revealed[progress.round - 1] if progress.is_revealed else "",
        bars=_bars(tally) if progress.is_revealed else [],
        rounds=[_describe_round(each) for each in rounds],
        **_scale(rounds),
    )


def _count_votes(stage: Stage) -> Mapping[str, Tally]:
    """Return what was voted; as it was last counted while the room does not answer, as the strip says then."""
    room = stage.hear_room("votes")
    if room is None:
        return {}
    counted = cast("dict[tuple[str, int], Mapping[str, Tally]]", st.session_state.setdefault("counted", {}))
    with suppress(SurveyError):
        counted[room.code, room.generation] = stage.store.tallies(room)
    return counted.get((room.code, room.generation), {})


def _bars(tally: Tally) -> list[dict[str, Any]]:
    total = max(sum(tally.count(vote) for vote in VOTES), 1)
    return [
        {
            "vote": vote,
            "name": phrase(f"attack.{vote}"),
            "width": round(100 * tally.count(vote) / total, 1),
            "people": figures.people(tally.count(vote)),
        }
        for vote in VOTES
    ]


def _describe_round(each: RoundVotes) -> dict[str, Any]:
    share = each.n_right / each.n_votes if each.n_votes else None
    return {
        "number": each.number,
        "plain": each.number == 1,
        "truth": phrase(f"attack.{each.truth}"),
        "right": "–" if share is None else figures.share(share),
    }


def _scale(rounds: list[RoundVotes]) -> dict[str, Any]:
    """Return where the room and the bound stand between a coin's half and always right."""
    reached, bound = accuracy([each for each in rounds if each.number > 1]), success_rate_bound(EPSILON)
    return {
        "bound": figures.share(bound),
        "bound_at": _to_percent(bound),
        "reached": None if reached is None else figures.share(reached),
        "reached_at": 0.0 if reached is None else _to_percent(reached),
    }


def _to_percent(share: float) -> float:
    return round(100 * share, 1)


def _draw_button(stage: Stage, progress: GuessStage) -> None:
    if not stage.leads or (progress.is_revealed and progress.round == ROUNDS):
        return
    st.button(
        phrase("scene.guess_next" if progress.is_revealed else "scene.guess_reveal"),
        key="guess_step",
        type="primary",
        width="stretch",
        on_click=stage.press_step,
        args=(1,),
    )


SCENE = Scene(
    number=4,
    name="guess",
    picture="guess",
    draw=draw,
    step=step,
    phone=guess.screen,
    rehearse=partial(deal_to_room, None),
    prepare=deal_to_room,
)
