"""The worst cases are neighbours, of every kind of release, and nearly as bad as their ε allows."""

import numpy as np
import pytest

from core.attack.laws import largest_loss
from core.attack.worst_cases import WORST_CASES, crowd, with_newcomer


def test_a_crowd_is_in_the_middle_and_far_to_both_sides():
    people = crowd(10, 3, near=0.6)

    assert (people[:6] == 0).all()
    assert people[6:, 0].tolist() == [0.7, -0.7, 0.7, -0.7]
    assert (with_newcomer(people)[:-1] == people).all()
    assert with_newcomer(people)[-1].tolist() == [1.0, -1.0, 1.0]


@pytest.mark.parametrize("case", WORST_CASES)
def test_one_person_makes_nearly_all_the_difference_that_is_charged(case):
    questions = WORST_CASES[case].find_telling_questions(rng=np.random.default_rng(5), n_histories=3)

    most = sum(largest_loss(first, second) for first, second in questions)

    assert 0.8 * WORST_CASES[case].epsilon < most <= WORST_CASES[case].epsilon
