"""Calibration: bisection over ε, doubling over people, always by the median of a simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.limits import EPSILON_CHOICES
from core.studies.calibration import calibrate_epsilon, calibrate_n_people


def growing(epsilon, rng):
    """Utility that is ε/(1 + ε), give or take."""
    return epsilon / (1 + epsilon) + rng.uniform(-1e-3, 1e-3)


def last(steps):
    *_, final = steps
    return final.result


def test_the_smallest_choice_that_reaches_the_target_is_found():
    found = last(calibrate_epsilon(growing, target=0.49, seed=1))

    assert found.reached.epsilon == 1.0
    assert found.reached.median == pytest.approx(0.5, abs=1e-3)
    assert found.reached.n_seeds == 10
    assert found.reached.worst <= found.reached.median <= found.reached.best
    assert found.about_n_people is None


@given(st.floats(-0.5, 1.5), st.lists(st.floats(0.01, 100), min_size=1, max_size=20, unique=True).map(sorted))
def test_halving_finds_what_trying_everything_finds(target, choices):
    exact = lambda epsilon, rng: epsilon / (1 + epsilon)  # noqa: ARG005, E731 - a stand-in

    found = last(calibrate_epsilon(exact, target=target, seed=1, choices=choices))

    reaching = [epsilon for epsilon in choices if epsilon / (1 + epsilon) >= target]
    assert (found.reached.epsilon if found.reached else None) == (reaching[0] if reaching else None)
    assert len(found.tried) <= len(choices).bit_length()


def test_a_goal_out_of_reach_says_so():
    found = last(calibrate_epsilon(growing, target=0.99, seed=1))

    assert found.reached is None
    assert found.tried[-1].epsilon == EPSILON_CHOICES[-1]


def test_progress_counts_releases_and_the_simulation_can_be_left():
    steps = calibrate_epsilon(growing, target=0.5, seed=1)
    first = next(steps)
    steps.close()

    assert (first.done, first.total, first.result) == (1, 40, None)
    everything = list(calibrate_epsilon(growing, target=0.5, seed=1))
    assert [step.done for step in everything[:-1]] == list(range(1, len(everything)))
    assert everything[-1].done == everything[-1].total


def test_the_same_seed_simulates_the_same():
    first, second, other = (last(calibrate_epsilon(growing, target=0.5, seed=seed)) for seed in (1, 1, 2))

    assert first == second
    assert first != other


def of_size(n_people):
    return lambda epsilon, rng: epsilon * n_people / (1_000 + epsilon * n_people)  # noqa: ARG005


def test_doubling_finds_about_how_many_people_are_needed():
    found = last(calibrate_n_people(of_size, target=0.6, epsilon=1.0, n_least=100, n_most=100_000, seed=1))

    assert [each.n_people for each in found.tried] == [100, 200, 400, 800, 1600]
    assert found.reached.n_people == 1600
    # Exactly 1500 by the formula.
    assert found.about_n_people == pytest.approx(1500, rel=0.05)


def test_people_may_never_be_enough_or_be_enough_at_once():
    never = last(calibrate_n_people(of_size, target=0.99, epsilon=1.0, n_least=100, n_most=500, seed=1))
    at_once = last(calibrate_n_people(of_size, target=0.01, epsilon=1.0, n_least=100, n_most=500, seed=1))

    assert (never.reached, never.about_n_people, never.tried[-1].n_people) == (None, None, 500)
    assert at_once.about_n_people == 100


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"target": np.nan}, "target"),
        ({"n_seeds": 9}, "n_seeds must be at least 10"),
        ({"choices": ()}, "choices"),
        ({"choices": (1.0, 1.0)}, "choices"),
    ],
)
def test_a_wrong_wish_for_epsilon_is_named_at_once(wrong, message):
    with pytest.raises(ValueError, match=message):
        calibrate_epsilon(growing, **{"target": 0.5, "seed": 1, **wrong})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"n_least": 0}, "n_least"),
        ({"n_least": 600}, "n_least"),
        ({"epsilon": 0.0}, "epsilon"),
        ({"n_seeds": 1}, "n_s"),
    ],
)
def test_a_wrong_wish_for_people_is_named_at_once(wrong, message):
    with pytest.raises(ValueError, match=message):
        calibrate_n_people(
            of_size, **{"target": 0.5, "epsilon": 1.0, "n_least": 100, "n_most": 500, "seed": 1, **wrong}
        )
