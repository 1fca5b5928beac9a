"""Guess who: five rounds of a plain and a private picture, answered by two big buttons each."""

import streamlit as st

from core.attack.guessing_game import ROUNDS, Game, Round, score_guesses
from core.data import Table
from core.release.pipelines import Observation
from ui import choices, figures, frame, names, session
from ui.markup import show
from ui.privacy.attack import experiment, game_state, picture
from ui.privacy.attack.game_state import SIDES, GameState
from ui.settings import CROWDS
from ui.text import phrase

#: Keys of the keyboard for "in" and "out", by side.
SHORTCUTS = {"plain": ("1", "2"), "private": ("3", "4")}


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
        key = game_state.name_game(table, epsilon)
        state = game_state.find_game(key)
        st.button(
            phrase("attack.start" if state is None else "attack.again"),
            key="game_start",
            icon=":material/casino:",
            type="primary" if state is None or state.place == ROUNDS else "secondary",
            on_click=game_state.deal,
            args=(table, epsilon, key),
        )
    if session.settings.game_crowd == "table":
        experiment.show_remark(table, epsilon=epsilon)
    if state is None:
        show("guess_waiting", rounds=ROUNDS)
    elif state.place < ROUNDS:
        _draw_round(state, table)
    else:
        _show_score(state)
    session.share()


def _draw_round(state: GameState, table: Table) -> None:
    show("guess_rule", n=state.place + 1, of=ROUNDS, done=state.place)
    dealt = state.game.rounds[state.place]
    with st.container(key="guess_sides"):
        for column, side in zip(st.columns(2, gap="medium"), SIDES, strict=True):
            with column:
                _draw_picture(state, dealt, side, table)
                _draw_answers(state, dealt, side)
    if all(len(state.guesses[side]) > state.place for side in SIDES):
        is_last = state.place == ROUNDS - 1
        st.button(
            phrase("attack.finish" if is_last else "attack.next"),
            key="guess_next",
            type="primary",
            icon=":material/arrow_forward:",
            shortcut="Enter",
            width="stretch",
            on_click=_start_next_round,
            args=(state,),
        )


def _draw_picture(state: GameState, dealt: Round, side: str, table: Table) -> None:
    is_plain = side == "plain"
    seen: Observation = dealt.plain if is_plain else dealt.private
    show_seen(
        state.scene,
        seen,
        title=phrase("attack.side_plain")
        if is_plain
        else phrase("attack.side_private", epsilon=figures.epsilon(state.game.epsilon or 0.0)),
        axes=_name_axes(state, table),
        expected=_count_people(state.game),
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


def _name_axes(state: GameState, table: Table) -> tuple[str, str]:
    x, y = state.scene.frame.columns
    if session.settings.game_crowd == "practice":
        return phrase("attack.crowd_x"), phrase("attack.crowd_y")
    return names.column(table.columns[x]), names.column(table.columns[y])


def _draw_answers(state: GameState, dealt: Round, side: str) -> None:
    """Draw the two buttons, or what was right."""
    truth = dealt.plain_is_in if side == "plain" else dealt.private_is_in
    if len(state.guesses[side]) > state.place:
        show("guess_reveal", right=state.guesses[side][state.place] == truth, inside=truth)
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
                args=(state, side, is_in),
            )


def _guess(state: GameState, side: str, is_in: bool) -> None:  # noqa: FBT001 - a callback's argument
    # A second press of the same button that was under way counts for nothing.
    if len(state.guesses[side]) == state.place:
        state.guesses[side].append(is_in)


def _start_next_round(state: GameState) -> None:
    if all(len(state.guesses[side]) > state.place for side in SIDES):
        state.place += 1


def _show_score(state: GameState) -> None:
    game = state.game
    score = score_guesses(game, plain_guesses=state.guesses["plain"], private_guesses=state.guesses["private"])
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
                "marks": [guess == truth for guess, truth in zip(state.guesses[side], truths[side], strict=True)],
            }
            for side in SIDES
        ],
        epsilon=figures.epsilon(game.epsilon or 0.0),
        most=figures.decimals(score.expected_right_most, 1),
        bound=figures.share(score.bound),
        coin=figures.significant(ROUNDS / 2),
    )
