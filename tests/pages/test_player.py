"""k-means, played: what the player is given, and what leaves it in the public view."""

import json

import numpy as np
import pytest

from core.clustering.trace.ellipses import ellipses
from tests.pages.visit import markup, move, press, visit
from ui.lab import player_traces
from ui.settings import PLAYED_WAYS
from ui.text import phrases

WORDS = phrases("ko")
BYTES_MAX = 60_000


def _played(app):
    """Return what the player is drawn from, and its size."""
    text = app.get("bidi_component")[0].proto.json
    return json.loads(text), len(text.encode())


@pytest.mark.parametrize("way", PLAYED_WAYS)
@pytest.mark.parametrize("k", ["2", "8"])
def test_every_way_is_played_beside_plain_k_means_in_sixty_kilobytes(way, k):
    sent, size = _played(visit("lab", section="played", played_way=way, played_k=k))
    plain, other = sent["sides"]

    assert size <= BYTES_MAX
    assert plain["title"] == WORDS["played.side_plain"]
    assert other["title"] == WORDS[f"played.side_{way}"]
    assert {1, 2, 3, 4, 5} <= {frame["step"] for frame in other["frames"]}
    assert other["frames"][-1]["phase"] == plain["frames"][-1]["phase"] == "end"
    assert {len(frame["centers"]) for frame in plain["frames"] if "centers" in frame} == {int(k)}


def test_each_private_turn_shows_its_noise_and_what_has_been_spent():
    (_, private), _ = (_played(visit("lab", section="played"))[0]["sides"], None)
    noisy = [frame for frame in private["frames"] if frame["phase"] == "noisy"]

    assert len(noisy) == len(private["clouds"]) == len(private["means"]) == 5
    assert [dict(frame["figures"])[WORDS["played.spent"]] for frame in noisy] == [
        "0.4 / 2",
        "0.8 / 2",
        "1.2 / 2",
        "1.6 / 2",
        "2 / 2",
    ]
    assert noisy[0]["centers"] == private["ends"][0] != private["means"][0]


def test_each_private_turn_shows_where_half_and_nine_of_ten_noises_would_send_every_centre():
    sent, _ = _played(visit("lab", section="played"))
    side = sent["sides"][1]
    turn = player_traces.trace_private(4, 0, 2.0).iterations[2]

    told = ellipses(turn.cloud, shares=(0.5, 0.9))
    drawn = side["regions"][2]
    assert len(side["regions"]) == 5
    # The frame is the box at half its size, and begins at its corner.
    assert np.array(drawn["middles"]) == pytest.approx((told.middles + 1) / 2, abs=1e-4)
    assert np.array(drawn["halfAxes"]) == pytest.approx(told.half_axes / 2, abs=1e-4)
    assert np.array(drawn["angles"]) == pytest.approx(told.angles, abs=1e-3)
    assert [name for name, _ in sent["key"]][:2] == ["most", "half"]


def test_batches_light_up_forty_people_a_turn():
    batched = _played(visit("lab", section="played", played_way="batch"))[0]["sides"][1]

    assert len(batched["batches"]) == len(batched["labels"]) == 15
    assert dict(batched["frames"][-1]["figures"])[WORDS["played.passes"]] == "1번"


def test_the_synopsis_stops_looking_after_three_passes_and_costs_no_more():
    frames = _played(visit("lab", section="played", played_way="synopsis"))[0]["sides"][1]["frames"]
    figures = [dict(frame["figures"]) for frame in frames]

    assert [frame["phase"] for frame in frames[:4]] == ["count", "cells", "places", "choose"]
    assert [each[WORDS["played.passes"]] for each in figures[:3]] == ["1번", "2번", "3번"]
    assert {each[WORDS["played.passes"]] for each in figures[2:]} == {"3번"}
    assert {each[WORDS["played.spent"]] for each in figures[2:]} == {"2 / 2"}


def test_the_public_view_is_sent_nobody_and_nothing_exact():
    sent, _ = _played(visit("lab", section="played", only_public="1"))
    hidden, private = sent["sides"]

    assert hidden is None
    assert sent["people"] is None
    assert not {"labels", "clouds", "regions", "means", "batches"} & set(private)
    assert private["mark"] == ""
    assert all(WORDS["played.inertia"] not in dict(frame["figures"]) for frame in private["frames"])


def test_the_public_view_of_a_synopsis_holds_only_what_was_bought():
    sent, _ = _played(visit("lab", section="played", played_way="synopsis", only_public="1"))

    assert set(sent["sides"][1]["cells"]) == {"places", "weights"}
    assert sent["people"] is None


def test_batches_have_nothing_to_show_in_the_public_view():
    app = visit("lab", section="played", played_way="batch", only_public="1")

    assert not app.get("bidi_component")
    assert WORDS["played.insider_only"] in markup(app)


def test_another_start_draws_anew_and_stands_in_the_link():
    app = visit("lab", section="played")
    before = _played(app)[0]["sides"][0]["frames"][1]["centers"]

    press(app, "played_again")

    assert app.query_params["played_seed"] == "1"
    assert _played(app)[0]["sides"][0]["frames"][1]["centers"] != before


def test_a_smaller_epsilon_leaves_the_plain_side_as_it_is():
    app = visit("lab", section="played")
    plain, private = _played(app)[0]["sides"]

    after = _played(move(app, "played_epsilon", 0.1))[0]["sides"]

    assert after[0] == plain
    assert after[1]["frames"][-1]["centers"] != private["frames"][-1]["centers"]
    assert after[1]["frames"][1]["centers"] == private["frames"][1]["centers"]
