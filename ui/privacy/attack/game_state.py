"""A game of guess who: dealt from the session's choices, and kept with its guesses until the next one."""

from dataclasses import dataclass, field
from typing import cast

import streamlit as st

from core.attack import outlier_sample
from core.attack.guessing_game import Game, deal_game
from core.attack.setup import AttackSetup
from core.clustering.engines import get_engine
from core.data import Table
from core.privacy.noise import secure_rng
from core.reduction.spec import ReleaseSpec
from ui import session
from ui.privacy.attack import experiment, picture

SIDES = ("plain", "private")


@dataclass(slots=True, kw_only=True)
class GameState:
    """A game and the guesses so far.

    Attributes:
        key: Names the choices it was dealt from.
        game: What was dealt.
        scene: What its pictures have in common.
        guesses: Guesses by side, one a round; True is "in".
        place: Round on the table; ``ROUNDS`` when all are over.
    """

    key: str
    game: Game
    scene: picture.Scene
    guesses: dict[str, list[bool]] = field(default_factory=lambda: {side: [] for side in SIDES})
    place: int = 0


def name_game(table: Table, epsilon: float) -> str:
    """Name the choices that a game is dealt from."""
    of = table.content_key if session.settings.game_crowd == "table" else ""
    choices_of_table = (session.settings.k, session.reduction(table)) if of else ()
    return "|".join(map(str, (of, session.settings.engine, *choices_of_table, epsilon)))


def find_game(key: str) -> GameState | None:
    """Return the game under way if it was dealt from the choices that ``key`` names."""
    state = cast("GameState | None", st.session_state.get("guess_game"))
    return state if state is not None and state.key == key else None


def deal(table: Table, epsilon: float, key: str) -> None:
    """Deal a game; nobody could foresee its coins and its noise, and nothing of it leaves the session."""
    is_synthetic = session.settings.game_crowd == "practice"
    setup, person = _set_up_synthetic(epsilon) if is_synthetic else _set_up_table(table, epsilon)
    game = deal_game(setup.points, person=person, plain=setup.plain, private=setup.private, rng=secure_rng())
    scene = picture.scene(
        setup.points,
        person=person,
        inside=game.plain_with.clustering.centers,
        outside=game.plain_without.clustering.centers,
    )
    st.session_state["guess_game"] = GameState(key=key, game=game, scene=scene)


def _set_up_synthetic(epsilon: float) -> tuple[AttackSetup, int]:
    points = outlier_sample.synthetic_outlier_sample(int(secure_rng().integers(2**31)))
    engine = get_engine(session.settings.engine)
    spec = ReleaseSpec(engine=engine, epsilon=epsilon, n_clusters=outlier_sample.N_CLUSTERS)
    return AttackSetup(points=points, spec=spec), len(points) - 1


def _set_up_table(table: Table, epsilon: float) -> tuple[AttackSetup, int]:
    return experiment.make_setup(table, experiment.find_outlier(table, session.settings.k), epsilon=epsilon)
