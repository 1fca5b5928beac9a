"""What was bought is charged first, drawn once, settled, and composed to the ε that was declared."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clustering.lloyd.estimator import release_lloyd
from core.clustering.synopsis.release import release_synopsis
from core.clustering.types import Clustering
from core.data.table import Holdings
from core.limits import EPSILON_MAX, EPSILON_MIN
from core.privacy.accounting import BudgetCheck, check_budget
from core.privacy.cap import BudgetExceededError
from core.privacy.ledger import Ledger
from core.privacy.measurements import NoiseOracle
from core.privacy.mechanisms import Mechanism, Mechanisms, PrivacyEvent
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import release_product_table
from core.release.store import ReleaseStore

epsilons = st.floats(EPSILON_MIN, EPSILON_MAX)
#: Numbers of people and features that lead a synopsis through each of its ways.
SHAPES = [(500, 2), (40, 6), (3_000, 6), (10, 9)]


@dataclass(frozen=True)
class Bought:
    charges: tuple[PrivacyEvent, ...]


def bought(*losses):
    return Bought(
        tuple(
            PrivacyEvent(name=f"query {i}", epsilon=loss, mechanism=Mechanism.CYLINDER) for i, loss in enumerate(losses)
        )
    )


def synopsis(n_people, n_features, epsilon, rng):
    return release_synopsis(rng.uniform(-1, 1, (n_people, n_features)), epsilon=epsilon, n_clusters_served=4, rng=rng)


def small_lloyd(epsilon, rng, n_features=3):
    points = rng.uniform(-1, 1, (50, n_features))
    return release_lloyd(points, n_clusters=3, epsilon=epsilon, rng=rng, is_private=False)


def products(epsilon, rng):
    holdings = Holdings(products=("a", "b"), held=np.array([[0, 1], [1, -1]]))
    points = np.array([[-0.5, 0.0, 0.0], [0.5, 0.0, 0.0]])
    grouping = Grouping.from_clustering(Clustering(centers=points.copy(), weights=np.ones(2)))
    return release_product_table(holdings, points, grouping=grouping, epsilon=epsilon, rng=rng)


@settings(max_examples=10)
@given(epsilons, st.sampled_from(SHAPES), st.integers(0, 1000))
def test_a_synopsis_composes_to_what_it_declares(epsilon, shape, seed):
    release = synopsis(*shape, epsilon, np.random.default_rng(seed))

    assert check_budget(release.epsilon, release.charges) is BudgetCheck.AGREES


@settings(max_examples=25)
@given(epsilons, st.integers(1, 30), st.integers(0, 1000))
def test_private_lloyd_and_products_compose_to_what_they_declare(epsilon, n_features, seed):
    rng = np.random.default_rng(seed)

    for release in (small_lloyd(epsilon, rng, n_features), products(epsilon, rng)):
        assert check_budget(release.epsilon, release.charges) is BudgetCheck.AGREES


@pytest.mark.parametrize("shape", SHAPES)
def test_leaving_out_any_charge_is_caught(rng, shape):
    for release in (synopsis(*shape, 0.05, rng), small_lloyd(0.05, rng)):
        charges = release.charges
        for left_out in range(len(charges)):
            kept = charges[:left_out] + charges[left_out + 1 :]
            assert check_budget(release.epsilon, kept) is BudgetCheck.MISSING


def test_a_query_that_does_not_note_its_charge_is_caught(rng, monkeypatch):
    honest = Mechanisms._charge

    def forgetful(self, name, epsilon, mechanism):
        spent = honest(self, name, epsilon, mechanism)
        if name == "histogram":
            self._charges.pop()
        return spent

    monkeypatch.setattr(Mechanisms, "_charge", forgetful)
    releases = ReleaseStore(Ledger(cap=1.0))
    releases.get_or_release("release", 1.0, key="a", draw=lambda: synopsis(500, 2, 1.0, rng))

    assert releases.ledger.check(releases.ledger.entries[0]) is BudgetCheck.MISSING


def test_charges_of_private_lloyd_are_what_its_noise_is_drawn_with(rng):
    drawn = []

    def respond(measurement):
        drawn.append(measurement.epsilon)
        return measurement.draw(rng)

    charges = small_lloyd(1.0, NoiseOracle(respond)).charges

    assert [charge.epsilon for charge in charges] == drawn
    assert {charge.name for charge in charges} == {"counts", "sums"}


def test_a_release_is_charged_before_it_is_drawn_and_settled_after():
    ledger = Ledger(cap=1.0)
    seen = []

    def draw():
        seen.append((ledger.spent, ledger.entries[0].is_settled))
        return bought(0.5)

    release = ReleaseStore(ledger).get_or_release("release", 0.5, key="a", draw=draw, n_clusters=4)

    assert seen == [(0.5, False)]
    assert ledger.entries[0].charges == release.charges
    assert dict(ledger.entries[0].parameters) == {"n_clusters": 4}


def test_the_same_release_is_served_again_for_free():
    releases = ReleaseStore(Ledger(cap=1.0))
    first = releases.get_or_release("release", 1.0, key="a", draw=lambda: bought(1.0))

    assert releases.get_or_release("release", 1.0, key="a", draw=pytest.fail) is first
    assert ("release", "a") in releases
    assert len(releases) == 1


def test_over_the_cap_nothing_is_drawn_and_nothing_changes():
    releases = ReleaseStore(Ledger(cap=1.0))

    with pytest.raises(BudgetExceededError):
        releases.get_or_release("release", 2.0, key="a", draw=pytest.fail)

    assert (len(releases), releases.ledger.entries) == (0, ())


def test_a_draw_that_fails_stays_charged_and_is_drawn_again_under_that_charge():
    releases = ReleaseStore(Ledger(cap=1.0))

    def broken():
        raise RuntimeError("no memory")

    with pytest.raises(RuntimeError):
        releases.get_or_release("release", 1.0, key="a", draw=broken)
    assert releases.ledger.spent == 1.0

    releases.get_or_release("release", 1.0, key="a", draw=lambda: bought(1.0))
    assert releases.ledger.spent == 1.0


def test_two_tabs_that_ask_at_once_get_one_drawing():
    releases, drawn = ReleaseStore(Ledger(cap=1.0)), []
    start = threading.Barrier(8)

    def ask(_):
        start.wait()
        return releases.get_or_release("release", 1.0, key="a", draw=slow_draw)

    def slow_draw():
        time.sleep(0.02)
        drawn.append(1)
        return bought(1.0)

    with ThreadPoolExecutor(8) as pool:
        served = list(pool.map(ask, range(8)))

    assert len(drawn) == 1
    assert all(each is served[0] for each in served)


def test_tabs_with_different_wishes_never_pass_the_cap():
    releases, drawn = ReleaseStore(Ledger(cap=2.0)), []

    def ask(number):
        try:
            releases.get_or_release("release", 0.5, key=str(number), draw=lambda: drawn.append(number) or bought(0.5))
        except BudgetExceededError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(ask, range(40)))

    assert sum(outcomes) == len(drawn) == 4
    assert releases.ledger.spent == 2.0


def test_drawing_again_what_was_just_bought_is_no_look():
    releases = ReleaseStore(Ledger(cap=1.0))
    first = releases.get_or_release("release", 0.5, key="a", draw=lambda: bought(0.5))

    again = releases.get_or_release("release", 0.5, key="a", draw=pytest.fail, counts_as_view=False)

    assert again is first
    assert releases.n_cache_hits == 0


def test_what_an_entry_paid_for_is_found_again_and_every_repetition_is_counted_as_free():
    releases = ReleaseStore(Ledger(cap=1.0))
    first = releases.get_or_release("release", 0.5, key="a", draw=lambda: bought(0.5))
    undrawn = releases.ledger.charge("release", 0.25, key="b")
    assert releases.n_cache_hits == 0

    for _ in range(3):
        releases.get_or_release("release", 0.5, key="a", draw=pytest.fail)

    assert releases.n_cache_hits == 3
    assert releases.find(releases.ledger.entries[0]) is first
    assert releases.find(undrawn) is None
    assert releases.find(releases.ledger.charge("release", 0.1)) is None
