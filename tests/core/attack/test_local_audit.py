"""Every question of every kind of release, after a history: fresh noise is never above its claim; faults are seen."""

from functools import cache

import numpy as np
import pytest

from core.attack.local_audit import audit_question
from core.attack.mutants import draw_first_feature_halved, draw_halved, draw_right, draw_shared
from core.attack.worst_cases import WORST_CASES
from core.privacy.measurements import ChoiceMeasurement, IntegerMeasurement, MomentMeasurement, SumMeasurement

#: A right mechanism is taken for a wrong one once in so many questions.
CERTAIN = 1 - 1e-4
#: A smaller ε wants more runs to be told from its double.
FEW_RUNS, MANY_RUNS, MANY_BELOW = 8_000, 32_000, 1.5


@cache
def telling_questions(case):
    # Lloyd's steps ask the same: the first and the last are enough.
    questions = WORST_CASES[case].find_telling_questions(rng=np.random.default_rng(5))
    return questions if case != "lloyd" else (*questions[:2], *questions[-2:])


def certified(question, rng, draw=draw_right):
    first, second = question
    n_runs = MANY_RUNS if first.epsilon < MANY_BELOW else FEW_RUNS
    return audit_question(first, second, n_runs=n_runs, rng=rng, confidence=CERTAIN, draw=draw).epsilon


def test_the_worst_cases_ask_every_kind_of_question_of_every_mode():
    kinds = {case: [type(first).__name__[:3] for first, _ in telling_questions(case)] for case in WORST_CASES}

    assert kinds == {
        "low": ["Int", "Int", "Sum"],
        "box": ["Int", "Int", "Sum"],
        "rotated": ["Int", "Sum", "Cho", "Mom", "Int", "Sum", "Sum"],
        "mean": ["Int", "Sum", "Cho", "Sum"],
        "lloyd": ["Int", "Int", "Int", "Int"],
        "pca": ["Sum", "Cho", "Mom", "Int", "Int", "Sum"],
        "svd": ["Int", "Cho", "Mom", "Int", "Int", "Sum"],
        "products": ["Int"],
        "bounds": ["Cho"],
    }


@pytest.mark.parametrize("case", WORST_CASES)
def test_no_question_tells_more_than_it_claims(rng, case):
    above = [first for first, second in telling_questions(case) if certified((first, second), rng) > first.epsilon]

    assert above == []


@pytest.mark.parametrize("case", WORST_CASES)
def test_half_the_noise_is_seen_in_every_question(rng, case):
    missed = [
        type(first).__name__
        for first, second in telling_questions(case)
        if certified((first, second), rng, draw_halved) <= first.epsilon
    ]

    assert missed == []


def sums(d, moved, epsilon=2.0):
    return SumMeasurement(
        sums=np.array([moved, [0] * d]), scalars=np.array([[moved[0]], [0]]), unit=16, epsilon=epsilon
    )


#: One person who differs in the first feature only, where half the noise tells all of them.
ALONG_FIRST = {
    "sums": [sums(4, [moved, 0, 0, 0]) for moved in (0, 16)],
    "moment": [MomentMeasurement(moment=np.diag([moved, 0, 0]), unit=16, epsilon=2.0) for moved in (0, 256)],
    "sums of private Lloyd": [
        IntegerMeasurement(values=np.array([[moved, 0], [0, 0]]), sensitivity=100, epsilon=2.0) for moved in (0, 100)
    ],
}


@pytest.mark.parametrize("question", ALONG_FIRST)
def test_half_the_scale_of_one_feature_is_seen(rng, question):
    first, second = ALONG_FIRST[question]

    assert certified((first, second), rng, draw_first_feature_halved) > first.epsilon
    assert certified((first, second), rng) <= first.epsilon


@pytest.mark.parametrize("case", ["low", "rotated", "lloyd", "products"])
def test_noise_that_groups_share_is_seen(rng, case):
    several = [
        (first, second)
        for first, second in telling_questions(case)
        if (isinstance(first, IntegerMeasurement) and first.values.size > 1)
        or (isinstance(first, SumMeasurement) and len(first.sums) > 1)
    ]

    assert several
    assert [first for first, second in several if certified((first, second), rng, draw_shared) <= first.epsilon] == []


def test_a_quantile_is_audited_where_one_person_tips_it(rng):
    # Below the candidates are 3 and 5 of 5 people, 8 of 10 parts are asked for: as good as each other, until somebody
    # above both makes the first worse by 8 and the second better by 8.
    first, second = (
        ChoiceMeasurement(utilities=np.array([utilities]), sensitivity=8, each=1.0, epsilon=1.0)
        for utilities in ([-10, -10], [-18, -2])
    )

    right, halved = (certified((first, second), rng, draw) for draw in (draw_right, draw_halved))

    assert 0.85 < right <= 1.0
    assert halved > 1.6


def test_people_who_change_nothing_tell_nothing(rng):
    (first, _), *_ = telling_questions("low")

    assert audit_question(first, first, n_runs=1000, rng=rng, confidence=CERTAIN).epsilon < 0.5


def test_questions_of_different_kinds_are_not_compared(rng):
    first, second = telling_questions("low")[0][0], telling_questions("low")[2][0]

    with pytest.raises(TypeError, match="IntegerMeasurement with SumMeasurement"):
        audit_question(first, second, n_runs=10, rng=rng, confidence=CERTAIN)
