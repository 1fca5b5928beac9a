"""What the attacks share: they are for the curator only, release nothing, and attack results of a chosen ε."""

from dataclasses import replace

import streamlit as st

from core.attack.guessing_game import nonprivate_outlier
from core.attack.setup import PEOPLE_MOST, PRODUCTS_SHARE, AttackSetup, choose_rows
from core.data import Table
from core.limits import EPSILON_CHOICES
from ui import choices, figures, results, session
from ui.markup import show
from ui.text import phrase


def is_hidden() -> bool:
    """Draw calm words in place of an attack in the public view, and return whether it is on."""
    if session.settings.only_public:
        st.info(phrase("attack.insider_only"), icon=":material/visibility_off:")
    return session.settings.only_public


def draw_epsilon() -> float:
    """Draw the choice of ε of the results that are attacked, and return it; choosing releases nothing."""
    return choices.draw_steps("attack.epsilon", EPSILON_CHOICES, figures.epsilon, key="attack_epsilon", width=320)


def make_setup(table: Table, person: int, *, epsilon: float) -> tuple[AttackSetup, int]:
    """Return what is attacked, at most ``PEOPLE_MOST`` of the people, and the person's row in it."""
    rows = choose_rows(person, n_people=table.n_people)
    return (
        AttackSetup(
            points=results.points(table)[rows],
            spec=replace(session.release_spec(table), epsilon=epsilon),
            holdings=table.holdings.take(rows) if table.holdings else None,
        ),
        int(rows.searchsorted(person)),
    )


def show_remark(table: Table, *, epsilon: float) -> None:
    """Say whom the experiment could hurt, what it costs, and on how many people it runs."""
    texts = [phrase("attack.practice" if table.source.is_synthetic else "attack.people")]
    if table.n_people > PEOPLE_MOST:
        texts.append(phrase("attack.bounded", people=figures.people(PEOPLE_MOST)))
    if table.holdings is not None:
        products = PRODUCTS_SHARE * epsilon
        texts.append(
            phrase(
                "attack.shares",
                epsilon=figures.epsilon(epsilon),
                groups=figures.epsilon(epsilon - products),
                products=figures.epsilon(products),
            )
        )
    reduction = session.reduction(table)
    if reduction is not None:
        method = phrase(f"reduction.{reduction.method}")
        texts.append(phrase("attack.reduced", method=method, n=reduction.n_dimensions))
    show("insider_lead", text=" ".join(texts))


@results.by_content
def find_outlier(table: Table, k: int) -> int:
    """Return the row of the person farthest from the nearest plain centre."""
    return nonprivate_outlier(results.points(table), results.cluster_plain(table, k, None).clustering)
