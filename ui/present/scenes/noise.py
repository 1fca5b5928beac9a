"""What noise makes of a count of twelve people."""

import numpy as np
import streamlit as st

from core.arrays import IntArray
from core.privacy.noise import two_sided_geometric
from core.privacy.noise_samples import NoiseLaw, bin_probabilities, count_within_probability
from ui import figures, session
from ui.compare import controls
from ui.markup import show
from ui.present.scenes import epsilon_slider
from ui.present.stage import Scene, Stage
from ui.text import phrase

COUNT = 12
#: What is drawn of the law: so many people to either side.
REACH = 20
DRAWN = 8
#: The ε of each step: the noise is drawn twice, and then twice more where a count of twelve tells little.
STEPS = (1.0, 1.0, 0.1, 0.1)
NEAR = (1, 3)
#: People between two numbers under the law.
TICK = 4


def draw(stage: Stage) -> None:
    """Draw the slider, a few noisy counts, and the law they come from."""
    with st.container(key="scene_top", horizontal=True, vertical_alignment="center"):
        epsilon = epsilon_slider.draw(stage)
        show("stage_answer", ari=None, said=controls.describe_epsilon(epsilon))
    noisy = _draw_counts(epsilon, _read_draw(stage))
    near = {reach: figures.share(count_within_probability(reach, epsilon=epsilon)) for reach in NEAR}
    show(
        "stage_noise",
        count=COUNT,
        noisy=[figures.number(float(one)) for one in noisy],
        bars=_bars(epsilon, set(noisy.tolist())),
        shares=[phrase("scene.noise_near", reach=reach, share=share) for reach, share in near.items()],
        alternative=phrase("scene.noise_alternative", count=COUNT, epsilon=figures.epsilon(epsilon)),
    )


def step(stage: Stage, by: int) -> bool:
    """Draw the noise anew, or show the former draw; where the step is another ε, at that."""
    former, to = _read_draw(stage), _read_draw(stage) + by
    if not 0 <= to < len(STEPS):
        return False
    if STEPS[to] != STEPS[former]:
        session.choose(epsilon=STEPS[to])
    stage.set_state(draw=str(to))
    return True


def _read_draw(stage: Stage) -> int:
    return stage.read_number("draw", below=len(STEPS))


def _draw_counts(epsilon: float, number: int) -> IntArray:
    """Draw noisy counts with a seed that everybody knows: twelve synthetic people, the same on every screen."""
    rng = np.random.default_rng([number, round(1_000 * epsilon)])
    return COUNT + two_sided_geometric(DRAWN, epsilon=epsilon, rng=rng)


def _bars(epsilon: float, sampled: set[int]) -> list[dict[str, object]]:
    values = np.arange(COUNT - REACH, COUNT + REACH + 1)
    law = bin_probabilities(NoiseLaw.GEOMETRIC, values - COUNT, epsilon=epsilon)
    return [
        {
            "height": round(100 * float(chance / law.max()), 1),
            "tick": str(value) if (value - COUNT) % TICK == 0 else "",
            "kind": "true" if value == COUNT else "seen" if value in sampled else "",
        }
        for value, chance in zip(values.tolist(), law, strict=True)
    ]


SCENE = Scene(number=2, name="noise", picture="noise", draw=draw, step=step, at_epsilon=True, first_epsilon=STEPS[0])
