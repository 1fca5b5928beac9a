"""A clicker alone: it plays every scene to its end before it leaves it, and back is the same way."""

import pytest
from streamlit.testing.v1 import AppTest

from core.limits import EPSILON_CHOICES, EPSILON_DEFAULT
from tests.pages.visit import calm
from ui.present.scenes import guess, noise, played, voices
from ui.present.scenes.registry import SCENES

PRESSES_MOST = 200


def present(is_revealed, presses):
    """Press a clicker, each time on the stage as it stands then, and note where that leads."""
    from datetime import UTC, datetime  # noqa: PLC0415 - AppTest runs this body alone

    import streamlit as st  # noqa: PLC0415

    from core.survey.questions import SURVEY  # noqa: PLC0415
    from store.survey import survey_store  # noqa: PLC0415
    from ui import session  # noqa: PLC0415
    from ui.present import presenter_auth  # noqa: PLC0415
    from ui.present.scene_state import read_epsilon  # noqa: PLC0415
    from ui.present.scenes.registry import SCENES  # noqa: PLC0415
    from ui.present.stage import Stage  # noqa: PLC0415

    session.restore()
    store = survey_store()
    if is_revealed is not None:
        presenter_auth.admit(store)
        room = store.open_room(survey=SURVEY.version, at=datetime.now(UTC), scene=0)
        store.change_room(room.code, is_revealed=is_revealed)
        session.choose(room=room.code)

    def look():
        stage = Stage.open(store, SCENES)
        epsilon = read_epsilon(stage.state) if stage.scene.first_epsilon else None
        return stage, (
            stage.number,
            epsilon,
            stage.state.get("step"),
            stage.state.get("round"),
            stage.state.get("page"),
        )

    ways = {}
    for by in (1, -1):
        ways[by] = [look()[1]]
        for _ in range(presses):
            look()[0].advance(by)
            if look()[1] == ways[by][-1] and look()[0].number in {0, max(SCENES)}:
                break
            ways[by].append(look()[1])
    st.session_state["ways"] = ways


def walk(is_revealed):
    """Press on to the end, and back to the beginning."""
    app = AppTest.from_function(present, kwargs={"is_revealed": is_revealed, "presses": PRESSES_MOST})
    return calm(app.run(timeout=60)).session_state["ways"]


@pytest.mark.parametrize("is_revealed", [None, False, True])
def test_a_clicker_plays_every_scene_before_it_leaves_it(is_revealed):
    on = walk(is_revealed)[1]
    stops = {number: sum(stop[0] == number for stop in on) for number in SCENES}

    assert [stop[0] for stop in on] == sorted(stop[0] for stop in on)
    assert stops[1] == len(played.make_pictures())
    assert stops[2] == len(noise.STEPS)
    assert stops[3] == 1 + EPSILON_CHOICES.index(EPSILON_DEFAULT)
    assert stops[4] == 2 * guess.ROUNDS
    assert stops[6] == (len(voices.PAGES) if is_revealed else 1)


@pytest.mark.parametrize("is_revealed", [None, True])
def test_a_clicker_leads_back_the_way_it_came_to_the_lobby(is_revealed):
    ways = walk(is_revealed)
    seen_on = [stop for i, stop in enumerate(ways[1]) if not i or stop != ways[1][i - 1]]
    seen_back = [stop for i, stop in enumerate(ways[-1]) if not i or stop != ways[-1][i - 1]]

    assert seen_back[-1][0] == 0
    assert [stop[:2] for stop in seen_back if stop[0] == 3] == [stop[:2] for stop in seen_on if stop[0] == 3][::-1]
    assert [stop[0] for stop in seen_back] == sorted((stop[0] for stop in seen_back), reverse=True)
    assert {stop[0] for stop in seen_back} == set(SCENES)
