"""Personas: their medians, and the odds of what they hold."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.catalogue import Catalogue, ProductKind, load_catalogue
from core.data.categories import public_categories
from core.data.personas import BENEFIT_PULL, load_personas, product_odds
from core.limits import PERSONAS_MAX

KEYS = [category.column.key for category in public_categories()]


def test_there_are_as_many_personas_as_a_recipe_may_ask_for_each_within_public_bounds():
    upper = np.array([category.column.upper for category in public_categories()])

    assert len({persona.key for persona in load_personas()}) == PERSONAS_MAX
    for persona in load_personas():
        assert (persona.medians > 0).all()
        assert (persona.medians < upper).all()
        assert 0 < persona.products_mean <= 4


def test_odds_grow_with_benefits_on_what_a_persona_spends_much_on():
    plain, dining = (
        dataclasses.replace(load_catalogue().product("card-dining"), id=name, benefits=benefits)
        for name, benefits in (("plain", {}), ("dining", {"restaurants": 10.0}))
    )
    persona = load_personas()[0]
    typical = np.mean([each.medians for each in load_personas()], axis=0)
    column = KEYS.index("restaurants")
    times = 1 + BENEFIT_PULL * 10.0 * (persona.medians[column] / typical[column]) ** 2

    odds = product_odds(persona, Catalogue(products=(plain, dining)))

    assert odds == pytest.approx([1 / (1 + times), times / (1 + times)])


@given(st.sampled_from(load_personas()), st.sets(st.sampled_from(load_catalogue().products), min_size=1))
def test_odds_add_up_to_one_over_any_catalogue(persona, products):
    odds = product_odds(persona, Catalogue(products=tuple(products)))

    assert odds.sum() == pytest.approx(1.0)
    assert (odds >= 0).all()


def test_a_kind_is_as_likely_however_many_products_it_has():
    # Without benefits the odds of a kind are shared by its products.
    bare = [dataclasses.replace(product, benefits={}) for product in load_catalogue().products]
    persona = load_personas()[0]
    odds = product_odds(persona, Catalogue(products=tuple(bare)))
    of_kind = {kind: odds[[product.kind is kind for product in bare]].sum() for kind in ProductKind}
    total = sum(persona.kind_odds.values())

    assert of_kind == pytest.approx({kind: weight / total for kind, weight in persona.kind_odds.items()})


def test_product_odds_add_up_to_one_and_follow_the_persona():
    catalogue = load_catalogue()
    odds = {
        persona.key: dict(zip(catalogue.ids, product_odds(persona, catalogue), strict=True))
        for persona in load_personas()
    }

    assert all(sum(of_one.values()) == pytest.approx(1) for of_one in odds.values())
    assert max(odds, key=lambda key: odds[key]["card-dining"]) == "dining_single"
    assert max(odds, key=lambda key: odds[key]["card-fuel"]) == "commuter"
