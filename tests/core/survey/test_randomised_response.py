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


def expected_share(law, share):
    """Return the share of "yes" sent: true ones kept, and "no" turned into "yes"."""
    return share * law.truth + (1.0 - share) * (1.0 - law.truth)


def test_two_coins_cost_the_logarithm_of_three():
    assert COINS.epsilon == pytest.approx(math.log(3))


def test_of_100_answers_with_40_yes_three_in_ten_are_true():
    # A quarter says "yes" by coin alone, and half of the rest is the truth: 0.15 of 0.5.
    assert COINS.estimate_share(40, 100).estimate == pytest.approx(0.3)


def test_a_room_without_any_true_yes_still_says_it_in_a_quarter_of_the_answers():
    assert COINS.true_share(0.25) == pytest.approx(0.0)
    assert COINS.true_share(0.75) == pytest.approx(1.0)


def test_without_answers_nothing_is_known():
    nobody = COINS.estimate_share(0, 0)

    assert (nobody.estimate, nobody.clipped, nobody.lower, nobody.upper) == (None, None, 0.0, 1.0)


@pytest.mark.parametrize(
    ("n_yes", "n_answers", "estimate", "lower", "upper"),
    [
        # One answer says nothing: Clopper–Pearson (0, 0.975) and (0.025, 1) hold all of [1/4, 3/4].
        (0, 1, -0.5, 0.0, 1.0),
        (1, 1, 1.5, 0.0, 1.0),
        # Five "no": at most 1 - 0.025^(1/5) = 0.52182 said, so at most 0.54364 true.
        (0, 5, -0.5, 0.0, 0.54364),
        (5, 5, 1.5, 0.45636, 1.0),
    ],
)
def test_few_answers_give_the_intervals_computed_by_hand(n_yes, n_answers, estimate, lower, upper):
    found = COINS.estimate_share(n_yes, n_answers)

    assert found.estimate == pytest.approx(estimate)
    assert (found.lower, found.upper) == (pytest.approx(lower, abs=1e-5), pytest.approx(upper, abs=1e-5))


@pytest.mark.parametrize(("n_yes", "n_answers"), [(0, 20), (7, 20), (20, 20), (61, 200)])
def test_the_interval_is_scipys_exact_one_carried_back(n_yes, n_answers):
    exact = binomtest(n_yes, n_answers).proportion_ci(confidence_level=0.95, method="exact")
    found = COINS.estimate_share(n_yes, n_answers)

    assert found.lower == pytest.approx(np.clip(COINS.true_share(exact.low), 0, 1))
    assert found.upper == pytest.approx(np.clip(COINS.true_share(exact.high), 0, 1))


@given(truths, shares)
def test_what_is_said_leads_back_to_what_is_true(truth, share):
    law = RandomisedResponse(truth=truth)

    assert law.true_share(expected_share(law, share)) == pytest.approx(share, abs=1e-9)


@given(truths, shares, st.integers(1, 60))
def test_the_estimate_is_right_on_average(truth, share, n_answers):
    law = RandomisedResponse(truth=truth)
    chances = binom.pmf(np.arange(n_answers + 1), n_answers, expected_share(law, share))
    estimates = [law.estimate_share(n_yes, n_answers).estimate for n_yes in range(n_answers + 1)]

    assert np.dot(chances, estimates) == pytest.approx(share, abs=1e-7)


@given(truths, st.integers(0, 300), st.data())
def test_the_interval_is_a_part_of_all_shares_and_holds_the_estimate_shown(truth, n_answers, data):
    n_yes = data.draw(st.integers(0, n_answers))
    found = RandomisedResponse(truth=truth).estimate_share(n_yes, n_answers)

    assert 0.0 <= found.lower <= found.upper <= 1.0
    assert found.clipped is None or found.lower - 1e-9 <= found.clipped <= found.upper + 1e-9


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.9, 1.0])
@pytest.mark.parametrize("n_answers", [1, 5, 15, 200])
def test_the_interval_holds_the_true_share_as_often_as_it_says(rng, share, n_answers):
    n_rooms = 2000
    said = COINS.randomise(rng.random((n_rooms, n_answers)) < share, rng=rng).sum(axis=1)
    found = {n_yes: COINS.estimate_share(int(n_yes), n_answers) for n_yes in np.unique(said)}
    held = sum(found[n_yes].lower <= share <= found[n_yes].upper for n_yes in said)

    # 95 % of 2,000 rooms, less four standard deviations.
    assert held >= 0.95 * n_rooms - 4 * math.sqrt(0.95 * 0.05 * n_rooms)


def test_the_truth_is_said_as_often_as_the_law_says(rng):
    n_people = 40_000
    truths = rng.random(n_people) < 0.5
    n_true = int((COINS.randomise(truths, rng=rng) == truths).sum())

    assert binomtest(n_true, n_people, 0.75).pvalue > 1e-6
    assert binomtest(n_true, n_people, 0.75 * 0.8).pvalue < 1e-6


def test_no_answer_is_caught_telling_more_than_it_says(rng):
    said = {truth: COINS.randomise(np.full((20_000, 1), truth), rng=rng).astype(float) for truth in (False, True)}

    bound = epsilon_lower_bound(said[False], said[True], confidence=0.999)

    assert 0.9 < bound.epsilon <= COINS.epsilon


def test_a_coin_that_lies_too_seldom_is_caught(rng):
    eager = RandomisedResponse(truth=0.9)
    said = {truth: eager.randomise(np.full((20_000, 1), truth), rng=rng).astype(float) for truth in (False, True)}

    assert epsilon_lower_bound(said[False], said[True], confidence=0.999).epsilon > COINS.epsilon


@pytest.mark.parametrize("truth", [0.0, 0.5, 1.0, math.nan])
def test_a_law_that_hides_nothing_or_says_nothing_is_refused(truth):
    with pytest.raises(ValueError, match="truth must be above 1/2"):
        RandomisedResponse(truth=truth)


@pytest.mark.parametrize(("n_yes", "n_answers"), [(-1, 5), (6, 5), (1, 0)])
def test_more_yes_than_answers_are_refused(n_yes, n_answers):
    with pytest.raises(ValueError, match="n_yes must be within"):
        COINS.estimate_share(n_yes, n_answers)


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_a_confidence_of_nothing_or_everything_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence must be within"):
        COINS.estimate_share(1, 5, confidence=confidence)
