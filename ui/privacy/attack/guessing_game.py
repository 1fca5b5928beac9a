"""Guess who: five rounds of a plain and a private picture, answered by two big buttons each."""

from dataclasses import dataclass, field
from typing import cast

import streamlit as st

from core.attack import outlier_sample
from core.attack.guessing_game import ROUNDS, Game, Round, deal_game, score_guesses
from core.attack.setup import AttackSetup
from core.clustering.engines import get_engine
from core.data import Table
from core.privacy.noise import secure_rng
from core.reduction.spec import ReleaseSpec
from core.release.pipelines import Observation
from ui import choices, figures, frame, names, session
from ui.markup import show
from ui.privacy.attack import experiment, picture
from ui.settings import CROWDS
from ui.text import phrase

SIDES = ("plain", "private")
#: Keys of the keyboard for "in" and "out", by side.
SHORTCUTS = {"plain": ("1", "2"), "private": ("3", "4")}


@dataclass(slots=True, kw_only=True)
class Played:
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


@st.fragment
def draw(table: Table) -> None:
    """Draw the game: the choice of a crowd, the round on the table, and the score."""
    frame.begin_fragment()
    if experiment.is_hidden():
        return
    show("lead", text=phrase("attack.game_lead", rounds=ROUNDS))
    with st.container(key="game_choices", horizontal=True, vertical_alignment="bottom"):
        choices.draw_segments("attack.crowd", CROWDS, key="game_crowd")
        epsilon = experiment.draw_epsilon()
        key = _name_deal(table, epsilon)
        played = _find_game(key)
        st.button(
            phrase("attack.start" if played is None else "attack.again"),
            key="game_start",
            icon=":material/casino:",
            type="primary" if played is None or played.place == ROUNDS else "secondary",
            on_click=_deal,
            args=(table, epsilon, key),
        )
    if session.settings.game_crowd == "table":
        experiment.show_remark(table, epsilon=epsilon)
    if played is None:
        show("guess_waiting", rounds=ROUNDS)
    elif played.place < ROUNDS:
        _draw_round(played, table)
    else:
        _show_score(played)
    session.share()


def _name_deal(table: Table, epsilon: float) -> str:
    of = table.content_key if session.settings.game_crowd == "table" else ""
    choices_of_table = (session.settings.k, session.reduction(table)) if of else ()
    return "|".join(map(str, (of, session.settings.engine, *choices_of_table, epsilon)))


def _find_game(key: str) -> Played | None:
    played = cast("Played | None", st.session_state.get("guess_game"))
    return played if played is not None and played.key == key else None


def _deal(table: Table, epsilon: float, key: str) -> None:
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
    st.session_state["guess_game"] = Played(key=key, game=game, scene=scene)


def _set_up_synthetic(epsilon: float) -> tuple[AttackSetup, int]:
    points = outlier_sample.synthetic_outlier_sample(int(secure_rng().integers(2**31)))
    engine = get_engine(session.settings.engine)
    spec = ReleaseSpec(engine=engine, epsilon=epsilon, n_clusters=outlier_sample.N_CLUSTERS)
    return AttackSetup(points=points, spec=spec), len(points) - 1


def _set_up_table(table: Table, epsilon: float) -> tuple[AttackSetup, int]:
    return experiment.make_setup(table, experiment.find_outlier(table, session.settings.k), epsilon=epsilon)


def _draw_round(played: Played, table: Table) -> None:
    show("guess_rule", n=played.place + 1, of=ROUNDS, done=played.place)
    dealt = played.game.rounds[played.place]
    with st.container(key="guess_sides"):
        for column, side in zip(st.columns(2, gap="medium"), SIDES, strict=True):
            with column:
                _draw_picture(played, dealt, side, table)
                _draw_answers(played, dealt, side)
    if all(len(played.guesses[side]) > played.place for side in SIDES):
        is_last = played.place == ROUNDS - 1
        st.button(
            phrase("attack.finish" if is_last else "attack.next"),
            key="guess_next",
            type="primary",
            icon=":material/arrow_forward:",
            shortcut="Enter",
            width="stretch",
            on_click=_start_next_round,
            args=(played,),
        )


