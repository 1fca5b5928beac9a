"""What k-means is, one step at a time."""

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from core.arrays import FloatArray, IntArray
from core.clustering.trace.kmeans import nonprivate_lloyd_trace
from ui import figures
from ui.markup import show
from ui.present.stage import Scene, Stage
from ui.privacy.attack import experiment
from ui.text import phrase

PEOPLE, K = 240, 4
#: The synthetic people of the scene: middles of four kinds, and how far they spread.
MIDDLES, SPREAD, SEED = ((-0.6, -0.5), (0.5, -0.6), (-0.5, 0.55), (0.6, 0.5)), 0.17, 2020
ITERATIONS_MAX = 8
#: The five steps of the explanation.
EXPLAINED = ("choose", "start", "assign", "move", "repeat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture of the explanation.

    Attributes:
        explained: Which of the five steps it shows.
        iteration: Its number, from 1; 0 before the first.
        labels: Group of each person; None while nobody has one.
        centers: Centres, of shape ``(K, 2)``; None while there are none.
        former: Where the centres came from; None where they have not moved.
    """

    explained: str
    iteration: int = 0
    labels: IntArray | None = None
    centers: FloatArray | None = None
    former: FloatArray | None = None


def sample_people() -> FloatArray:
    """Return the synthetic people, of shape ``(PEOPLE, 2)``, of every kind in turn."""
    rng = np.random.default_rng(SEED)
    middles = np.asarray(MIDDLES)[np.arange(PEOPLE) % len(MIDDLES)]
    return np.clip(middles + SPREAD * rng.standard_normal(middles.shape), -0.98, 0.98)


@st.cache_resource(show_spinner=False)
def make_pictures() -> tuple[Picture, ...]:
    """Return the pictures in order: the people, the first centres, each assignment and each move."""
    points = sample_people()
    # All first centres among one kind, so that they have a way to go.
    start = points[np.arange(K) * len(MIDDLES)]
    trace = nonprivate_lloyd_trace(points, start=start, n_iterations_max=ITERATIONS_MAX)
    iterations = list(trace.iterations)
    if trace.is_settled:
        # One more in which nobody changes groups and nothing moves: the sign to stop.
        iterations.append(replace(iterations[-1], before=trace.centers))
    pictures = [Picture(explained="choose"), Picture(explained="start", centers=start)]
    for number, iteration in enumerate(iterations, start=1):
        labels, before, after = iteration.nonprivate_labels, iteration.before, iteration.after
        pictures.append(Picture(explained="assign", iteration=number, labels=labels, centers=before))
        pictures.append(Picture(explained="move", iteration=number, labels=labels, centers=after, former=before))
    pictures.append(Picture(explained="repeat", iteration=len(iterations), labels=labels, centers=trace.centers))
    return tuple(pictures)


def draw(stage: Stage) -> None:
    """Draw the people and centres of the present step, and the five steps beside them."""
    if experiment.is_hidden():
        return
    at = _read_step(stage)
    picture = make_pictures()[at]
    with st.container(key="played_stage", horizontal=True):
        show("stage_played", **_describe(picture))
        with st.container(key="played_steps"):
            show(
                "stage_steps",
                steps=[(name, phrase(f"scene.played_{name}")) for name in EXPLAINED],
                now=picture.explained,
                turn=phrase("scene.played_turn", n=picture.iteration) if picture.iteration else "",
            )
            if stage.leads:
                _draw_buttons(stage, at)


def step(stage: Stage, by: int) -> bool:
    """Go a step on, or back."""
    to = _read_step(stage) + by
    if not 0 <= to < len(make_pictures()):
        return False
    stage.set_state(step=str(to))
    return True


def _read_step(stage: Stage) -> int:
    return stage.read_number("step", below=len(make_pictures()))


def _draw_buttons(stage: Stage, at: int) -> None:
    with st.container(key="played_buttons", horizontal=True):
        for name, by in (("back", -1), ("on", 1)):
            st.button(
                phrase(f"scene.played_{name}"),
                key=f"played_{name}",
                type="primary" if by > 0 else "secondary",
                disabled=not 0 <= at + by < len(make_pictures()),
                on_click=stage.press_step,
                args=(by,),
            )


# --- the picture -------------------------------------------------------------------------------------------------


def _describe(picture: Picture) -> dict[str, object]:
    labels = np.full(PEOPLE, -1) if picture.labels is None else picture.labels
    places = _to_percent(sample_people())
    return {
        "people": [spot | {"group": int(group)} for spot, group in zip(places, labels, strict=True)],
        "centers": [] if picture.centers is None else _to_percent(picture.centers),
        "former": [] if picture.former is None else _to_percent(picture.former),
        "axes": (phrase("attack.crowd_x"), phrase("attack.crowd_y")),
        "alternative": phrase(
            "scene.played_alternative", people=figures.people(PEOPLE), step=phrase(f"scene.played_{picture.explained}")
        ),
    }


def _to_percent(points: FloatArray) -> list[dict[str, float]]:
    """Return places in the box in percent from the left and from the bottom."""
    return [{"x": round(50 + 50 * float(x), 1), "y": round(50 + 50 * float(y), 1)} for x, y in points]


SCENE = Scene(number=1, name="played", picture="groups", draw=draw, step=step, rehearse=make_pictures)
