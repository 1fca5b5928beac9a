"""Product cards: what a person's group uses, before and after privacy, side by side."""

from typing import Any

import numpy as np
import streamlit as st

from core.arrays import IntArray
from core.recommendation.catalogue import Product, ProductKind, load_catalogue
from core.recommendation.usage import top_products
from ui import figures, names, results, session
from ui.markup import show
from ui.outcome import Outcome
from ui.person import Person
from ui.text import phrase, pick

SHOWN = 5
#: Part of the release's ε that the table of products costs on top.
EPSILON_SHARE = 0.2


def show_both(found: Outcome, person: Person, *, private_group: int, titles: list[str]) -> None:
    """Draw the products of the person's group, plain and private, and say whether they are the same."""
    usage = session.usage(found, epsilon=EPSILON_SHARE * found.epsilon)
    counts_private = usage.noisy_counts[found.raw_group(private_group)]
    private = top_products(counts_private, SHOWN, person.held)
    cost = phrase("products.cost", epsilon=figures.epsilon(usage.epsilon))
    private_side = {
        "title": phrase("pair.private"),
        "group": private_group + 1,
        "name": titles[private_group],
        "insider": False,
        "note": cost,
        "cards": [
            _card(
                usage.products[product],
                phrase("products.noisy", people=_noisy(counts_private[product])),
            )
            for product in private
        ],
    }
    if found.plain is None:
        show("products", sides=[private_side], verdict="")
        return
    plain_group = int(found.plain.clustering.assign(person.point(found.table))[0])
    counts = results.plain_usage(found.table, found.k)[plain_group]
    plain = top_products(counts, SHOWN, person.held)
    plain_side = {
        "title": phrase("pair.plain"),
        "group": plain_group + 1,
        "name": titles[plain_group],
        "insider": True,
        "note": phrase("products.exact_note"),
        "cards": [
            _card(usage.products[product], phrase("products.exact", share=_used(counts, found, plain_group, product)))
            for product in plain
        ],
    }
    show("products", sides=[plain_side, private_side], verdict=_verdict(plain, private))


def _noisy(count: np.integer) -> str:
    return figures.people(max(int(count), 0))


def _used(counts: IntArray, found: Outcome, group: int, product: int) -> str:
    assert found.plain is not None  # noqa: S101 - the caller asked
    return figures.share(float(counts[product]) / max(float(found.plain.clustering.weights[group]), 1.0))


def _verdict(plain: tuple[int, ...], private: tuple[int, ...]) -> str:
    common = len(set(plain) & set(private))
    first = "products.first_same" if plain[:1] == private[:1] else "products.first_different"
    return f"{phrase(first)} {phrase('products.common', n=common, of=len(plain))}"


def _card(product_id: str, use: str) -> dict[str, Any]:
    catalogue = load_catalogue()
    if product_id not in catalogue.ids:
        return {"name": product_id, "use": use, "known": False}
    product = catalogue.product(product_id)
    return {
        "known": True,
        "kind": phrase(f"products.kind_{product.kind}"),
        "name": pick(product.name_ko, product.name_en),
        "provider": pick(product.provider_ko, product.provider_en),
        "benefits": _benefits(product),
        "rates": _rates(product),
        "conditions": pick(product.conditions_ko, product.conditions_en),
        "eligibility": pick(product.eligibility_ko, product.eligibility_en),
        "month": product.disclosure_month,
        "illustrative": product.is_illustrative,
        "use": use,
    }


def _rates(product: Product) -> str:
    if product.base_rate is None or product.best_rate is None:
        return ""
    key = "products.loan_rates" if product.kind is ProductKind.LOAN else "products.rates"
    return phrase(key, base=f"{product.base_rate:g}", best=f"{product.best_rate:g}")


def _benefits(product: Product) -> str:
    listed = [
        phrase("products.benefit", category=names.category(key), percent=f"{percent:g}")
        for key, percent in product.benefits.items()
    ]
    return " · ".join(listed)


def show_none() -> None:
    """Say that the data at hand knows no products, and offer data that does."""
    st.info(phrase("products.none"), icon=":material/inventory_2:")
    st.button(phrase("products.practice"), key="practice", type="primary", on_click=_practice)


def _practice() -> None:
    session.choose(data="generated")
