"""Product cards: what is recommended to one person's group, before and after privacy, and why."""

from typing import Any

import streamlit as st

from core.data.catalogue import Product, ProductKind
from core.recommendation.ranking import Ranking, Recommendation
from ui import choices, figures, names, releases, results, session
from ui.markup import show
from ui.outcome import Outcome
from ui.recommend.recipient import Recipient
from ui.settings import TABLE_SHARES
from ui.text import label, phrase


def draw_share_choice(epsilon: float) -> float:
    """Draw the choice of ε for the table of products, and return it."""
    share = choices.draw_steps(
        "products.share",
        TABLE_SHARES,
        lambda share: phrase(
            "products.share_value", share=figures.share(share), epsilon=figures.epsilon(share * epsilon)
        ),
        key="table_share",
        width=300,
    )
    return share * epsilon


def show_both(outcome: Outcome, recipient: Recipient, *, group: int, epsilon: float) -> None:
    """Draw the recommendations for the person's group, private and plain, and say whether they are the same."""
    private, plain = recommend_both(outcome, recipient, group=group, epsilon=epsilon)
    sides = [_describe_side(private, "private", other=plain, note=_describe_cost(outcome, epsilon))]
    if plain is not None:
        sides.append(_describe_side(plain, "plain", other=None, note=phrase("products.exact_note")))
    show("products", sides=sides, verdict=describe_agreement(plain, private) if plain is not None else "")


def recommend_both(
    outcome: Outcome, recipient: Recipient, *, group: int, epsilon: float
) -> tuple[tuple[Recommendation, ...], tuple[Recommendation, ...] | None]:
    """Return what is recommended to the person's group, private and plain; no plain side in the public view."""
    private = _private_ranking(outcome, epsilon).recommend(
        outcome.raw_group(group), held=recipient.held, age=recipient.age
    )
    plain: tuple[Recommendation, ...] | None = None
    if outcome.plain is not None:
        own_group = int(outcome.plain.clustering.assign(recipient.point(outcome.table))[0])
        counts = results.count_plain(outcome.table, outcome.spec.n_clusters, outcome.spec.reduction)
        ranking = results.ranking(counts, outcome.plain.clustering, outcome.table, session.catalogue())
        plain = ranking.recommend(own_group, held=recipient.held, age=recipient.age)
    return private, plain


def _private_ranking(outcome: Outcome, epsilon: float) -> Ranking:
    table = releases.product_table(outcome.table, outcome.spec, outcome.release, epsilon=epsilon)
    clustering = results.cluster(outcome.table, outcome.spec, outcome.release)
    return results.ranking(table.for_clusters(clustering), clustering, outcome.table, session.catalogue())


def _describe_cost(outcome: Outcome, epsilon: float) -> str:
    k = outcome.spec.n_clusters
    free = phrase("products.any_k") if outcome.release.clusters_any_k else phrase("products.this_k", k=k)
    return f"{phrase('products.cost', epsilon=figures.epsilon(epsilon))} {free}"


def _describe_side(
    recommended: tuple[Recommendation, ...], side: str, *, other: tuple[Recommendation, ...] | None, note: str
) -> dict[str, Any]:
    places = [one.index for one in other] if other is not None else None
    return {
        "title": phrase(f"pair.{side}"),
        "side": side,
        "insider": side == "plain",
        "note": note,
        "cards": [describe_card(one, _describe_twin(one.index, places)) for one in recommended],
    }


def _describe_twin(place: int, others: list[int] | None) -> str:
    """Say what the plain side would have done with this product."""
    if others is None:
        return ""
    if place in others:
        return phrase("products.twin_same", rank=others.index(place) + 1)
    return phrase("products.twin_none")


def describe_card(one: Recommendation, twin: str) -> dict[str, Any]:
    """Return what stands on the card of a recommended product; ``twin`` says what the other side would have done."""
    card: dict[str, Any] = {
        "name": one.product_id,
        "known": False,
        "use": _describe_use(one),
        "reasons": [_describe_reason(reason.code, dict(reason.blanks)) for reason in one.reasons],
        "twin": twin,
    }
    product = one.product
    if product is None:
        return card
    return card | {
        "known": True,
        "kind": phrase(f"products.kind_{product.kind}"),
        "name": label(product.names),
        "provider": label(product.providers),
        "rates": _describe_rates(product),
        "benefits": " · ".join(
            phrase("products.benefit", category=names.category(key), percent=figures.significant(percent))
            for key, percent in product.benefits.items()
        ),
        "conditions": label(product.conditions),
        "eligibility": label(product.eligibility),
        "month": figures.year_month(product.disclosure_month) if product.disclosure_month else "",
        "illustrative": product.is_illustrative,
    }


def _describe_use(one: Recommendation) -> str:
    return phrase("products.use", holders=_describe_holders(one.holders, one.margin))


def _describe_holders(holders: int, margin: int) -> str:
    """Say a number of holders: a noisy one with its margin, an exact one as it is."""
    people = figures.people(holders)
    return phrase("products.noisy", people=people, margin=figures.number(margin)) if margin else people


def _describe_reason(code: str, blanks: dict[str, float | str]) -> str:
    words: dict[str, str] = {}
    for name, blank in blanks.items():
        if name == "category":
            words[name] = names.category(str(blank))
        elif name == "times":
            words[name] = figures.times(float(blank))
        elif name == "share":
            words[name] = figures.share(float(blank))
        elif name not in {"holders", "margin"}:
            words[name] = figures.number(float(blank))
    if "holders" in blanks:
        words["holders"] = _describe_holders(int(blanks["holders"]), int(blanks["margin"]))
    return phrase(f"reason.{code}", **words)


def _describe_rates(product: Product) -> str:
    if product.base_rate is None or product.best_rate is None:
        return ""
    key = "products.loan_rates" if product.kind is ProductKind.LOAN else "products.rates"
    return phrase(key, base=figures.significant(product.base_rate), best=figures.significant(product.best_rate))


def describe_agreement(plain: tuple[Recommendation, ...], private: tuple[Recommendation, ...]) -> str:
    """Say whether both sides recommend the same; insider, for it tells of the plain side."""
    common = {one.index for one in plain} & {one.index for one in private}
    is_same = bool(plain) and bool(private) and plain[0].index == private[0].index
    first = phrase("products.first_same" if is_same else "products.first_different")
    return f"{first} {phrase('products.common', n=len(common), of=len(plain))}"


def show_alike(outcome: Outcome, group: int) -> None:
    """Say how many people are like this one: a noisy number with its margin."""
    weight = float(outcome.private.weights[group])
    total = max(float(outcome.private.weights.sum()), 1.0)
    margin = outcome.release.people_margin(weight / total)
    show(
        "alike",
        people=figures.people(round(weight, -1) if weight >= 100 else weight),  # noqa: PLR2004 - tens among hundreds
        margin=figures.number(max(round(margin), 1)),
    )


def show_none() -> None:
    """Say that the data at hand knows no products, and offer data that does."""
    st.info(phrase("products.none"), icon=":material/inventory_2:")
    st.button(phrase("products.practice"), key="practice", type="primary", on_click=_choose_synthetic)


def _choose_synthetic() -> None:
    session.choose(data="generated")
