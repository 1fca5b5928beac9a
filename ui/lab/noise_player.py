"""The noise player: three noise laws as they are sampled, and what a count of twelve becomes a thousand times."""

import base64
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from core.arrays import FloatArray, read_only
from core.data import Table
from core.limits import EPSILON_CHOICES
from core.privacy.noise_samples import (
    NoiseLaw,
    bin_probabilities,
    count_negative_probability,
    count_within_probability,
    mean_magnitude,
    sample_noise,
)
from ui import figures, session
from ui.components import component
from ui.markup import show
from ui.settings import NOISE_KINDS
from ui.text import phrase

COUNT = 12
#: How many have been sampled at the end of each burst.
BURSTS = (0, 1, 2, 3, 5, 10, 20, 35, 60, 100, 160, 250, 400, 600, 800, 1_000)
DRAWS = BURSTS[-1]
#: What is drawn to either side, at every ε: a change of ε must look like one.
REACH = 30
TICK, COUNT_TICK, Y_TICKS = 10, 12, 5
#: Anybody may know these: the noise of the upper picture, and that of the count.
SEEDS = {"noise": 12, "count": 1_000}
WORDS = ("player", "reset", "back", "play", "pause", "step", "speed", "line")
KEPT = 128


def screen(_table: Table) -> None:
    """Draw the choices and the player; it shows nobody's data."""
    with st.container(key="noise_choices", horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            phrase("noise_seen.kind"),
            NOISE_KINDS,
            format_func=lambda kind: phrase(f"noise_seen.kind_{kind}"),
            required=True,
            key="noise_kind",
            persist_state="session",
        )
        st.select_slider(
            phrase("noise_seen.epsilon"),
            EPSILON_CHOICES,
            format_func=figures.epsilon,
            key="noise_epsilon",
            persist_state="session",
        )
    law, epsilon = NoiseLaw(session.settings.noise_kind), session.settings.noise_epsilon
    show("lead", text=phrase(f"noise_seen.about_{law}"))
    component("lab/noise")(key="noise_player", data=build_payload(law, epsilon))
    show("quiet", text=phrase("noise_seen.practice"))


# --- draws ---------------------------------------------------------------------------------------------------------


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _sample_noise(law: NoiseLaw, epsilon: float, seed: int) -> FloatArray:
    """Sample noise with a known seed: a picture of noise, never a release."""
    return read_only(sample_noise(law, DRAWS, epsilon=epsilon, rng=np.random.default_rng(seed)))


# --- what the player is given --------------------------------------------------------------------------------------


def build_payload(law: NoiseLaw, epsilon: float) -> dict[str, Any]:
    """Return what the player needs: the draws in their order, what theory expects, and the sentences of every burst."""
    sample = _sample_noise(law, epsilon, SEEDS["noise"])
    noise = [_make_noise_bars(law, epsilon, sample)]
    if law is NoiseLaw.SPHERICAL:
        noise.insert(0, _make_cloud(epsilon, sample))
    return {
        "kind": str(law),
        "bursts": BURSTS,
        "reach": REACH,
        "figures": [*noise, _make_count_bars(epsilon)],
        "key": [(name, phrase(f"noise_seen.key_{name}")) for name in ("bar", "law", "true", "below")],
        "words": {word: phrase(f"noise_seen.{word}") for word in WORDS},
    }


def _make_cloud(epsilon: float, sample: FloatArray) -> dict[str, Any]:
    ticks = _ticks(0, TICK)
    return {
        "title": phrase("noise_seen.side_cloud"),
        "values": [_encode(axis) for axis in sample.T],
        "x": {"label": phrase("noise_seen.axis_cloud_x"), "ticks": ticks},
        "y": {"label": phrase("noise_seen.axis_cloud_y"), "ticks": ticks},
        "frames": [_make_noise_frame(NoiseLaw.SPHERICAL, epsilon, sample[:n], ending="cloud_all") for n in BURSTS],
    }


def _make_noise_bars(law: NoiseLaw, epsilon: float, sample: FloatArray) -> dict[str, Any]:
    alone = law is not NoiseLaw.SPHERICAL
    return _make_bars(
        sample[:, 0],
        0,
        bin_probabilities(law, np.arange(-REACH, REACH + 1), epsilon=epsilon),
        title=phrase("noise_seen.side_noise" if alone else "noise_seen.side_axis"),
        label=phrase("noise_seen.axis_noise" if alone else "noise_seen.axis_cloud_x"),
        ticks=_ticks(0, TICK),
        frame=lambda n: (
            _make_noise_frame(law, epsilon, sample[:n])
            if alone
            else {"say": "", "figures": [_compare_beyond(law, epsilon, sample[:n])]}
        ),
    )


