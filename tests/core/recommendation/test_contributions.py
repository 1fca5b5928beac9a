import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.table import Holdings
from core.recommendation.contributions import bound_contributions, drop_repeats, nonprivate_counts

PRODUCTS = tuple(f"product-{place}" for place in range(12))

rows_of_products = st.lists(
    st.lists(st.integers(-1, len(PRODUCTS) - 1), min_size=6, max_size=6), min_size=1, max_size=20
)


def _holdings(rows, products=PRODUCTS):
    return Holdings(products=products, held=np.array(rows, dtype=np.int16).reshape(len(rows), -1))


def test_a_product_told_twice_is_held_once():
    assert drop_repeats(np.array([[2, -1, 2, 0]])).tolist() == [[-1, 0, 2, -1]]


@given(rows_of_products, st.integers(1, 7))
def test_the_cap_keeps_that_many_of_what_is_held_and_nothing_twice(rows, max_per_person):
    kept = bound_contributions(_holdings(rows), max_per_person=max_per_person)

    assert kept.shape == (len(rows), max_per_person)
    for row, own in zip(rows, kept.tolist(), strict=True):
        products = [product for product in own if product >= 0]
        held = set(row) - {-1}
        assert len(set(products)) == len(products) == min(len(held), max_per_person)
        assert set(products) <= held


@given(rows_of_products, st.randoms(use_true_random=False))
def test_what_is_kept_depends_on_nobody_else_and_not_on_the_order_it_is_told_in(rows, random):
    together = bound_contributions(_holdings(rows), max_per_person=3)

    for row, own in zip(rows, together, strict=True):
        told = list(row)
        random.shuffle(told)
        assert set(bound_contributions(_holdings([told]), max_per_person=3)[0].tolist()) == set(own.tolist())


@given(rows_of_products)
def test_what_is_kept_depends_on_ids_and_not_on_places_in_the_catalogue(rows):
    backwards = [[len(PRODUCTS) - 1 - place if place >= 0 else -1 for place in row] for row in rows]

    kept = bound_contributions(_holdings(rows), max_per_person=3)
    mirrored = bound_contributions(_holdings(backwards, PRODUCTS[::-1]), max_per_person=3)

    for own, other in zip(kept.tolist(), mirrored.tolist(), strict=True):
        named = {PRODUCTS[place] for place in own if place >= 0}
        assert named == {PRODUCTS[::-1][place] for place in other if place >= 0}


def test_no_product_of_the_catalogue_is_favoured(rng):
    everybody = np.array([rng.choice(len(PRODUCTS), 6, replace=False) for _ in range(24_000)])

    kept = bound_contributions(_holdings(everybody), max_per_person=3)

    shares = np.bincount(kept.ravel(), minlength=len(PRODUCTS)) / np.bincount(everybody.ravel())
    # Only 924 sets of six exist, so the shares scatter around one half a little.
    assert shares == pytest.approx(0.5, abs=0.08)


def test_nobody_holding_anything_leaves_nothing():
    assert (bound_contributions(_holdings([[-1, -1]]), max_per_person=3) == -1).all()
    assert bound_contributions(
        Holdings(products=PRODUCTS, held=np.empty((0, 4), dtype=np.int8)), max_per_person=2
    ).shape == (0, 2)


def test_holders_are_counted_by_group_and_product():
    counts = nonprivate_counts(np.array([[0, 1], [1, -1], [2, 0]]), np.array([0, 0, 1]), n_groups=2, n_products=3)

    assert counts.tolist() == [[1, 2, 0], [1, 0, 1]]


def test_labels_of_other_people_are_refused():
    with pytest.raises(ValueError, match="1 labels are not of the same people as 2 rows"):
        nonprivate_counts(np.array([[0], [1]]), np.array([0]), n_groups=1, n_products=2)
