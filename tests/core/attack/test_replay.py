"""A release given the same answers on the neighbouring data is the same to the last letter, and told no more than ε."""

import json
import math

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from core.attack.transcript import DivergedError, largest_losses, record, replay, told
from core.clustering.engines import PROTOTYPE, SYNOPSIS
from core.clustering.lloyd import step as lloyd_step
from core.clustering.lloyd.release import LloydBudget
from core.clustering.synopsis import chunked, moments
from core.clustering.types import Clustering
from core.data.table import Holdings
from core.privacy.mechanisms import Mechanisms
from core.privacy.private_quantiles import release_bounds
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import release_product_table
from core.reduction.projection import ReductionMethod
from core.reduction.reduced import ReductionBudget, draw_release
from core.reduction.spec import Reduction, ReleaseSpec

#: What a source may hold: edges, both zeros, repeated and tiny numbers, and what clipping must take care of.
VALUES = np.array([-1.0, 1.0, 0.0, -0.0, 0.1, 1 / 3, -2 / 3, 5e-324, 1.0 + 1e-9, 3e38, -1e30])
NOT_FINITE = np.array([np.nan, np.inf, -np.inf])


def draw_people(rng, n_people, d, *, finite):
    """Draw people who repeat each other and repeat values, in any type and order of memory."""
    values = VALUES if finite else np.concatenate([VALUES, NOT_FINITE])
    kinds = np.where(
        rng.random((n_people, d)) < 0.6, rng.choice(values, (n_people, d)), rng.uniform(-1, 1, (n_people, d))
    )
    if n_people:
        kinds[rng.random(n_people) < 0.3] = kinds[0]
    with np.errstate(over="ignore"):
        return np.asarray(kinds, dtype=rng.choice([np.float32, np.float64]), order=rng.choice(["C", "F"]))


def draw_neighbours(rng, n_people, d, *, finite=False):
    """Draw people, and the same people with one anywhere among them."""
    more = draw_people(rng, n_people + 1, d, finite=finite)
    return np.delete(more, rng.integers(n_people + 1), axis=0), more


def of_groups(engine, people, epsilon, k, reduction=None):
    spec = ReleaseSpec(engine=engine, epsilon=epsilon, n_clusters=k, reduction=reduction)
    return lambda rng: draw_release(people, spec, rng=rng)


def check_neighbours(without, with_one, *, epsilon, seed):
    """Replay either run on the other's data: the same is shown, charged and told."""
    noise = np.random.default_rng(seed)
    runs = (without, with_one) if noise.random() < 0.5 else (with_one, without)
    first = record(runs[0], noise=noise)
    second = replay(runs[1], first)

    assert second.shown == first.shown
    assert first.is_charged
    assert math.fsum(charge.epsilon for charge in first.charges) <= epsilon
    losses = largest_losses(first, second)
    assert all(loss <= asked.epsilon * (1 + 1e-9) for loss, asked in zip(losses, first.asked, strict=True))
    assert abs(told(first, second)) <= epsilon * (1 + 1e-9)
    return first


