"""Scene 4: guess who. The room votes on its phones; how often it is right stands against what ε allows."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

import numpy as np
import streamlit as st

from core.attack import outlier_sample
from core.attack.advantage import success_rate_bound
from core.attack.guessing_game import Game, deal_game
from core.attack.setup import AttackSetup
from core.clustering.engines import Engine
from core.survey.problems import SurveyError
from core.survey.rooms import Room
from core.survey.scenes import VOTES, GuessStage, vote_key
from core.survey.tally import Tally
from core.survey.votes import RoundVotes, accuracy, revealed_votes
from store.survey import SurveyStore
from ui import figures, frame
from ui.markup import show
from ui.present import stage_state
from ui.privacy.attack import experiment, picture
from ui.privacy.attack.guessing_game import show_seen
from ui.text import phrase

#: The first picture is plain, so that everybody sees how it gives the stray away; the others are private.
ROUNDS = 6
EPSILON = 1.0
ROOMS_KEPT = 64
REFRESH_SECONDS = 1.0


def draw(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw the round on the table, what the room votes, and how often it was right so far."""
    if experiment.is_hidden():
        return
    stage = _stage(now)
    with st.container(key="guess_stage", horizontal=True):
        with st.container(key="guess_seen"):
            _picture(dealt(now.room), stage)
        with st.container(key="guess_votes"):
            _votes(store, now, stage)
            _buttons(store, now, stage)


def step(store: SurveyStore, now: stage_state.Shown, by: int) -> None:
    """Reveal the round, or go to the next one; backwards, go back a round that stays revealed."""
    stage = _stage(now)
    if by < 0:
        _tell(store, now, GuessStage(round=max(stage.round - 1, 1), revealed=stage.revealed, epsilon=EPSILON))
    elif not stage.is_revealed:
        truths = tuple(_truth(dealt(now.room), number) for number in range(1, stage.round + 1))
        _tell(store, now, GuessStage(round=stage.round, revealed=truths, epsilon=EPSILON))
    elif stage.round < ROUNDS:
        _tell(store, now, GuessStage(round=stage.round + 1, revealed=stage.revealed, epsilon=EPSILON))


def _tell(store: SurveyStore, now: stage_state.Shown, stage: GuessStage) -> None:
    stage_state.move(store, now, stage=stage.write())


def _stage(now: stage_state.Shown) -> GuessStage:
    told = GuessStage.read(now.stage)
    return GuessStage(round=min(told.round, ROUNDS), revealed=told.revealed[:ROUNDS], epsilon=EPSILON)


# --- the game ----------------------------------------------------------------------------------------------------


def dealt(room: Room | None) -> Game:
    """Return the room's game: the same on every screen that leads or follows it."""
    return _dealt("alone" if room is None else f"{room.code}|{room.generation}")


@st.cache_resource(max_entries=ROOMS_KEPT, show_spinner=False)
def _dealt(name: str) -> Game:
    seed = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
    points = _crowd()
    setup = AttackSetup(points=points, engine=Engine.DEFAULT, n_clusters=outlier_sample.N_CLUSTERS, epsilon=EPSILON)
    return deal_game(
        points,
        person=len(points) - 1,
        plain=setup.plain,
        private=setup.private,
        rng=np.random.default_rng(seed),
        n_rounds=ROUNDS,
    )


def _crowd() -> np.ndarray:
    return outlier_sample.synthetic_outlier_sample(0)


def _truth(game: Game, number: int) -> str:
    dealt_round = game.rounds[number - 1]
    is_in = dealt_round.plain_is_in if number == 1 else dealt_round.private_is_in
    return VOTES[0] if is_in else VOTES[1]


def _picture(game: Game, stage: GuessStage) -> None:
    is_plain = stage.round == 1
    dealt_round = game.rounds[stage.round - 1]
    inside, outside = game.plain_with.clustering, game.plain_without.clustering
    show_seen(
        picture.scene(_crowd(), person=game.person, inside=inside.centers, outside=outside.centers),
        dealt_round.plain if is_plain else dealt_round.private,
        title=phrase("attack.side_plain")
        if is_plain
        else phrase("attack.side_private", epsilon=figures.epsilon(EPSILON)),
        axes=(phrase("attack.crowd_x"), phrase("attack.crowd_y")),
        expected=(float(inside.weights.sum()), float(outside.weights.sum())),
        exact=is_plain,
    )


# --- the votes ---------------------------------------------------------------------------------------------------


@st.fragment(run_every=REFRESH_SECONDS)
def _votes(store: SurveyStore, now: stage_state.Shown, stage: GuessStage) -> None:
    """Draw the votes, again and again: they arrive while the picture stays."""
    frame.begin_fragment()
    tallies = _tallies(store, now)
    rounds = revealed_votes(stage, tallies)
    tally = tallies.get(vote_key(stage.round), Tally())
    show(
        "stage_votes",
        number=stage.round,
        of=ROUNDS,
        in_room=now.room is not None,
        voted=figures.people(tally.people),
        truth=stage.revealed[stage.round - 1] if stage.is_revealed else "",
        bars=_bars(tally) if stage.is_revealed else [],
        rounds=[_told(each) for each in rounds],
        **_scale(rounds),
    )


def _tallies(store: SurveyStore, now: stage_state.Shown) -> Mapping[str, Tally]:
    """Return what was voted; as it was last counted while the room does not answer, as the strip says then."""
    room = stage_state.glance(store, now)
    if room is None:
        return {}
    counted = cast("dict[tuple[str, int], Mapping[str, Tally]]", st.session_state.setdefault("counted", {}))
    with suppress(SurveyError):
        counted[room.code, room.generation] = store.tallies(room)
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


def _told(each: RoundVotes) -> dict[str, Any]:
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
        "bound_at": _at(bound),
        "reached": None if reached is None else figures.share(reached),
        "reached_at": 0.0 if reached is None else _at(reached),
    }


def _at(share: float) -> float:
    return round(100 * share, 1)


def _buttons(store: SurveyStore, now: stage_state.Shown, stage: GuessStage) -> None:
    if not now.leads or (stage.is_revealed and stage.round == ROUNDS):
        return
    st.button(
        phrase("scene.guess_next" if stage.is_revealed else "scene.guess_reveal"),
        key="guess_step",
        type="primary",
        width="stretch",
        on_click=step,
        args=(store, now, 1),
    )
