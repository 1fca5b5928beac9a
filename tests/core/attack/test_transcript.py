"""Transcripts: kept, replayed, refused where the way differs; what whole releases told by fresh noise on both sides."""

import json
from dataclasses import dataclass

import numpy as np
import pytest

from core.attack.audit import epsilon_lower_bound
from core.attack.mutants import draw_halved, draw_right
from core.attack.transcript import DivergedError, collect_told, largest_losses, record, replay, told
from core.privacy.mechanisms import Mechanisms

CERTAIN = 1 - 1e-4


@dataclass(frozen=True)
class Counted:
    """A toy release: noisy counts, one after the other."""

    noisy: list
    charges: tuple

    def to_json(self):
        return json.dumps(self.noisy)


def count(*numbers):
    def run(rng):
        mechanisms = Mechanisms(rng)
        noisy = [int(mechanisms.counts(np.array([n]), epsilon=0.5, name="n")[0]) for n in numbers]
        return Counted(noisy, mechanisms.charges)

    return run


def test_a_replay_gives_the_answers_again_whatever_the_numbers_are(rng):
    first = record(count(3, 4), noise=rng)

    second = replay(count(3, 5), first)

    assert second.shown == first.shown
    assert first.is_charged
    assert [asked.values.tolist() for asked in second.asked] == [[3], [5]]
    assert largest_losses(first, second) == (0.0, 0.5)
    assert abs(told(first, second)) == 0.5


def test_other_questions_are_noticed(rng):
    first = record(count(3, 4), noise=rng)

    with pytest.raises(DivergedError, match="only 1 of 2"):
        replay(count(3), first)
    with pytest.raises(DivergedError, match="question 3 was not asked"):
        replay(count(3, 4, 5), first)


def test_a_whole_release_tells_less_than_it_claims_and_with_half_the_noise_more(rng):
    """The sum of all log likelihood ratios is the event; half of the runs choose its threshold, the others test it."""

    def bound(draw):
        # The same person is counted twice, for ε = 0.5 each.
        outputs = collect_told(count(3, 4), count(4, 5), n_runs=800, rng=rng, draw=draw)
        return epsilon_lower_bound(*outputs, confidence=CERTAIN).epsilon

    assert bound(draw_right) <= 1.0 < bound(draw_halved)
