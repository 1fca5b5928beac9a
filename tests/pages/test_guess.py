"""Guess who on the privacy page: dealt on demand, answered by buttons, scored, and never charged."""

import numpy as np
import pytest

from tests.pages.visit import go, markup, move, press, visit
from ui.privacy.attack import picture
from ui.text import phrases

WORDS = phrases("ko")
SIDES = ("plain", "private")


def started(**link):
    return press(visit("privacy", part="guess", **link), "game_start")


def answered(app, *, right):
    """Answer both pictures of a round, rightly or wrongly."""
    played = app.session_state["guess_game"]
    dealt = played.game.rounds[played.place]
    for side, truth in zip(SIDES, (dealt.plain_is_in, dealt.private_is_in), strict=True):
        press(app, f"guess_{side}_{'in' if truth == right else 'out'}")
    return app


def keys(app):
    return {button.key for button in app.button}


def spent(app):
    return [bought.ledger.spent for bought in app.session_state["releases"].values()]


def test_nothing_is_dealt_before_it_is_asked_for():
    app = visit("privacy", part="guess")

    assert "guess_game" not in app.session_state
    assert not keys(app) & {"guess_plain_in", "guess_next"}


@pytest.mark.parametrize("data", ["generated", "prototype", "sample"])
@pytest.mark.parametrize("crowd", ["practice", "table"])
def test_five_rounds_end_in_a_score_that_nobody_pays_for(data, crowd):
    app = started(data=data, game_crowd=crowd)

    for n in range(5):
        assert WORDS["attack.round"].format(n=n + 1, of=5) in markup(app)
        assert "guess_next" not in keys(app)
        press(answered(app, right=n > 0), "guess_next")

    assert WORDS["attack.score"] in markup(app)
    assert markup(app).count("4<small> / 5</small>") == 2
    assert set(spent(app)) == {0}


def test_an_answer_is_judged_at_once_and_cannot_be_taken_back():
    app = started()
    truth = app.session_state["guess_game"].game.rounds[0].plain_is_in

    press(app, "guess_plain_in")

    assert WORDS["attack.right" if truth else "attack.wrong"] in markup(app)
    assert not keys(app) & {"guess_plain_in", "guess_plain_out"}
    assert {"guess_private_in", "guess_private_out"} <= keys(app)


def test_the_game_waits_while_one_looks_at_another_page():
    app = press(answered(started(), right=True), "guess_next")
    go(app, "compare")

    assert WORDS["attack.round"].format(n=2, of=5) in markup(go(app, "privacy"))


def test_another_epsilon_needs_another_game():
    app = move(started(), "attack_epsilon", 3.0)

    assert WORDS["attack.game_waiting"].format(rounds=5) in markup(app)
    assert "ε 3" in markup(press(app, "game_start"))


@pytest.mark.parametrize(("crowd", "lenses"), [("practice", 0), ("table", 2)])
def test_a_lens_shows_the_trace_of_one_person_where_it_is_too_small_to_see(crowd, lenses):
    shown = markup(started(game_crowd=crowd))

    assert shown.count('class="guess-lens"') == lenses
    assert (WORDS["attack.zoom_seen"] in shown) == bool(lenses)


def test_the_labels_of_near_centres_stand_on_either_side_and_within_the_picture(monkeypatch):
    drawn = {}
    monkeypatch.setattr(picture, "show", lambda _, **told: drawn.update(told))
    corners = picture.Frame(columns=(0, 1), low=np.zeros(2), high=np.ones(2))
    nobody = np.empty((0, 2))
    view = picture.Scene(frame=corners, others=nobody, person=np.ones(2), inside=nobody, outside=nobody)

    centers = np.array([[0.5, 0.5], [0.55, 0.52], [0.02, 0.02], [0.98, 0.98]])
    words = {"title": "", "total": "", "axes": ("", ""), "alternative": ""}
    picture.draw(view, centers, ["1", "2", "3", "4"], **words)

    assert [spot["label"] for spot in drawn["centers"]] == ["", "above", "above left", "right"]


def test_the_score_tells_the_bound_of_the_chosen_epsilon():
    app = started(attack_epsilon="0.1")
    for _ in range(5):
        press(answered(app, right=True), "guess_next")

    assert WORDS["attack.score_private"].format(epsilon="0.1", most="2.6", bound="52%", coin="2.5") in markup(app)


@pytest.mark.parametrize("data", ["generated", "sample"])
def test_the_public_view_plays_no_game_even_when_one_was_begun(data):
    app = move(started(data=data, game_crowd="table"), "only_public", value=True)

    assert [info.value for info in app.info] == [WORDS["attack.insider_only"]]
    assert "guess-frame" not in markup(app).partition("</style>")[2]
    assert not keys(app) & {"game_start", "guess_plain_in"}
