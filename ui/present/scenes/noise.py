"""Scene 2: what noise makes of a count of twelve people."""

import numpy as np
import streamlit as st

from core.arrays import IntArray
from core.privacy.noise import two_sided_geometric
from core.privacy.noise_samples import NoiseLaw, bin_probabilities, count_within_probability
from store.survey import SurveyStore
from ui import figures
from ui.compare import controls
from ui.markup import show
from ui.present import stage_state
from ui.present.scenes import dial
from ui.text import phrase

COUNT = 12
#: What is drawn of the law: so many people to either side.
REACH = 20
DRAWN = 8
DRAWS_MOST = 99
NEAR = (1, 3)
#: People between two numbers under the law.
TICK = 4


def draw(store: SurveyStore, now: stage_state.Shown) -> None:
    """Draw the slider, a few noisy counts, and the law they come from."""
    with st.container(key="scene_top", horizontal=True, vertical_alignment="center"):
        epsilon = dial.epsilon(store, now)
        show("stage_answer", ari=None, said=controls.meaning(epsilon))
    noisy = _drawn(epsilon, _number(now))
    near = {reach: figures.share(count_within_probability(reach, epsilon=epsilon)) for reach in NEAR}
    show(
        "stage_noise",
        count=COUNT,
        noisy=[figures.number(float(one)) for one in noisy],
        bars=_bars(epsilon, set(noisy.tolist())),
        shares=[phrase("scene.noise_near", reach=reach, share=share) for reach, share in near.items()],
        alternative=phrase("scene.noise_alternative", count=COUNT, epsilon=figures.epsilon(epsilon)),
    )


def step(store: SurveyStore, now: stage_state.Shown, by: int) -> None:
    """Draw the noise anew, or show the former draw."""
    stage_state.move(store, now, stage={**now.stage, "draw": str((_number(now) + by) % (DRAWS_MOST + 1))})


def _number(now: stage_state.Shown) -> int:
    told = now.stage.get("draw", "0")
    return int(told) if told in {str(number) for number in range(DRAWS_MOST + 1)} else 0


def _drawn(epsilon: float, number: int) -> IntArray:
    """Draw noisy counts with a seed that everybody knows: twelve invented people, the same on every screen."""
    rng = np.random.default_rng([number, round(1_000 * epsilon)])
    return COUNT + two_sided_geometric(DRAWN, epsilon=epsilon, rng=rng)


def _bars(epsilon: float, seen: set[int]) -> list[dict[str, object]]:
    values = np.arange(COUNT - REACH, COUNT + REACH + 1)
    law = bin_probabilities(NoiseLaw.GEOMETRIC, values - COUNT, epsilon=epsilon)
    return [
        {
            "height": round(100 * float(chance / law.max()), 1),
            "tick": str(value) if (value - COUNT) % TICK == 0 else "",
            "kind": "true" if value == COUNT else "seen" if value in seen else "",
        }
        for value, chance in zip(values.tolist(), law, strict=True)
    ]
