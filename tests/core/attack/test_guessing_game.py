"""Guess who: the coins are fair, the plain picture is the plain result, the score knows the bound."""

import numpy as np
import pytest

from core.attack.advantage import success_rate_bound
from core.attack.guessing_game import deal_game, nonprivate_outlier, score_guesses
from core.clustering.engines import PROTOTYPE
from core.clustering.kmeans import nonprivate_clustering
from core.data.generate import prototype_2020
from core.reduction.spec import ReleaseSpec
from core.release.pipelines import NonprivatePipeline, PrivatePipeline

POINTS = prototype_2020().points()
PLAIN = NonprivatePipeline(points=POINTS, n_clusters=4)
PRIVATE = PrivatePipeline(points=POINTS, spec=ReleaseSpec(engine=PROTOTYPE, epsilon=1.0, n_clusters=4))


def dealt(rng, n_rounds=5):
    return deal_game(POINTS, person=3, plain=PLAIN, private=PRIVATE, rng=rng, n_rounds=n_rounds)


def test_the_outlier_is_the_person_farthest_from_a_centre():
    points = np.concatenate([np.zeros((9, 2)), [[0.9, 0.9]]])

    assert nonprivate_outlier(points, nonprivate_clustering(points, n_clusters=1)) == 9
    with pytest.raises(ValueError, match="at least one person"):
        nonprivate_outlier(points[:0], nonprivate_clustering(points, n_clusters=1))


def test_plain_pictures_are_the_plain_result_with_or_without(rng):
    game = dealt(rng)

    assert len(game.rounds) == 5
    for each in game.rounds:
        assert each.plain is (game.plain_with if each.plain_is_in else game.plain_without)
    assert game.plain_with.clustering.weights.sum() == 30
    assert game.plain_without.clustering.weights.sum() == 29


def test_coins_are_fair_and_apart(rng):
    rounds = dealt(rng, n_rounds=150).rounds
    coins = np.array([(each.plain_is_in, each.private_is_in) for each in rounds])

    assert np.abs(coins.mean(axis=0) - 0.5).max() < 0.21
    assert abs(np.corrcoef(coins.T)[0, 1]) < 0.42


def test_the_score_counts_right_guesses_and_knows_the_bound(rng):
    game = dealt(rng)
    truth = [each.plain_is_in for each in game.rounds]
    wrong = [not each.private_is_in for each in game.rounds]

    score = score_guesses(game, plain_guesses=truth, private_guesses=wrong)

    assert (score.n_rounds, score.plain_right, score.private_right) == (5, 5, 0)
    assert score.expected_right_most == pytest.approx(5 * success_rate_bound(1.0))
    assert score_guesses(game, plain_guesses=[], private_guesses=[]).n_rounds == 0
    assert score_guesses(game, plain_guesses=truth[:2], private_guesses=wrong[:2]).plain_right == 2


def test_the_same_rng_deals_the_same_game():
    first, second = (dealt(np.random.default_rng(1)) for _ in range(2))

    for one, two in zip(first.rounds, second.rounds, strict=True):
        assert (one.plain_is_in, one.private_is_in) == (two.plain_is_in, two.private_is_in)
        np.testing.assert_array_equal(one.private.clustering.centers, two.private.clustering.centers)


def test_what_does_not_fit_is_refused(rng):
    with pytest.raises(ValueError, match="person must be a row from 0 to 29"):
        deal_game(POINTS, person=30, plain=PLAIN, private=PRIVATE, rng=rng)
    with pytest.raises(ValueError, match="n_rounds"):
        dealt(rng, n_rounds=0)
    with pytest.raises(ValueError, match="do not fit"):
        score_guesses(dealt(rng), plain_guesses=[True], private_guesses=[])
    with pytest.raises(ValueError, match="do not fit"):
        score_guesses(dealt(rng), plain_guesses=[True] * 6, private_guesses=[True] * 6)
