"""What is recommended to one household, before and after privacy."""

from typing import Any

import numpy as np
import streamlit as st

from core.data import Table
from core.data.personas import load_personas
from core.metrics.profile import Profile, profile_clusters
from core.recommendation.ranking import Recommendation
from ui import figures, names
from ui.markup import show
from ui.present.scenes import epsilon_slider, synthetic
from ui.present.stage import Scene, Stage
from ui.recommend import products
from ui.recommend.recipient import Recipient
from ui.survey import recommended
from ui.text import label, phrase

CARDS = 3
SPENDING = 3
#: Part of the clustering's ε that the table of products costs on top, as on the recommend page.
TABLE_SHARE = 0.3


def draw(stage: Stage) -> None:
    """Draw the household, and its products on either side."""
    epsilon_slider.follow_room(stage)
    found = synthetic.outcome_at_settings()
    who = _household(found.table, _read_person(stage, found.table))
    group = int(found.private.assign(who.point(found.table))[0])
    described = profile_clusters(found.private, found.table)
    private, plain = products.recommend_both(found, who, group=group, epsilon=TABLE_SHARE * found.spec.epsilon)
    with st.container(key="scene_top", horizontal=True, vertical_alignment="center"):
        show(
            "stage_person",
            name=who.name,
            group=names.groups(described, found.table)[group],
            spending=_spending(who, found.table, described),
        )
        if stage.leads:
            st.button(
                phrase("scene.person_next"),
                key="person_next",
                icon=":material/group:",
                on_click=_show_next,
                args=(stage,),
            )
    sides = [] if plain is None else [_side("plain", plain, private)]
    show(
        "stage_products",
        sides=[*sides, _side("private", private, plain)],
        verdict="" if plain is None else products.describe_agreement(plain[:CARDS], private[:CARDS]),
        epsilon=figures.epsilon((1.0 + TABLE_SHARE) * found.spec.epsilon),
    )


def step(stage: Stage, by: int) -> bool:
    """Show the next household, or the former one."""
    table = synthetic.table()
    number = _read_person(stage, table) + by
    if not 0 <= number < len(table.group_names):
        return False
    stage.set_state(person=str(number))
    return True


def _show_next(stage: Stage) -> None:
    """Show the next household, after the last one the first."""
    if not step(stage, 1):
        stage.set_state(person="0")


def _read_person(stage: Stage, table: Table) -> int:
    return stage.read_number("person", below=len(table.group_names))


def _household(table: Table, number: int) -> Recipient:
    """Return the typical household of a persona: synthetic and public, it need not be in the data."""
    named = table.group_names[number]
    persona = next(one for one in load_personas() if one.labels == named)
    values = np.clip(
        persona.medians, [column.lower for column in table.columns], [column.upper for column in table.columns]
    )
    return Recipient(name=label(named), values=values, held=frozenset(), age=None, is_insider=False)


def _spending(who: Recipient, table: Table, described: Profile) -> list[dict[str, str]]:
    """Say what the household spends unusually much on, against the average of the released groups."""
    ratios = (who.values + 1.0) / (described.average + 1.0)
    return [
        {
            "name": names.short(table.columns[j]),
            "times": figures.times(float(ratios[j])),
            "amount": figures.amount(float(who.values[j]), table.columns[j].unit),
        }
        for j in np.argsort(-ratios, kind="stable")[:SPENDING].tolist()
    ]


def _side(
    side: str, recommended: tuple[Recommendation, ...], other: tuple[Recommendation, ...] | None
) -> dict[str, Any]:
    common = {one.index for one in other[:CARDS]} if other is not None else set()
    return {
        "side": side,
        "title": phrase(f"pair.{side}"),
        "insider": side == "plain",
        "cards": [products.describe_card(one) | {"common": one.index in common} for one in recommended[:CARDS]],
    }


SCENE = Scene(
    number=5,
    name="products",
    picture="products",
    draw=draw,
    step=step,
    phone=recommended.screen,
    at_epsilon=True,
    rehearse=synthetic.rehearse_counts,
)
