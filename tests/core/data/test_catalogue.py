import dataclasses
import re

import pytest

from core.data.catalogue import Catalogue, ProductKind, _benefits, load_catalogue
from core.data.categories import public_categories


def test_the_catalogue_holds_at_least_forty_products_of_every_kind():
    catalogue = load_catalogue()

    assert len(catalogue) >= 40
    assert {product.kind for product in catalogue.products} == set(ProductKind)


def test_every_product_is_invented_and_says_so():
    assert all(product.is_illustrative for product in load_catalogue().products)


def test_every_product_has_all_its_words_in_both_languages():
    for product in load_catalogue().products:
        told = (product.names, product.providers, product.conditions, product.eligibility)
        korean, english = ([labels[language] for labels in told] for language in ("ko", "en"))
        assert all(re.search("[가-힣]", text) for text in korean), product.id
        assert all(text.isascii() and text for text in english), product.id


def test_benefits_name_public_categories():
    keys = {category.column.key for category in public_categories()}

    assert all(set(product.benefits) <= keys for product in load_catalogue().products)


def test_a_loan_gets_cheaper_and_everything_else_better_with_conditions():
    for product in load_catalogue().products:
        if product.base_rate is None:
            assert product.best_rate is None
        elif product.kind is ProductKind.LOAN:
            assert product.best_rate < product.base_rate
        else:
            assert product.best_rate > product.base_rate


def test_benefits_are_read_as_percent_by_category():
    assert dict(_benefits("restaurants:5|transport:3")) == {"restaurants": 5.0, "transport": 3.0}
    assert dict(_benefits("")) == {}


def test_a_repeated_id_is_refused_by_name():
    product = load_catalogue().product("card-dining")

    with pytest.raises(ValueError, match="unique, not repeated: card-dining"):
        Catalogue(products=(product, dataclasses.replace(product, names={"ko": "다른 카드"})))


def test_a_product_is_found_by_its_id_and_an_unknown_one_raises():
    catalogue = load_catalogue()

    assert catalogue.product("card-dining").names["ko"] == "한끼 카드"
    with pytest.raises(KeyError, match="nothing-like-it"):
        catalogue.product("nothing-like-it")


def test_the_catalogue_is_read_once_and_its_products_are_hashable():
    assert load_catalogue() is load_catalogue()
    assert len(set(load_catalogue().products)) == len(load_catalogue())
