"""Ages in the terms of products, and who meets them."""

import dataclasses

import numpy as np
import pytest

from core.data.catalogue import load_catalogue
from core.data.eligibility import Eligibility, check_eligibility, read_age_limits

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("terms", "limits"),
    [
        ("누구나", (0, np.inf)),
        ("만 19–34세", (19, 34)),
        ("만 19세~만 34세", (19, 34)),
        ("만 60세 이상", (60, np.inf)),
        ("만 12세 이하", (0, 12)),
        ("만 12세 이하 자녀 보호자", None),
        ("태아–만 15세", None),
        ("", None),
        ("소득 증빙 가능자", None),
    ],
)
def test_only_terms_about_ones_own_age_are_read(terms, limits):
    product = dataclasses.replace(CATALOGUE.products[0], eligibility={"ko": terms})

    found = read_age_limits(product)

    assert (found if limits is None else (found.least, found.most)) == limits


def test_the_last_year_of_an_age_counts_to_its_end():
    product = dataclasses.replace(CATALOGUE.products[0], eligibility={"ko": "만 19–34세"})

    assert check_eligibility(product, age=34.9) is Eligibility.MET
    assert check_eligibility(product, age=35) is Eligibility.REFUSED
    assert check_eligibility(product, age=None) is Eligibility.UNKNOWN
    assert check_eligibility(CATALOGUE.products[0], age=None) is Eligibility.OPEN
