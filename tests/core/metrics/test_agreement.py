import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, rand_score

from core.metrics.agreement import nonprivate_agreement

labelings = st.integers(0, 60).flatmap(
    lambda n: st.tuples(
        *[st.lists(st.integers(0, 5), min_size=n, max_size=n).map(lambda labels: np.array(labels, dtype=int))] * 2
    )
)


def test_six_people_by_hand():
    # Of 15 pairs 6 are together in the first, 3 in the second, 2 in both and 8 in neither; chance expects 6·3/15.
    agreement = nonprivate_agreement(np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2]))

    assert agreement.rand == pytest.approx(10 / 15)
    assert agreement.adjusted_rand == pytest.approx((2 - 6 * 3 / 15) / (4.5 - 6 * 3 / 15))


@given(labelings)
def test_it_equals_scikit_learn(pair):
    labels_a, labels_b = pair

    agreement = nonprivate_agreement(labels_a, labels_b)

    assert agreement.rand == pytest.approx(rand_score(labels_a, labels_b) if len(labels_a) else 1.0)
    assert agreement.adjusted_rand == pytest.approx(adjusted_rand_score(labels_a, labels_b))


@given(labelings)
def test_it_is_symmetric_and_blind_to_names(pair):
    labels_a, labels_b = pair

    assert nonprivate_agreement(labels_a, labels_b) == nonprivate_agreement(labels_b, labels_a)
    assert nonprivate_agreement(labels_a, 5 - labels_b) == nonprivate_agreement(labels_a, labels_b)


@given(labelings)
def test_a_grouping_agrees_with_itself(pair):
    agreement = nonprivate_agreement(pair[0], pair[0])

    assert (agreement.rand, agreement.adjusted_rand) == (1.0, 1.0)


def test_a_million_people_do_not_overflow(rng):
    labels_a = rng.integers(0, 4, 1_000_000)
    labels_b = np.where(rng.random(1_000_000) < 0.8, labels_a, rng.integers(0, 4, 1_000_000))

    agreement = nonprivate_agreement(labels_a.astype(np.int32), labels_b.astype(np.int8))

    assert agreement.adjusted_rand == pytest.approx(adjusted_rand_score(labels_a, labels_b))


def test_negative_labels_are_refused():
    with pytest.raises(ValueError, match="labels must lie in"):
        nonprivate_agreement(np.array([0, -1]), np.array([0, 1]))


def test_labels_of_different_people_are_refused():
    with pytest.raises(ValueError, match="not of the same people"):
        nonprivate_agreement(np.array([0, 1]), np.array([0]))
