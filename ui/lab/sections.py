"""The sections of the lab: which there are, which one is open, and the frame that all of them share."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.clustering.inertia import nonprivate_inertia_ratio
from core.clustering.lloyd.estimator import DPLloyd
from core.data import Table
from core.metrics.profile import profile_clusters
from core.privacy.noise import cylinder_noise, two_sided_geometric
from core.studies.dimensions import DimensionsResult
from core.studies.n_clusters import clear_elbow
from core.studies.passes import PassCounter
from core.studies.sweep import PlainReference
from ui import session
from ui.lab import dimensions, excerpts, features, glossary, how_many, noise_player, passes, peers, player, sweep
from ui.lab.excerpts import Excerpt
from ui.markup import show
from ui.settings import LAB_SECTIONS
from ui.text import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section. Its phrases ``name``, ``question`` and ``take_home`` stand under its key.

    Attributes:
        draw: Draws what is between the question and the sentence to take home; called only when it is open.
        code: The lines of the core behind it.
        terms: The words of the glossary that its texts use.
    """

    draw: Callable[[Table], None]
    code: Excerpt
    terms: tuple[str, ...] = ()


#: By the names of ``LAB_SECTIONS``, which also gives their order.
SECTIONS: dict[str, Section] = {
    "played": Section(
        draw=player.screen,
        code=Excerpt(of=DPLloyd, begins="for step in range", lines=6),
        terms=(
            *("kmeans", "cluster", "k", "centre", "pass", "inertia", "noise", "epsilon", "seed", "mini_batch"),
            *("synopsis", "release"),
        ),
    ),
    "noise_seen": Section(
        draw=noise_player.screen,
        code=Excerpt(of=cylinder_noise, begins="radii", lines=5),
        terms=("noise", "epsilon", "geometric", "laplace", "spherical", "seed", "release"),
    ),
    "sweep": Section(
        draw=sweep.screen,
        code=Excerpt(of=PlainReference.score, begins="agreement", lines=3),
        terms=(
            *("epsilon", "noise", "band", "ari", "inertia", "cluster", "column", "kmeans", "mini_batch", "prototype"),
            *("synopsis", "seed", "release", "insider"),
        ),
    ),
    "passes": Section(
        draw=passes.screen,
        code=Excerpt(of=PassCounter.__iter__, lines=2),
        terms=("pass", "kmeans", "cluster", "centre", "inertia", "mini_batch", "prototype", "synopsis", "epsilon"),
    ),
    "dimensions": Section(
        draw=dimensions.screen,
        code=Excerpt(of=DimensionsResult.effect, begins="if reduced", lines=3),
        terms=("column", "pca", "svd", "cluster", "ari", "noise", "epsilon", "band", "seed"),
    ),
    "features": Section(
        draw=features.screen,
        code=Excerpt(of=profile_clusters, begins="total", lines=4),
        terms=("cluster", "centre", "column", "release", "noise", "epsilon", "post_processing", "insider"),
    ),
    "how_many": Section(
        draw=how_many.screen,
        code=Excerpt(of=clear_elbow, lines=2),
        terms=(
            *("k", "cluster", "elbow", "silhouette", "inertia", "release", "synopsis", "noise", "epsilon"),
            *("post_processing", "insider"),
        ),
    ),
    "engines": Section(
        draw=peers.screen,
        code=Excerpt(of=nonprivate_inertia_ratio, lines=2),
        terms=("kmeans", "inertia", "cluster", "column", "k", "ari", "noise", "epsilon", "delta", "seed"),
    ),
    "glossary": Section(draw=glossary.screen, code=Excerpt(of=two_sided_geometric, begins="for start", lines=3)),
}


def screen(table: Table) -> None:
    """Draw the choice of sections and the open one."""
    open_section = _choose()
    section = SECTIONS[open_section]
    show("lab_question", question=phrase(f"{open_section}.question"))
    section.draw(table)
    terms = [glossary.describe_term(term) for term in section.terms]
    show("lab_take_home", text=phrase(f"{open_section}.take_home"), terms=terms)
    excerpts.show(section.code)


def _choose() -> str:
    st.pills(
        phrase("lab.section"),
        LAB_SECTIONS,
        format_func=lambda name: phrase(f"{name}.name"),
        required=True,
        key="section",
        persist_state="session",
        label_visibility="collapsed",
    )
    return session.settings.section
