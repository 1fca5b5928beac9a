"""Noise, seen: what the player is given, and that what it says is what was drawn."""

import base64
import json

import numpy as np
import pytest

from core.privacy.noise import two_sided_geometric
from core.privacy.noise_samples import NoiseLaw, bin_probabilities
from tests.pages.visit import markup, move, visit
from ui import figures
from ui.lab.noise_player import BURSTS, COUNT, DRAWS, REACH, SEEDS
from ui.languages import LANGUAGES
from ui.settings import NOISE_KINDS
from ui.text import phrases

BYTES_MAX = 60_000


def _sent(app):
    return json.loads(app.get("bidi_component")[0].proto.json)


def _values(figure):
    return np.array([np.frombuffer(base64.b64decode(axis), dtype="<f4") for axis in figure["values"]])


@pytest.mark.parametrize("kind", NOISE_KINDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_is_told_in_sentences_from_nothing_to_the_last_draw(kind, lang):
    words = phrases(lang)

    app = visit("lab", section="noise_seen", noise_kind=kind, lang=lang)

    first, *_, last = _sent(app)["figures"]
    assert len(app.get("bidi_component")[0].proto.json.encode()) <= BYTES_MAX
    assert first["frames"][0]["say"] == words["noise_seen.say_none"]
    assert last["frames"][-1]["say"] == words["noise_seen.count_all"].format(n="1,000")
    assert all(len(figure["frames"]) == len(BURSTS) for figure in (first, last))
    assert words["noise_seen.practice"] in markup(app)
    assert words[f"noise_seen.about_{kind}"] in markup(app)


def test_only_spherical_noise_is_a_cloud_beside_the_bars_of_its_first_axis():
    drawn = {kind: _sent(visit("lab", section="noise_seen", noise_kind=kind))["figures"] for kind in NOISE_KINDS}

    assert {kind: len(each) for kind, each in drawn.items()} == {"laplace": 2, "geometric": 2, "spherical": 3}
    cloud, axis, _ = drawn["spherical"]
    assert _values(cloud).shape == (2, DRAWS)
    assert (_values(cloud)[0] == _values(axis)[0]).all()
    assert "expected" not in cloud


@pytest.mark.parametrize("epsilon", ["0.1", "1"])
def test_what_twelve_people_become_is_geometric_noise_with_a_seed_that_everybody_knows(epsilon):
    words = phrases("ko")
    rng = np.random.default_rng(SEEDS["count"])
    told = COUNT + two_sided_geometric(DRAWS, epsilon=float(epsilon), rng=rng)

    count = _sent(visit("lab", section="noise_seen", noise_epsilon=epsilon))["figures"][-1]

    said = {name: value.split(" ")[0] for name, value in count["frames"][-1]["figures"]}
    assert (_values(count)[0] == told).all()
    assert said == {
        words["noise_seen.within_1"]: figures.share((np.abs(told - COUNT) <= 1).mean()),
        words["noise_seen.within_3"]: figures.share((np.abs(told - COUNT) <= 3).mean()),
        words["noise_seen.below_0"]: figures.share((told < 0).mean()),
    }
    law = bin_probabilities(NoiseLaw.GEOMETRIC, np.arange(-REACH, REACH + 1), epsilon=float(epsilon))
    assert count["expected"] == pytest.approx(DRAWS * law, abs=0.006)


def test_single_draws_are_said_by_their_value():
    count = _sent(visit("lab", section="noise_seen", lang="en"))["figures"][-1]

    for n in (1, 2, 3):
        assert count["frames"][n]["say"] == f"Answer number {n}: {_values(count)[0][n - 1]:.0f} people"


def test_a_smaller_epsilon_throws_further_on_the_same_axis():
    app = visit("lab", section="noise_seen", noise_epsilon="2")
    near, _ = _sent(app)["figures"]

    far, _ = _sent(move(app, "noise_epsilon", 0.2))["figures"]

    assert far["x"] == near["x"]
    assert np.abs(_values(far)).mean() > 5 * np.abs(_values(near)).mean()


def test_the_public_view_shows_the_same_because_nobody_is_in_it():
    seen, public = (_sent(visit("lab", section="noise_seen", only_public=only)) for only in ("0", "1"))

    assert seen == public