def _make_count_bars(epsilon: float) -> dict[str, Any]:
    counts = COUNT + _sample_noise(NoiseLaw.GEOMETRIC, epsilon, SEEDS["count"])[:, 0]
    return _make_bars(
        counts,
        COUNT,
        bin_probabilities(NoiseLaw.GEOMETRIC, np.arange(-REACH, REACH + 1), epsilon=epsilon),
        title=phrase("noise_seen.side_count"),
        label=phrase("noise_seen.axis_count"),
        ticks=_ticks(COUNT, COUNT_TICK),
        frame=lambda n: _make_count_frame(epsilon, counts[:n]),
    )


def _make_bars(
    values: FloatArray,
    middle: int,
    chances: FloatArray,
    *,
    title: str,
    label: str,
    ticks: list[int],
    frame: Callable[[int], dict[str, Any]],
) -> dict[str, Any]:
    expected = DRAWS * chances
    observed = np.histogram(values, bins=np.arange(middle - REACH, middle + REACH + 2) - 0.5)[0]
    top = float(max(expected.max(), observed.max()))
    return {
        "title": title,
        "values": [_encode(values)],
        "middle": middle,
        "expected": np.round(expected, 2).tolist(),
        "x": {"label": label, "ticks": ticks},
        "y": {"label": phrase("noise_seen.axis_draws"), "ticks": _round_ticks(top)},
        "top": 1.08 * top,
        "frames": [frame(n) for n in BURSTS],
    }


def _ticks(middle: int, step: int) -> list[int]:
    return [tick for tick in range(middle - REACH, middle + REACH + 1) if tick % step == 0]


def _round_ticks(top: float) -> list[int]:
    """Return at most a few round numbers up to ``top``: steps of 1, 2 or 5 times a power of ten."""
    power = 10 ** math.floor(math.log10(top / Y_TICKS))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor * Y_TICKS >= top)
    return list(range(0, math.floor(top) + 1, step))


def _encode(values: FloatArray) -> str:
    return base64.b64encode(values.astype("<f4").tobytes()).decode("ascii")


# --- what is said --------------------------------------------------------------------------------------------------


def _make_noise_frame(law: NoiseLaw, epsilon: float, sample: FloatArray, *, ending: str = "all") -> dict[str, Any]:
    sizes = np.linalg.norm(sample, axis=1)
    size = figures.number(mean_magnitude(law, epsilon=epsilon))
    seen = figures.number(float(sizes.mean())) if len(sample) else phrase("noise_seen.no_draw")
    lines = [(phrase("noise_seen.size"), phrase("noise_seen.beside_law", seen=seen, law=size))]
    if law is not NoiseLaw.SPHERICAL:
        lines.append(_compare_beyond(law, epsilon, sample))
    return {"say": _say_burst("say", sample, ending=ending), "figures": lines}


def _compare_beyond(law: NoiseLaw, epsilon: float, sample: FloatArray) -> tuple[str, str]:
    far = np.floor(np.abs(sample[:, 0]) + 0.5) > REACH
    chance = 1.0 - float(bin_probabilities(law, np.arange(-REACH, REACH + 1), epsilon=epsilon).sum())
    return phrase("noise_seen.beyond", reach=f"±{REACH}"), _compare_shares(far, max(0.0, chance))


def _make_count_frame(epsilon: float, counts: FloatArray) -> dict[str, Any]:
    off = np.abs(counts - COUNT)
    return {
        "say": _say_burst("count", counts[:, np.newaxis]),
        "figures": [
            (phrase("noise_seen.within_1"), _compare_shares(off <= 1, count_within_probability(1, epsilon=epsilon))),
            (phrase("noise_seen.within_3"), _compare_shares(off <= 3, count_within_probability(3, epsilon=epsilon))),  # noqa: PLR2004
            (
                phrase("noise_seen.below_0"),
                _compare_shares(counts < 0, count_negative_probability(COUNT, epsilon=epsilon)),
            ),
        ],
    }


def _say_burst(whose: str, sample: FloatArray, *, ending: str = "all") -> str:
    n = len(sample)
    if n == 0:
        return phrase(f"noise_seen.{whose}_none")
    if n == DRAWS:
        return phrase(f"noise_seen.{whose}_{ending}", n=figures.number(n))
    if n - 1 in BURSTS:
        value = ", ".join(figures.number(float(each)) for each in sample[-1])
        return phrase(f"noise_seen.{whose}_one", n=n, value=value)
    return phrase(f"noise_seen.{whose}_many", n=figures.number(n))


def _compare_shares(happened: np.ndarray, chance: float) -> str:
    seen = figures.share(float(happened.mean())) if happened.size else phrase("noise_seen.no_draw")
    return phrase("noise_seen.beside_law", seen=seen, law=figures.share(chance))