seeds = st.integers(0, 2**32 - 1)
epsilons = st.sampled_from([0.05, 0.3, 1.0, 4.0, 10.0])
#: Features, and people up to how many: what brings about each way of a synopsis.
WAYS = {"low": ((1, 3), 40), "box": ((4, 8), 30), "mean": ((9, 14), 12), "rotated": ((4, 6), 90)}


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=200)
@given(seed=seeds, epsilon=epsilons, served=st.integers(1, 9))
def test_a_synopsis_told_no_more_than_epsilon_and_shows_the_same(way, seed, epsilon, served):
    rng = np.random.default_rng(seed)
    features, most = WAYS[way]
    n_people = int(rng.integers(most // 2, most)) if way == "rotated" else int(rng.integers(most))
    without, with_one = draw_neighbours(rng, n_people, int(rng.integers(*features, endpoint=True)))
    epsilon = max(epsilon, 8.0) if way == "rotated" else epsilon

    first = check_neighbours(
        *(of_groups(SYNOPSIS, people, epsilon, served) for people in (without, with_one)), epsilon=epsilon, seed=seed
    )

    event(json.loads(first.shown)["mode"])


@settings(max_examples=300)
@given(seed=seeds, epsilon=epsilons, k=st.integers(1, 5), n_people=st.integers(0, 30), d=st.integers(1, 6))
def test_private_lloyd_told_no_more_than_epsilon_and_shows_the_same(seed, epsilon, k, n_people, d):
    neighbours = draw_neighbours(np.random.default_rng(seed), n_people, d, finite=True)

    check_neighbours(*(of_groups(PROTOTYPE, people, epsilon, k) for people in neighbours), epsilon=epsilon, seed=seed)


@settings(max_examples=200)
@given(
    seed=seeds,
    epsilon=epsilons,
    method=st.sampled_from(ReductionMethod),
    engine=st.sampled_from([SYNOPSIS, PROTOTYPE]),
    d=st.integers(2, 8),
)
def test_clustering_in_few_dimensions_told_no_more_than_epsilon_and_shows_the_same(seed, epsilon, method, engine, d):
    neighbours = draw_neighbours(np.random.default_rng(seed), seed % 31, d)
    reduction = Reduction(method=method, n_dimensions=min(d, 1 + seed % 3))

    check_neighbours(
        *(of_groups(engine, people, epsilon, 3, reduction) for people in neighbours), epsilon=epsilon, seed=seed
    )


@settings(max_examples=300)
@given(seed=seeds, epsilon=epsilons, most=st.integers(1, 4), n_people=st.integers(0, 20), d=st.integers(1, 4))
def test_a_product_table_told_no_more_than_epsilon_and_shows_the_same(seed, epsilon, most, n_people, d):
    rng = np.random.default_rng(seed)
    _, with_one = draw_neighbours(rng, n_people, d)
    rows = rng.integers(-1, 7, (n_people + 1, 5))
    left_out = int(rng.integers(n_people + 1))
    held = (np.delete(rows, left_out, axis=0), rows)
    points = (np.delete(with_one, left_out, axis=0), with_one)
    groups = Grouping.from_clustering(Clustering(centers=rng.uniform(-1, 1, (3, d)), weights=np.ones(3)))

    def run(points, held):
        return lambda noise: release_product_table(
            Holdings(products=tuple("abcdefg"), held=held),
            points,
            grouping=groups,
            epsilon=epsilon,
            rng=noise,
            max_per_person=most,
        )

    check_neighbours(*map(run, points, held), epsilon=epsilon, seed=seed)


@settings(max_examples=300)
@given(seed=seeds, epsilon=epsilons, percent=st.integers(1, 99), n_people=st.integers(0, 40))
def test_proposed_bounds_told_no_more_than_epsilon_and_show_the_same(seed, epsilon, percent, n_people):
    without, with_one = draw_neighbours(np.random.default_rng(seed), n_people, 1)
    grid = np.array([-1.0, -0.5, 0.0, 0.1, 0.3, 1.0])

    def run(values):
        return lambda rng: release_bounds(values[:, 0], grid=grid, epsilon=epsilon, rng=rng, percent=percent)

    check_neighbours(run(without), run(with_one), epsilon=epsilon, seed=seed)


# --- what the replay must see -----------------------------------------------------------------------------------


def forgotten_charge(monkeypatch):
    honest = Mechanisms._charge

    def forget(self, name, epsilon, mechanism):
        spent = honest(self, name, epsilon, mechanism)
        if name in {"radius", "histogram"}:
            self._charges.pop()
        return spent

    monkeypatch.setattr(Mechanisms, "_charge", forget)


def forgotten_step_of_lloyd(monkeypatch):
    honest = LloydBudget.split.__func__
    monkeypatch.setattr(
        LloydBudget,
        "split",
        classmethod(lambda cls, *a, n_steps, **named: honest(cls, *a, n_steps=n_steps - 1, **named)),
    )


def exact_number_of_people(monkeypatch):
    honest = moments.MomentQueries.count

    def count(self, *, epsilon):
        (n_people,) = self._points.sum(lambda rows: (np.array([len(rows)]),))
        return moments.NoisyCount(people=float(n_people[0]), variance=honest(self, epsilon=epsilon).variance)

    monkeypatch.setattr(moments.MomentQueries, "count", count)


def own_seed_for_every_question(monkeypatch):
    monkeypatch.setattr(Mechanisms, "_answer", lambda _self, asked: asked.draw(np.random.default_rng(7)))


def first_feature_twice_as_long(monkeypatch):
    honest = chunked.clip_offsets

    def stretched(rows, *given, **named):
        offsets = honest(rows, *given, **named)
        offsets[:, 0] *= 2
        return offsets

    monkeypatch.setattr(chunked, "clip_offsets", stretched)


def first_feature_of_lloyd_twice_as_long(monkeypatch):
    honest = lloyd_step.ExactStep.from_labels.__func__

    def stretched(cls, grid, *given, **named):
        return honest(cls, np.column_stack([2 * grid[:, :1], grid[:, 1:]]), *given, **named)

    monkeypatch.setattr(lloyd_step.ExactStep, "from_labels", classmethod(stretched))


def both_bounds_at_full_epsilon(monkeypatch):
    monkeypatch.setattr("core.privacy.mechanisms.epsilon_of_each", lambda _question, *, epsilon: epsilon)


def directions_that_are_not_paid_for(monkeypatch):
    honest = ReductionBudget.split.__func__

    def give_away(cls, epsilon):
        return cls(projection=1e4, clustering=honest(cls, epsilon).clustering)

    monkeypatch.setattr(ReductionBudget, "split", classmethod(give_away))


CORNERS = np.tile([[-0.9, -0.9, -0.9, -0.9], [-0.8, -0.9, -0.9, -0.9]], (15, 1))
NEWCOMER = np.array([[1.0, 0.9, 0.9, 0.9]])
FAULTS = {
    forgotten_charge: (SYNOPSIS, None),
    forgotten_step_of_lloyd: (PROTOTYPE, None),
    exact_number_of_people: (SYNOPSIS, None),
    own_seed_for_every_question: (SYNOPSIS, Reduction(method=ReductionMethod.PCA, n_dimensions=2)),
    directions_that_are_not_paid_for: (SYNOPSIS, Reduction(method=ReductionMethod.PCA, n_dimensions=2)),
    first_feature_twice_as_long: (SYNOPSIS, Reduction(method=ReductionMethod.SVD, n_dimensions=2)),
    first_feature_of_lloyd_twice_as_long: (PROTOTYPE, None),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_replay_sees(fault, monkeypatch):
    engine, reduction = FAULTS[fault]
    runs = [of_groups(engine, people, 4.0, 3, reduction) for people in (CORNERS, np.concatenate([CORNERS, NEWCOMER]))]
    check_neighbours(*runs, epsilon=4.0, seed=1)
    fault(monkeypatch)

    with pytest.raises((AssertionError, DivergedError)):
        check_neighbours(*runs, epsilon=4.0, seed=1)


def test_a_replay_sees_two_bounds_that_are_charged_as_one(monkeypatch):
    grid, values = np.array([0.0, 2.0, 4.0]), np.repeat([-1.0, 3.0], 4)
    runs = [
        lambda rng, each=each: release_bounds(each, grid=grid, epsilon=2.0, rng=rng, percent=20)
        for each in (values, np.append(values, 1.0))
    ]
    check_neighbours(*runs, epsilon=2.0, seed=1)
    both_bounds_at_full_epsilon(monkeypatch)

    with pytest.raises(AssertionError):
        check_neighbours(*runs, epsilon=2.0, seed=1)
