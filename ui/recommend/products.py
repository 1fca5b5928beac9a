"""Product cards: what is recommended to one person's group, before and after privacy, and why."""

from functools import partial
from typing import Any

import streamlit as st

from core.data.catalogue import Product, ProductKind
from core.recommendation.ranking import Ranking, Recommendation
from ui import choices, figures, names, releases, results, session
from ui.markup import show
from ui.outcome import Outcome
from ui.recommend.recipient import Recipient
from ui.releases import NotReleasedError
from ui.settings import TABLE_SHARES
from ui.spending import offer
from ui.text import label, phrase

#: What is recommended to one person, best first.
Recommended = tuple[Recommendation, ...]


def draw_share_choice(epsilon: float) -> float:
    """Draw the choice of ε for the table of products, and return it."""
    share = choices.draw_steps(
        "products.share",
        TABLE_SHARES,
        lambda share: phrase(
            "products.share_value", share=figures.share(share), epsilon=figures.epsilon(share * epsilon)
        ),
        key="table_share",
    )
    return share * epsilon


def show_both(outcome: Outcome, recipient: Recipient, *, group: int, epsilon: float) -> None:
    """Draw everything that is recommended to the person's group, whether both sides agree, and what it cost."""
    both = recommend_both(outcome, recipient, group=group, epsilon=epsilon)
    show_verdict(*both)
    show_firsts(*both)
    show_list(*both, note=describe_cost(outcome, epsilon))


def recommend_or_offer(
    outcome: Outcome, recipient: Recipient, *, group: int, epsilon: float
) -> tuple[Recommended, Recommended | None] | None:
    """Return what ``recommend_both`` does; where the table of products has to be paid first, draw its price."""
    try:
        return recommend_both(outcome, recipient, group=group, epsilon=epsilon)
    except NotReleasedError as unpaid:
        table, spec, release = outcome.table, outcome.spec, outcome.release
        pay = partial(releases.product_table, table, spec, release, epsilon=epsilon, may_charge=True)
        offer.draw(table, unpaid.epsilon, pay, key="products")
        return None


def recommend_both(
    outcome: Outcome, recipient: Recipient, *, group: int, epsilon: float
) -> tuple[Recommended, Recommended | None]:
    """Return what is recommended to the person's group, private and plain; no plain side in the public view."""
    private = _private_ranking(outcome, epsilon).recommend(
        outcome.raw_group(group), held=recipient.held, age=recipient.age
    )
    plain: Recommended | None = None
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


def describe_cost(outcome: Outcome, epsilon: float) -> str:
    """Say what the table of products cost, and when it has to be bought again."""
    k = outcome.spec.n_clusters
    free = phrase("products.any_k") if outcome.release.clusters_any_k else phrase("products.this_k", k=k)
    return f"{phrase('products.cost', epsilon=figures.epsilon(epsilon))} {free}"


def show_verdict(private: Recommended, plain: Recommended | None) -> None:
    """Say in the bar whether both sides recommend the same; without a plain side, what is first."""
    if plain is None:
        show("verdict", first=phrase("products.from_released"), common="", insider_value=False)
        return
    first, common = _describe_agreement(plain, private)
    show("verdict", first=first, common=common, insider_value=True)


def show_firsts(private: Recommended, plain: Recommended | None) -> None:
    """Draw the first product of both sides beside each other."""
    sides = [(plain, "plain"), (private, "private")]
    firsts = [
        {"side": side, "title": phrase(f"pair.{side}"), "card": describe_card(one[0]) if one else None}
        for one, side in sides
        if one is not None
    ]
    with st.container(key="firsts"):
        show("products_first", firsts=firsts)


def show_list(private: Recommended, plain: Recommended | None, *, note: str) -> None:
    """Draw one list of products in the order after privacy, each with its place before; then those that are gone."""
    places = None if plain is None else {one.index: place for place, one in enumerate(plain, start=1)}
    rows = [_describe_row(one, place, places) for place, one in enumerate(private, start=1)]
    kept = {one.index for one in private}
    gone = [_describe_row(one, None, places) for one in plain or () if one.index not in kept]
    with st.container(key="ranked"):
        show("products", rows=rows + gone, note=note, has_plain=plain is not None)


def _describe_row(one: Recommendation, after: int | None, places: dict[int, int] | None) -> dict[str, Any]:
    """Describe a product of the list: its card, and how its place has changed."""
    before = None if places is None else places.get(one.index)
    if after is None:
        move, said = "gone", phrase("products.gone")
    elif before is None:
        move, said = "new", phrase("products.new")
    elif before == after:
        move, said = "same", phrase("products.kept")
    else:
        move = "up" if before > after else "down"
        said = phrase(f"products.{move}", n=abs(before - after))
    return {"card": describe_card(one), "before": before, "after": after, "move": move, "said": said}


def describe_card(one: Recommendation) -> dict[str, Any]:
    """Return what stands on the card of a recommended product."""
    card: dict[str, Any] = {
        "name": one.product_id,
        "known": False,
        "use": _describe_use(one),
        "reasons": [_describe_reason(reason.code, dict(reason.blanks)) for reason in one.reasons],
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


def describe_agreement(plain: Recommended, private: Recommended) -> str:
    """Say whether both sides recommend the same; insider, for it tells of the plain side."""
    return " ".join(_describe_agreement(plain, private))


def _describe_agreement(plain: Recommended, private: Recommended) -> tuple[str, str]:
    common = {one.index for one in plain} & {one.index for one in private}
    is_same = bool(plain) and bool(private) and plain[0].index == private[0].index
    first = phrase("products.first_same" if is_same else "products.first_different")
    return first, phrase("products.common", n=len(common), of=len(plain))


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
