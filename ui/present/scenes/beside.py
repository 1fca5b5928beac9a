"""Plain beside private, with ε on the big screen."""

import streamlit as st

from core.limits import EPSILON_DEFAULT
from ui import figures, session
from ui.compare import answer, controls, pair
from ui.markup import show
from ui.present.scenes import epsilon_slider, synthetic
from ui.present.stage import Scene, Stage


def draw(stage: Stage) -> None:
    """Draw the slider, how much both sides agree, and the two pictures."""
    with st.container(key="scene_top", horizontal=True, vertical_alignment="center"):
        epsilon = epsilon_slider.draw(stage)
        found = synthetic.outcome_at_settings()
        ari = None if found.comparison is None else found.comparison.agreement.adjusted_rand
        show(
            "stage_answer",
            ari=None if ari is None else figures.decimals(ari),
            word="" if ari is None else answer.describe_agreement(ari),
            said=controls.describe_epsilon(epsilon),
        )
    pair.show(found, axes=session.axes(found.table), on_stage=True)


SCENE = Scene(
    number=3,
    name="beside",
    picture="pairs",
    draw=draw,
    step=epsilon_slider.step,
    at_epsilon=True,
    first_epsilon=EPSILON_DEFAULT,
    rehearse=synthetic.rehearse_comparisons,
)
