"""Randomised response: its ε, its correction by hand, its interval's coverage, and an audit of what is said."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from core.attack.audit import epsilon_lower_bound
from core.survey.randomised_response import RandomisedResponse

COINS = RandomisedResponse()
truths = st.floats(0.51, 0.99)
shares = st.floats(0.0, 1.0)


def test_two_coins_cost_the_logarithm_of_three():
    assert COINS.epsilon == pytest.approx(math.log(3))


def test_of_100_answers_with_40_yes_three_in_ten_are_true():
    # A quarter says "yes" by coin alone, and half of the rest is the truth: 0.15 of 0.5.
    assert COINS.corrected(40, 100).estimate == pytest.approx(0.3)


def test_a_room_without_any_true_yes_still_says_it_in_a_quarter_of_the_answers():
    assert COINS.share_said(0.0) == pytest.approx(0.25)
    assert COINS.share_said(1.0) == pytest.approx(0.75)


def test_without_answers_nothing_is_known():
    nobody = COINS.corrected(0, 0)

    assert (nobody.estimate, nobody.shown, nobody.lower, nobody.upper) == (None, None, 0.0, 1.0)


@pytest.mark.parametrize(
    ("n_yes", "n_said", "estimate", "lower", "upper"),
    [
        # One answer says nothing: Clopper–Pearson (0, 0.975) and (0.025, 1) hold all of [1/4, 3/4].
        (0, 1, -0.5, 0.0, 1.0),
        (1, 1, 1.5, 0.0, 1.0),
        # Five "no": at most 1 - 0.025^(1/5) = 0.52182 said, so at most 0.54364 true.
        (0, 5, -0.5, 0.0, 0.54364),
        (5, 5, 1.5, 0.45636, 1.0),
    ],
)
def test_few_answers_give_the_intervals_computed_by_hand(n_yes, n_said, estimate, lower, upper):
    found = COINS.corrected(n_yes, n_said)

    assert found.estimate == pytest.approx(estimate)
    assert (found.lower, found.upper) == (pytest.approx(lower, abs=1e-5), pytest.approx(upper, abs=1e-5))


@pytest.mark.parametrize(("n_yes", "n_said"), [(0, 20), (7, 20), (20, 20), (61, 200)])
def test_the_interval_is_scipys_exact_one_carried_back(n_yes, n_said):
    exact = binomtest(n_yes, n_said).proportion_ci(confidence_level=0.95, method="exact")
    found = COINS.corrected(n_yes, n_said)

    assert found.lower == pytest.approx(np.clip(COINS.share_true(exact.low), 0, 1))
    assert found.upper == pytest.approx(np.clip(COINS.share_true(exact.high), 0, 1))


@given(truths)
def test_the_law_of_an_epsilon_spends_it(truth):
    law = RandomisedResponse(truth=truth)

    assert RandomisedResponse.from_epsilon(law.epsilon).truth == pytest.approx(truth)


@given(truths, shares)
def test_what_is_said_leads_back_to_what_is_true(truth, share):
    law = RandomisedResponse(truth=truth)

    assert law.share_true(law.share_said(share)) == pytest.approx(share, abs=1e-9)


@given(truths, shares, st.integers(1, 60))
def test_the_estimate_is_right_on_average(truth, share, n_said):
    law = RandomisedResponse(truth=truth)
    chances = binom.pmf(np.arange(n_said + 1), n_said, law.share_said(share))
    estimates = [law.corrected(n_yes, n_said).estimate for n_yes in range(n_said + 1)]

    assert np.dot(chances, estimates) == pytest.approx(share, abs=1e-7)


@given(truths, st.integers(0, 300), st.data())
def test_the_interval_is_a_part_of_all_shares_and_holds_the_estimate_shown(truth, n_said, data):
    n_yes = data.draw(st.integers(0, n_said))
    found = RandomisedResponse(truth=truth).corrected(n_yes, n_said)

    assert 0.0 <= found.lower <= found.upper <= 1.0
    assert found.shown is None or found.lower - 1e-9 <= found.shown <= found.upper + 1e-9


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.9, 1.0])
@pytest.mark.parametrize("n_said", [1, 5, 15, 200])
def test_the_interval_holds_the_true_share_as_often_as_it_says(rng, share, n_said):
    n_rooms = 2000
    said = COINS.say(rng.random((n_rooms, n_said)) < share, rng=rng).sum(axis=1)
    found = {n_yes: COINS.corrected(int(n_yes), n_said) for n_yes in np.unique(said)}
    held = sum(found[n_yes].lower <= share <= found[n_yes].upper for n_yes in said)

    # 95 % of 2,000 rooms, less four standard deviations.
    assert held >= 0.95 * n_rooms - 4 * math.sqrt(0.95 * 0.05 * n_rooms)


def test_the_truth_is_said_as_often_as_the_law_says(rng):
    n_people = 40_000
    truths = rng.random(n_people) < 0.5
    n_true = int((COINS.say(truths, rng=rng) == truths).sum())

    assert binomtest(n_true, n_people, 0.75).pvalue > 1e-6
    assert binomtest(n_true, n_people, 0.75 * 0.8).pvalue < 1e-6


def test_no_answer_is_caught_telling_more_than_it_says(rng):
    said = {truth: COINS.say(np.full((20_000, 1), truth), rng=rng).astype(float) for truth in (False, True)}

    bound = epsilon_lower_bound(said[False], said[True], confidence=0.999)

    assert 0.9 < bound.epsilon <= COINS.epsilon


def test_a_coin_that_lies_too_seldom_is_caught(rng):
    eager = RandomisedResponse(truth=0.9)
    said = {truth: eager.say(np.full((20_000, 1), truth), rng=rng).astype(float) for truth in (False, True)}

    assert epsilon_lower_bound(said[False], said[True], confidence=0.999).epsilon > COINS.epsilon


@pytest.mark.parametrize("truth", [0.0, 0.5, 1.0, math.nan])
def test_a_law_that_hides_nothing_or_says_nothing_is_refused(truth):
    with pytest.raises(ValueError, match="truth must be above 1/2"):
        RandomisedResponse(truth=truth)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, math.inf, math.nan])
def test_an_epsilon_that_is_no_loss_is_refused(epsilon):
    with pytest.raises(ValueError, match="epsilon must be positive"):
        RandomisedResponse.from_epsilon(epsilon)


@pytest.mark.parametrize(("n_yes", "n_said"), [(-1, 5), (6, 5), (1, 0)])
def test_more_yes_than_answers_are_refused(n_yes, n_said):
    with pytest.raises(ValueError, match="n_yes must be within"):
        COINS.corrected(n_yes, n_said)


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_a_confidence_of_nothing_or_everything_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence must be within"):
        COINS.corrected(1, 5, confidence=confidence)