def _draw_picture(played: Played, dealt: Round, side: str, table: Table) -> None:
    is_plain = side == "plain"
    seen: Observation = dealt.plain if is_plain else dealt.private
    show_seen(
        played.scene,
        seen,
        title=phrase("attack.side_plain")
        if is_plain
        else phrase("attack.side_private", epsilon=figures.epsilon(played.game.epsilon or 0.0)),
        axes=_name_axes(played, table),
        expected=_count_people(played.game),
        exact=is_plain,
    )


def show_seen(
    scene: picture.Scene,
    seen: Observation,
    *,
    title: str,
    axes: tuple[str, str],
    expected: tuple[float, float],
    exact: bool,
) -> None:
    """Draw one picture of the game.

    Args:
        scene: What all pictures of the game have in common.
        seen: What the picture shows.
        title: What stands above.
        axes: What the two axes are.
        expected: People the plain picture adds up to, with and without the one in question.
        exact: Whether its numbers are exact.
    """
    weights = seen.clustering.weights
    people = figures.people(float(weights.sum()))
    picture.draw(
        scene,
        seen.clustering.centers,
        [figures.people(float(weight)) for weight in weights],
        title=title,
        total=phrase(
            "attack.total" if exact else "attack.total_noisy",
            people=people,
            inside=figures.decimals(expected[0], 0),
            outside=figures.decimals(expected[1], 0),
        ),
        axes=axes,
        alternative=phrase("attack.alternative", title=title, people=people, centers=len(weights)),
    )


def _count_people(game: Game) -> tuple[float, float]:
    return float(game.plain_with.clustering.weights.sum()), float(game.plain_without.clustering.weights.sum())


def _name_axes(played: Played, table: Table) -> tuple[str, str]:
    x, y = played.scene.frame.columns
    if session.settings.game_crowd == "practice":
        return phrase("attack.crowd_x"), phrase("attack.crowd_y")
    return names.column(table.columns[x]), names.column(table.columns[y])


def _draw_answers(played: Played, dealt: Round, side: str) -> None:
    """Draw the two buttons, or what was right."""
    truth = dealt.plain_is_in if side == "plain" else dealt.private_is_in
    if len(played.guesses[side]) > played.place:
        show("guess_reveal", right=played.guesses[side][played.place] == truth, inside=truth)
        return
    with st.container(key=f"answer_{side}", horizontal=True):
        for is_in, shortcut in zip((True, False), SHORTCUTS[side], strict=True):
            name = "in" if is_in else "out"
            st.button(
                phrase(f"attack.{name}"),
                key=f"guess_{side}_{name}",
                icon=":material/person:" if is_in else ":material/person_off:",
                shortcut=shortcut,
                width="stretch",
                on_click=_guess,
                args=(played, side, is_in),
            )


def _guess(played: Played, side: str, is_in: bool) -> None:  # noqa: FBT001 - a callback's argument
    # A second press of the same button that was under way counts for nothing.
    if len(played.guesses[side]) == played.place:
        played.guesses[side].append(is_in)


def _start_next_round(played: Played) -> None:
    if all(len(played.guesses[side]) > played.place for side in SIDES):
        played.place += 1


def _show_score(played: Played) -> None:
    game = played.game
    score = score_guesses(game, plain_guesses=played.guesses["plain"], private_guesses=played.guesses["private"])
    truths = {
        "plain": [each.plain_is_in for each in game.rounds],
        "private": [each.private_is_in for each in game.rounds],
    }
    right = {"plain": score.plain_right, "private": score.private_right}
    show(
        "guess_score",
        rounds=ROUNDS,
        sides=[
            {
                "side": side,
                "right": right[side],
                "marks": [guess == truth for guess, truth in zip(played.guesses[side], truths[side], strict=True)],
            }
            for side in SIDES
        ],
        epsilon=figures.epsilon(game.epsilon or 0.0),
        most=figures.decimals(score.expected_right_most, 1),
        bound=figures.share(score.bound),
        coin=figures.significant(ROUNDS / 2),
    )
