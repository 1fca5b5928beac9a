"""Recommendations on a phone: choose a kind of household, see its products before and after privacy."""

import numpy as np
import streamlit as st

from core.clustering import engines
from core.data import Table
from core.limits import CLUSTERS_DEFAULT, EPSILON_DEFAULT
from core.reduction.spec import ReleaseSpec
from ui import results, session, tables
from ui.markup import show
from ui.outcome import Outcome
from ui.recommend import products
from ui.recommend.recipient import Recipient
from ui.settings import SETTINGS
from ui.survey.participation import Participation
from ui.text import label, phrase


def screen(mine: Participation) -> None:
    """Draw the choice of a household of the synthetic data, and its products."""
    table = tables.load_generated(session.recipe_default())
    show("companion_head", title=phrase("scene.products_phone"), text=phrase("scene.products_phone_text"))
    kinds = range(len(table.group_names))
    kind = st.radio(
        phrase("room.household"),
        kinds,
        format_func=lambda kind: label(table.group_names[kind]),
        key="household",
        horizontal=True,
    )
    found = _outcome(table, _epsilon(mine))
    person = _person(table, kind)
    group = int(found.private.assign(person.point(table))[0])
    products.show_both(found, person, group=group, epsilon=SETTINGS["table_share"].default * found.spec.epsilon)


def _person(table: Table, kind: int) -> Recipient:
    """Return the first person who was drawn from a kind of household."""
    assert table.true_groups is not None  # noqa: S101 - generated people know where they come from
    row = int(np.flatnonzero(table.true_groups == kind)[0])
    held = frozenset(int(i) for i in table.holdings.held[row] if i >= 0) if table.holdings else frozenset()
    return Recipient(name=table.person_id(row), values=table.values[row], held=held, age=None, is_insider=True)


def _epsilon(mine: Participation) -> float:
    """Return the ε of the big screen; the usual one if the room does not say."""
    try:
        return float(SETTINGS["epsilon"].read(mine.room.stage.get("epsilon", "")))
    except ValueError:
        return EPSILON_DEFAULT


def _outcome(table: Table, epsilon: float) -> Outcome:
    """Return plain and private groups of the synthetic data as the room sees them, whatever this visitor has chosen."""
    spec = ReleaseSpec(engine=engines.DEFAULT, epsilon=epsilon, n_clusters=CLUSTERS_DEFAULT)
    return Outcome.from_release(table, spec, results.synthetic_release(table, spec))
